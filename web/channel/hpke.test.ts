// RFC 9180, appendix A: its vectors of our suite, in the two modes that PSC/1 speaks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, hex, type Bytes } from './bytes.ts';
import { dhShare, hpkeReceive, hpkeSend, type Psk } from './hpke.ts';
import { dhFrom, hexOf, load, refuses, shared, unlessShared, type Row } from './testing.ts';

async function vectorHolds(vector: Row): Promise<{ sealed: number; exported: number }> {
  const psk: Psk | null = vector['mode'] === 1 ? { key: hexOf(vector, 'psk'), id: hexOf(vector, 'psk_id') } : null;
  const info = hexOf(vector, 'info');
  const receiver = await dhFrom(hexOf(vector, 'skRm'));
  assert.equal(hex(receiver.open), vector['pkRm']);
  const sent = await hpkeSend(receiver.open, info, psk, await dhFrom(hexOf(vector, 'skEm')));
  assert.equal(hex(sent.enc), vector['enc']);
  const received = await hpkeReceive(receiver, sent.enc, info, psk);
  const encryptions = vector['encryptions'] as Row[];
  for (const row of encryptions) {
    const aad = hexOf(row, 'aad');
    assert.equal(hex(await sent.context.seal(aad, hexOf(row, 'pt'))), row['ct']);
    assert.equal(hex(await received.open(aad, hexOf(row, 'ct'), 'bad-seal')), row['pt']);
  }
  const exports = vector['exports'] as Row[];
  for (const row of exports)
    assert.equal(hex(await received.export(hexOf(row, 'exporter_context'), Number(row['L']))), row['exported_value']);
  return { sealed: encryptions.length, exported: exports.length };
}

test('the vectors of RFC 9180 hold in modes base and psk', { skip: unlessShared }, async () => {
  const vectors = (load(`${shared}/rfc9180_x25519_sha256_aes256gcm_base_psk.json`) as Row[])
    .filter((one) => one['kem_id'] === 0x20 && one['kdf_id'] === 1 && one['aead_id'] === 2);
  for (const mode of [0, 1]) {
    const mine = vectors.filter((vector) => vector['mode'] === mode);
    assert.ok(mine.length >= 1, `mode ${mode}`);
    for (const vector of mine) {
      const { sealed, exported } = await vectorHolds(vector);
      assert.ok(sealed >= 257 && exported >= 3);
    }
  }
});

test('a point of small order is refused', async () => {
  const pair = await dhFrom(bytes(32).fill(9));
  const one = bytes(32);
  one[0] = 1;
  const order8 = 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800';
  const points: Bytes[] = [bytes(32), one, new Uint8Array(Buffer.from(order8, 'hex'))];
  for (const point of points) {
    await refuses('small-order', () => dhShare(pair.secret, point));
    await refuses('small-order', () => hpkeSend(point, bytes(0)));
    await refuses('small-order', () => hpkeReceive(pair, point, bytes(0)));
  }
});

test('a context opens in order only', async () => {
  const receiver = await dhFrom(bytes(32).fill(9));
  const { enc, context } = await hpkeSend(receiver.open, bytes(0));
  const first = await context.seal(bytes(0), bytes(1));
  const second = await context.seal(bytes(0), bytes(1));
  assert.notEqual(hex(first), hex(second));
  const opened = await hpkeReceive(receiver, enc, bytes(0));
  await refuses('bad-seal', () => opened.open(bytes(0), second, 'bad-seal'));
  await opened.open(bytes(0), first, 'bad-seal');
  await opened.open(bytes(0), second, 'bad-seal');
});
