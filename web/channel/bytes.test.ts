// Bytes and their texts: one text for the same bytes, and no other accepted.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, base64, base64url, bytes, hex, isEqual, isWellFormed, number, readNumber, text, unbase64, unbase64url, unhex } from './bytes.ts';
import { Refusal, reasonOf } from './reason.ts';
import { refuses } from './testing.ts';

test('base64 has one text for each sequence of bytes', async () => {
  for (const good of ['AAA=', 'AA==', 'AAAA', '', '+/+/']) assert.equal(base64(unbase64(good, 'bad-key')), good);
  for (const bad of ['AAB=', 'AAA', 'AB==', 'AA A', 'AAA_', 'A===', 'AAAA\n', '====', 'AA=A', 'é==='])
    await refuses('bad-key', () => unbase64(bad, 'bad-key'), bad);
  for (const bad of ['AAA=', 'AAB', 'AB', 'A', 'AA+A', 'AA/A', 'AAAA\n', '_=']) await refuses('bad-key', () => unbase64url(bad, 'bad-key'), bad);
  for (let length = 0; length < 300; length++) {
    const data = bytes(length).fill(length);
    assert.ok(isEqual(unbase64url(base64url(data), 'bad-key'), data) && isEqual(unbase64(base64(data), 'bad-key'), data));
  }
});

test('hex is lower case and of the length that is asked for', async () => {
  assert.equal(hex(unhex('00ff', 2, 'bad-key')), '00ff');
  for (const bad of ['00FF', '00f', '00ff00', '0x00', '00 f', '00f\n']) await refuses('bad-key', () => unhex(bad, 2, 'bad-key'), bad);
});

test('numbers are big-endian and do not read past the end', async () => {
  assert.equal(hex(number(0x01020304, 4)), '01020304');
  assert.equal(hex(number(1790000000000, 8)), '000001a0c4506c00');
  assert.equal(readNumber(number(1790000000000, 8), 0, 8), 1790000000000);
  await refuses('bad-answer', () => readNumber(bytes(3), 0, 4));
});

test('only UTF-8 is text, and a mark at its start is a part of it', async () => {
  assert.equal(text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'bad-answer'), '\ufeffa');
  for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]])
    await refuses('bad-answer', () => text(Uint8Array.from(bad), 'bad-answer'), String(bad));
  assert.ok(isWellFormed('Chișinău 🙂') && !isWellFormed('\ud83d') && !isWellFormed('\ude42\ud83d'));
  assert.equal(ascii('ș').length, 2);
});

test('bytes are equal by length and content', () => {
  assert.ok(isEqual(bytes(0), bytes(0)));
  assert.ok(!isEqual(bytes(1), bytes(2)) && !isEqual(bytes(2), bytes(1)) && !isEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 3)));
});

test('what others throw has no reason of ours', () => {
  assert.equal(reasonOf(new Error('offline')), 'broken');
  assert.equal(reasonOf(new Refusal('offline')), 'offline');
});
