// Records: a changed, swapped, reordered, doubled or cut reply is refused by name, and no key seals twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, bytes, hex, join, number, type Bytes } from './bytes.ts';
import type { Session } from './handshake.ts';
import { padBucket, padParse, padWrite, PAD_DATA_MAX } from './pad.ts';
import { RECORD_REPLY_FINAL, recordHash, recordReply, recordRequest, recordSealAll } from './record.ts';
import { flipped, refuses, Server } from './testing.ts';

const welcome = { timeMs: 0, requestBytesMax: 65536, sessionSeconds: 0, retentionDays: 0, policy: 0, notice: bytes(8) };

function pair(): { session: Session; server: Server } {
  const server = new Server(bytes(16).fill(7));
  server.up = bytes(32).fill(1);
  server.dn = bytes(32).fill(2);
  return { server, session: { sid: server.sid, th: bytes(32), welcome, up: server.up.slice(), dn: server.dn.slice(), turn: 0, isAsking: false } };
}

/** A visitor in the middle of its first turn, and the answer that waits for it. */
async function asked(reply: Bytes = ascii('answer')): Promise<{ session: Session; server: Server; request: Bytes; answer: Bytes }> {
  const { session, server } = pair();
  const request = await recordRequest(session, ascii('question'));
  return { session, server, request, answer: await server.reply(request, reply) };
}

test('turns of every size go there and back', async () => {
  const { session, server } = pair();
  for (const size of [0, 1, 510, 511, 1022, 1023, 4094, 32766, 32767, 60000]) {
    const data = bytes(size).fill(size);
    const request = await recordRequest({ ...session, welcome: { ...welcome, requestBytesMax: 0 } }, data);
    assert.equal(hex(await server.open(request)), hex(data));
    session.isAsking = true;
    assert.equal(hex(await recordReply(session, request, await server.reply(request, data))), hex(data));
  }
  assert.equal(session.turn, 10);
});

test('every flipped bit of a reply is refused', async () => {
  const { session, request, answer } = await asked();
  for (let at = 0; at < answer.length; at++) {
    // The length is no part of the record; a final record that says it is a chunk is an answer without its end.
    const reasons = at < 4 ? ['bad-record', 'cut-off'] as const : at === 4 ? ['bad-record', 'cut-off'] as const : ['bad-record'] as const;
    await refuses(reasons, () => recordReply(session, request, flipped(answer, at)), `byte ${at}`);
  }
  const cut = answer.slice();
  cut[4] = 0x20;
  await refuses('cut-off', () => recordReply(session, request, cut));
  assert.equal(hex(await recordReply(session, request, answer)), hex(ascii('answer')));
});

test('every flipped bit of a request is refused by the server', async () => {
  const { server, request } = await asked();
  server.turn = 0;
  server.up = bytes(32).fill(1);
  for (let at = 5; at < request.length; at++) await refuses('bad-record', () => server.open(flipped(request, at)), `byte ${at}`);
});

test('a reply that is cut off is refused, wherever it is cut', async () => {
  const { session, request, answer } = await asked(bytes(70000).fill(3));
  const one = 4 + 25 + 32768 + 16;
  for (const length of [0, 1, 3, 4, 29, one - 1, one, one + 3, 2 * one, answer.length - 1])
    await refuses('cut-off', () => recordReply(session, request, answer.slice(0, length)), `length ${length}`);
  await refuses('bad-record', () => recordReply(session, request, join(answer, answer.slice(0, one))));
});

test('records in another order, twice or missing are refused', async () => {
  const { session, request, answer } = await asked(bytes(70000).fill(3));
  const one = 4 + 25 + 32768 + 16;
  const [a, b, c] = [answer.slice(0, one), answer.slice(one, 2 * one), answer.slice(2 * one)];
  for (const order of [[b, a, c], [a, c], [b, c], [a, a, c], [a, b, b, c], [c], [a, b, c, c]])
    await refuses('bad-record', () => recordReply(session, request, join(...order)));
  assert.equal((await recordReply(session, request, answer)).length, 70000);
});

test('a reply to another request, of another turn or session is refused', async () => {
  const { session, server, request, answer } = await asked();
  const other = pair();
  const elsewhere = await recordRequest(other.session, ascii('another question'));
  await refuses('bad-record', async () => recordReply(session, request, await other.server.reply(elsewhere, ascii('not yours'))));
  const next = await recordSealAll(server.dn, await recordHash(request), server, [0x20, RECORD_REPLY_FINAL], ascii('early'));
  await refuses('bad-record', () => recordReply(session, request, next));
  await recordReply(session, request, answer);
  const second = await recordRequest(session, ascii('again'));
  await refuses('bad-record', () => recordReply(session, second, answer), 'a replay');
  await refuses('bad-record', () => recordReply(session, second, request), 'an echo');
});

test('a turn’s key seals one request: after a failure there is no second', async () => {
  const { session, request, answer } = await asked();
  await refuses('out-of-order', () => recordRequest(session, ascii('another')));
  await refuses('bad-record', () => recordReply(session, request, flipped(answer, 100)));
  await refuses('out-of-order', () => recordRequest(session, ascii('another')));
  await recordReply(session, request, answer);
  assert.ok(await recordRequest(session, ascii('another')));
});

test('what is too large, too long or too many is refused', async () => {
  const { session } = pair();
  await refuses('too-large', () => recordRequest(session, bytes(65536)));
  await refuses('expired', () => recordRequest({ ...session, isAsking: false, turn: 2 ** 20 }, bytes(1)));
  const head = (length: number): Bytes => join(number(length, 4), bytes(length));
  for (const length of [0, 24, 25, 41, 552, 554, 1000, 32808, 32810])
    await refuses('bad-record', () => recordReply(session, head(553), head(length)), `length ${length}`);
  await refuses('cut-off', () => recordReply(session, head(553), join(number(32809, 4), bytes(100))));
});

test('padding names a bucket and hides nothing', async () => {
  for (const [length, bucket] of [[0, 512], [510, 512], [511, 1024], [1022, 1024], [16382, 16384], [16383, 32768], [32766, 32768]] as const) {
    assert.equal(padBucket(length), bucket);
    assert.equal(padParse(padWrite(bytes(length).fill(1)), 'bad-record').length, length);
  }
  await refuses('too-large', () => padBucket(PAD_DATA_MAX + 1));
  const padded = padWrite(ascii('abc'));
  for (let at = 5; at < padded.length; at++) await refuses('bad-record', () => padParse(flipped(padded, at), 'bad-record'), `byte ${at}`);
  await refuses('bad-record', () => padParse(join(number(511, 2), bytes(510)), 'bad-record'));
  for (const size of [0, 1, 511, 513, 768, 65536]) await refuses('bad-record', () => padParse(bytes(size), 'bad-record'), String(size));
});
