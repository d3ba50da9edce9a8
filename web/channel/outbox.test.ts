// What waits to be sent: sealed where it lies, once per id, opened by its own keys alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from './bytes.ts';
import { makeKeys } from './keys.ts';
import { outboxAdd, outboxList, outboxRemove } from './outbox.ts';
import { flipped } from './testing.ts';

const waiting = (id: string, text: string): { id: string; text: string; payload: string } => ({ id, text, payload: '' });

test('what waits is listed in its order, once per id, until it is removed', async () => {
  const keys = await makeKeys();
  await outboxAdd(keys, waiting('a', 'one'));
  await outboxAdd(keys, waiting('b', 'two'));
  await outboxAdd(keys, waiting('b', 'two again'));
  assert.deepEqual((await outboxList(keys)).map((one) => one.text), ['one', 'two again']);
  outboxRemove(keys, 'a');
  outboxRemove(keys, 'nobody');
  assert.deepEqual((await outboxList(keys)).map((one) => one.id), ['b']);
});

test('no plain word lies in it, no nonce comes twice, and other keys do not open it', async () => {
  const keys = await makeKeys();
  const nonces = new Set<string>();
  for (let i = 0; i < 100; i++) await outboxAdd(keys, waiting(String(i), 'CANARY'));
  for (const one of keys.unsent) {
    nonces.add(hex(one.iv));
    assert.ok(!Buffer.from(one.ct).includes('CANARY'));
  }
  assert.equal(nonces.size, 100);
  const { box } = await makeKeys();
  await assert.rejects(outboxList({ ...keys, box }));
  await assert.rejects(crypto.subtle.exportKey('raw', keys.box));
  await assert.rejects(crypto.subtle.exportKey('pkcs8', keys.device));
  const [first] = keys.unsent;
  assert.ok(first);
  await assert.rejects(outboxList({ ...keys, unsent: [{ ...first, ct: flipped(first.ct, 3) }] }));
});
