// The handshake: every changed byte of M1 and of M2 is refused, and a first flight says no more than it must.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, bytes, hex, join, number, sha256 } from './bytes.ts';
import { handshakeOpen, HANDSHAKE_M1_BYTES, HANDSHAKE_M2_BYTES, type Opening } from './handshake.ts';
import { dhPair, hpkeReceive, hpkeSend } from './hpke.ts';
import { flipped, refuses, Server, SHOP, worldMake, type World } from './testing.ts';

async function opened(world: World, origin = SHOP): Promise<Opening> {
  const kid = (await sha256(world.ek.open)).slice(0, 8);
  return handshakeOpen({ key: { kid, node: 0, open: world.ek.open }, keysNote: world.keys, origin, flags: 1, device: bytes(32).fill(4),
    history: bytes(32).fill(5) });
}

test('a visitor and a server shake hands', async () => {
  const world = await worldMake();
  const server = new Server();
  const opening = await opened(world);
  assert.equal(opening.m1.length, HANDSHAKE_M1_BYTES);
  const session = await opening.accept(await server.accept(world, opening.m1));
  assert.equal(hex(session.up), hex(server.up));
  assert.equal(hex(session.dn), hex(server.dn));
  assert.equal(hex(session.sid), hex(server.sid));
  assert.equal(session.welcome.requestBytesMax, 65536);
});

test('every flipped bit of M1 is refused by the server', async () => {
  const world = await worldMake();
  const { m1 } = await opened(world);
  for (let at = 3; at < m1.length; at++) await refuses('bad-seal', () => new Server().accept(world, flipped(m1, at)), `byte ${at}`);
});

test('M1 opens under the very key note that it was made for', async () => {
  const world = await worldMake();
  const { m1 } = await opened(world);
  await refuses('bad-seal', () => new Server().accept({ ...world, keys: world.keys.replace('serial 1', 'serial 2') }, m1));
});

test('every flipped bit of M2, and every M2 cut or too long, is refused', async () => {
  const world = await worldMake();
  const opening = await opened(world);
  const m2 = await new Server().accept(world, opening.m1);
  for (let at = 0; at < m2.length; at++)
    // X25519 masks the highest bit of a point; the key schedule does not, so that this one is refused too.
    await refuses('bad-welcome', () => opening.accept(flipped(m2, at)), `byte ${at}`);
  const masked = m2.slice();
  masked[48] = (masked[48] ?? 0) ^ 0x80;
  await refuses('bad-welcome', () => opening.accept(masked));
  for (const length of [0, 1, 17, 48, 49, HANDSHAKE_M2_BYTES - 1]) await refuses('bad-welcome', () => opening.accept(m2.slice(0, length)));
  await refuses('bad-welcome', () => opening.accept(join(m2, bytes(1))));
  assert.ok(await opening.accept(m2));
});

test('M2 with a point of small order, or made for another first flight, is refused', async () => {
  const world = await worldMake();
  const opening = await opened(world);
  const other = await opened(world);
  const m2 = await new Server().accept(world, opening.m1);
  const zeroed = m2.slice();
  zeroed.fill(0, 17, 49);
  await refuses('small-order', () => opening.accept(zeroed));
  await refuses('bad-welcome', () => other.accept(m2));
});

test('a welcome with another length, a hidden byte or an unknown policy is refused', async () => {
  const world = await worldMake();
  const bad: readonly ((plain: Uint8Array) => void)[] = [
    (plain) => { plain[1] = 28; }, (plain) => { plain[1] = 26; }, (plain) => { plain[0] = 1; }, (plain) => { plain[20] = 4; },
    (plain) => { plain[29] = 1; }, (plain) => { plain[255] = 1; },
  ];
  for (const [i, change] of bad.entries()) {
    const client = await dhPair();
    const kid = (await sha256(world.ek.open)).slice(0, 8);
    const opening = await handshakeOpen({ key: { kid, node: 0, open: world.ek.open }, keysNote: world.keys, origin: SHOP, flags: 0,
      device: bytes(32), history: bytes(32) }, { client, ephemeral: await dhPair(), random: bytes(16) });
    const first = await hpkeReceive(world.ek, opening.m1.slice(11, 43),
      join(ascii('privet/1 open\0'), await sha256(ascii(world.keys))));
    const psk = { key: await first.export(ascii('privet/1 psk'), 32), id: ascii('privet/1') };
    const sid = bytes(16);
    const { enc, context } = await hpkeSend(client.open, join(ascii('privet/1 accept\0'), await sha256(opening.m1), sid), psk);
    const head = join(Uint8Array.of(2), sid, enc);
    const plain = bytes(256);
    plain.set(number(27, 2));
    change(plain);
    const m2 = join(head, await context.seal(head, plain));
    await refuses('bad-welcome', () => opening.accept(m2), `case ${i}`);
  }
});

test('an origin that does not fit is refused, and two first flights differ', async () => {
  const world = await worldMake();
  await refuses('foreign-origin', () => opened(world, `https://${'a'.repeat(250)}`));
  assert.notEqual(hex((await opened(world)).m1), hex((await opened(world)).m1));
});
