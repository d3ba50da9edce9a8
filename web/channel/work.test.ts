// The proof of work: its hash is SHA-256, its proofs are what C finds, more than anybody should do is not done, and a page goes on meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, join, number, random, readNumber, sha256 } from './bytes.ts';
import { Refusal } from './reason.ts';
import { hexOf, ours } from './testing.ts';
import { WORK_BITS_MAX, workBlock, workHash, workSolve } from './work.ts';

test('the hash is SHA-256', async () => {
  for (let i = 0; i < 300; i++) {
    const base = random(32);
    const nonce = random(8);
    const w = workBlock(base);
    w[8] = readNumber(nonce, 0, 4);
    w[9] = readNumber(nonce, 4, 4);
    assert.equal(workHash(w), readNumber(await sha256(join(base, nonce)), 0, 4));
  }
});

test('vectors: the work is what C finds', async () => {
  const rows = ours('works');
  assert.ok(rows.length >= 4);
  for (const row of rows) assert.deepEqual(await workSolve(hexOf(row, 'challenge'), hexOf(row, 'm1')), hexOf(row, 'proof'));
});

test('what is asked too much, too little or not at all is not done', async () => {
  for (const challenge of [join(number(WORK_BITS_MAX + 1, 1), random(20)), join(number(255, 1), random(20)), join(number(0, 1), random(20)),
    join(number(4, 1), random(19)), ascii('')])
    await assert.rejects(workSolve(challenge, random(571)), (error) => error instanceof Refusal && error.reason === 'busy');
});

test('others have their turn while it works', async () => {
  let turns = 0;
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    turns++;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  for (let i = 0; i < 8; i++) await workSolve(join(number(15, 1), random(20)), random(571));
  clearInterval(beat);
  assert.ok(turns > 2, String(turns));
  assert.ok(longest < 500, String(longest)); // on a machine that does other things too
});
