// Signed notes: what is changed by one bit, cut, not canonical, out of date or someone else's is refused, by name.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, bytes, type Bytes } from './bytes.ts';
import { identityOpen, keynoteOpen, manifestOpen, noteKeyParse, noteKeyWrite, noteOpen } from './note.ts';
import type { Reason } from './reason.ts';
import { signCheck, signKeyIsGood, signMake } from './sign.ts';
import { CHAT, flipped, manifestMake, NOW, noteSign, refuses, rootSeed, SHOP, signerFrom, worldMake } from './testing.ts';
import { trustCheck } from './trust.ts';

const none = { identity: 0n, keys: 0n };

/** As it would arrive: bytes that are not UTF-8 become something else, and never the note again. */
function arrived(from: Bytes): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(from);
}

test('a note opens, and any changed byte of it is refused', async () => {
  const world = await worldMake();
  const root = await noteKeyParse(world.root);
  const note = ascii(world.identity);
  assert.match(await noteOpen(world.identity, root), /^privet-identity\/1\n/);
  const textEnd = world.identity.indexOf('\n\n') + 1;
  for (let at = 0; at < note.length; at++) {
    const reasons: readonly Reason[] = at < textEnd - 1 ? ['bad-signature'] : ['not-a-note', 'another-key', 'bad-signature'];
    await refuses(reasons, () => noteOpen(arrived(flipped(note, at)), root), `byte ${at}`);
  }
});

test('a note cut anywhere is refused', async () => {
  const world = await worldMake();
  const root = await noteKeyParse(world.root);
  for (let length = 0; length < world.identity.length; length++)
    await refuses('not-a-note', () => noteOpen(world.identity.slice(0, length), root), `length ${length}`);
});

test('a note with two signatures, too long, or with half a letter in it is refused', async () => {
  const world = await worldMake();
  const root = await noteKeyParse(world.root);
  const line = world.identity.slice(world.identity.indexOf('\n\n') + 2);
  await refuses('not-a-note', () => noteOpen(world.identity + line, root));
  await refuses('not-a-note', () => noteOpen(`\ud800${world.identity}`, root));
  await refuses('not-a-note', async () => noteOpen(await noteSign(`${'x'.repeat(16384)}\n`, 'chat.example', rootSeed), root));
});

test('a verifier key that was changed is refused', async () => {
  const { root } = await worldMake();
  const key = ascii(root);
  for (let at = 0; at < key.length; at++)
    await refuses(['bad-key', 'small-order'], () => noteKeyParse(arrived(flipped(key, at))), `byte ${at}`);
  for (const name of ['', 'two words', 'a+b', 'line\nbreak', 'half\ud800letter', 'x'.repeat(129)])
    await refuses('bad-key', async () => noteKeyParse(await noteKeyWrite(name, new Uint8Array(Buffer.from(root.split('+')[2] ?? '', 'base64')).slice(1))), name);
});

const small = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

test('a key of small order signs nothing, whatever WebCrypto says', async () => {
  for (const text of small) {
    const key = new Uint8Array(Buffer.from(text, 'hex'));
    assert.equal(signKeyIsGood(key), false, text);
    // R = S = 0 and R = the neutral point verify for some messages under some of these keys.
    for (const r of [bytes(32), Uint8Array.of(1, ...bytes(31))])
      assert.equal(await signCheck(key, ascii('anything'), Uint8Array.of(...r, ...bytes(32))), false);
    await refuses(['small-order'], async () => noteKeyParse(await noteKeyWrite('chat.example', key)), text);
  }
});

test('a key that is off the curve or not canonical is refused before it is used', async () => {
  const good = (await signerFrom(rootSeed)).open;
  assert.equal(signKeyIsGood(good), true);
  let off = 0;
  for (let y = 2; y < 40; y++) {
    const point = bytes(32);
    point[0] = y;
    if (!signKeyIsGood(point)) off++;
    // The same y once more, written as y + p: those that fit into 255 bits end at 18.
    const again = bytes(32).fill(0xff);
    again[0] = 0xed + y;
    again[31] = 0x7f;
    if (y <= 18) assert.equal(signKeyIsGood(again), false);
  }
  // About half of all numbers are no point's y.
  assert.ok(off > 8 && off < 30, String(off));
  assert.equal(signKeyIsGood(bytes(31)), false);
});

test('a signature whose R is of small order is refused, as libsodium does', async () => {
  const { key, open } = await signerFrom(rootSeed);
  const signature = await signMake(key, ascii('text'));
  assert.equal(await signCheck(open, ascii('text'), signature), true);
  for (const text of small)
    assert.equal(await signCheck(open, ascii('text'), Uint8Array.of(...Buffer.from(text, 'hex'), ...signature.slice(32))), false);
});

test('each line of an identity note is held to its one form', async () => {
  const cases: readonly (readonly [string | RegExp, string, Reason])[] = [
    ['serial 7', 'serial 07', 'not-canonical'], ['serial 7', 'serial -7', 'not-canonical'], ['serial 7', 'serial 9223372036854775808', 'not-canonical'],
    ['serial 7', 'serial 7 ', 'not-canonical'], ['serial 7\n', '', 'bad-line'], ['serial 7\n', 'serial 7\nserial 7\n', 'bad-line'],
    ['valid ', 'valid 0', 'not-canonical'], [/valid (\d+) (\d+)/, 'valid $2 $1', 'not-canonical'], [/valid (\d+) (\d+)/, 'valid $1', 'not-canonical'],
    [/name chat.example\n/, 'name chat.evil\n', 'not-canonical'], [/\/online/, '/offline', 'bad-key'], [`origin ${SHOP}`, `origin ${SHOP}/`, 'not-canonical'],
    [`origin ${SHOP}`, 'origin HTTPS://shop.example', 'not-canonical'], [`origin ${SHOP}`, 'origin javascript://shop.example', 'not-canonical'],
    [`origin ${SHOP}`, 'origin ', 'bad-line'], [/origin .*\norigin .*\n/, '', 'bad-line'], [/origin .*\n/, '$&'.repeat(65), 'not-canonical'],
    [/origin .*\n$/, '$&colour red\n', 'bad-line'], [/origin .*\n$/, '$&next-root abc\n', 'not-canonical'], [/$/, 'next-root\n', 'bad-line'],
    [/origin/, 'staff-ca nobody\norigin', 'bad-key'], ['privet-identity/1', 'privet-identity/2', 'bad-line'], [/\n$/, '\r\n', 'not-canonical'],
  ];
  for (const [find, put, reason] of cases) {
    const world = await worldMake((text) => (text.startsWith('privet-identity') ? text.replace(find, put) : text));
    await refuses(reason, async () => identityOpen(world.identity, await noteKeyParse(world.root), NOW), `${String(find)} -> ${put}`);
  }
});

test('each line of a key note is held to its one form', async () => {
  const cases: readonly (readonly [string | RegExp, string, Reason])[] = [
    ['kem 0001 ', 'kem 0002 ', 'not-canonical'], [/kem 0001 (.)/, 'kem 0001 A', 'not-canonical'], [' 0 ', ' 00 ', 'not-canonical'],
    [' 0 ', ' 256 ', 'not-canonical'], [/kem .*\n/, '', 'not-canonical'], [/kem .*\n/, '$&'.repeat(17), 'not-canonical'],
    [/=\n$/, '\n', 'not-canonical'], [/kem .*/, '$& more', 'not-canonical'], [/name chat.example/, 'name chat.evil', 'another-identity'],
    [/identity ./, 'identity A', 'not-canonical'], [/identity .{64}/, `identity ${'0'.repeat(64)}`, 'another-identity'],
    [/valid (\d+) (\d+)/, 'valid $1 $1', 'not-canonical'], [/\n$/, '\ncolour red\n', 'bad-line'],
  ];
  for (const [find, put, reason] of cases) {
    const world = await worldMake((text) => (text.startsWith('privet-keys') ? text.replace(find, put) : text));
    const { online } = await identityOpen(world.identity, await noteKeyParse(world.root), NOW);
    await refuses(reason, () => keynoteOpen(world.keys, world.identity, online, NOW), `${String(find)} -> ${put}`);
  }
});

const manifest = `privet-widget/1\nname chat.example\nserial 1\nversion 0.1.0\nfile /a sha384-${'A'.repeat(64)}\nfile /b sha384-${'A'.repeat(64)}\n`;

test('each line of a manifest is held to its one form', async () => {
  const cases: readonly (readonly [string | RegExp, string, Reason])[] = [
    ['0.1.0', '00.1.0', 'not-canonical'], ['0.1.0', '0.1', 'not-canonical'], ['0.1.0', '0.1.4294967296', 'not-canonical'],
    ['file /a', 'file a', 'not-canonical'], ['file /a', 'file /ä', 'not-canonical'], ['file /a', `file /${'a'.repeat(255)}`, 'not-canonical'],
    ['file /a', 'file /c', 'not-canonical'], ['file /a', 'file /b', 'not-canonical'], ['sha384-', 'sha256-', 'not-canonical'],
    [/A\n/, '\n', 'not-canonical'], [/file .*\nfile .*\n/, '', 'not-canonical'], ['name chat.example', 'name chat.evil', 'not-canonical'],
    [/$/, 'colour red\n', 'bad-line'], ['serial 1\n', '', 'bad-line'],
  ];
  const good = await manifestMake(manifest);
  assert.equal((await manifestOpen(good.note, await noteKeyParse(good.online))).files.length, 2);
  for (const [find, put, reason] of cases) {
    const { note, online } = await manifestMake(manifest.replace(find, put));
    await refuses(reason, async () => manifestOpen(note, await noteKeyParse(online)), `${String(find)} -> ${put}`);
  }
});

test('a server is trusted within its dates, from its own pages, and never with older notes', async () => {
  const world = await worldMake();
  const other = await worldMake(undefined, 'chat.evil');
  const check = (origin: string, now: bigint, seen = none, root = world.root): Promise<unknown> => trustCheck(world, root, origin, now, seen);
  await check(SHOP, NOW);
  await check(CHAT, NOW - 300n);
  await check(SHOP, NOW + 172800n + 300n);
  await check(SHOP, NOW, { identity: 7n, keys: NOW * 1000n });
  await refuses('not-yet-valid', () => check(SHOP, NOW - 301n));
  await refuses('no-longer-valid', () => check(SHOP, NOW + 172800n + 301n));
  await refuses('foreign-origin', () => check('https://evil.example', NOW));
  await refuses('foreign-origin', () => check('http://shop.example', NOW));
  await refuses('rolled-back', () => check(SHOP, NOW, { identity: 8n, keys: 0n }));
  await refuses('rolled-back', () => check(SHOP, NOW, { identity: 0n, keys: NOW * 1000n + 1n }));
  await refuses('wrong-root', () => check(SHOP, NOW, none, other.root));
  const newer = await worldMake((text) => text.replace('serial 7', 'serial 8'));
  await refuses('another-identity', () => trustCheck({ identity: newer.identity, keys: world.keys }, world.root, SHOP, NOW, none));
  await refuses('not-a-note', () => trustCheck({ identity: world.identity, keys: 7 as unknown as string }, world.root, SHOP, NOW, none));
});
