// Card numbers are seen before they are sent, in pieces too, and by the same numbers as on the server (protocol/vectors/cards.json).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CardWatch, cardIsIn } from './card.ts';

const cases = JSON.parse(readFileSync('protocol/vectors/cards.json', 'utf8')) as { card: boolean; messages: string[] }[];

test('what is a card and what is not, in one message or in several', () => {
  assert.ok(cases.filter((one) => one.card).length > 60 && cases.filter((one) => !one.card).length > 30);
  for (const { card, messages } of cases) {
    const watch = new CardWatch();
    let seen = false;
    for (const message of messages) {
      seen = watch.has(message);
      if (!seen) watch.keep(message);
    }
    assert.equal(seen, card, JSON.stringify(messages));
  }
});

test('each card is seen with any blanks, dashes or dots between its digits', () => {
  for (const { card, messages: [message = ''] } of cases) {
    if (!card || !/^\d{14,19}$/.test(message)) continue;
    for (const mark of [' ', '-', '.', '/', '  ', ' - ', '\u00a0', '–'])
      for (let at = 1; at < message.length; at++) assert.ok(cardIsIn(message.slice(0, at) + mark + message.slice(at)), message);
  }
});

test('of numbers that are no cards, few are taken for one', () => {
  let taken = 0;
  for (let i = 0, n = 7; i < 20000; i++) {
    n = (n * 1103515245 + 12345) % 2147483648;
    taken += Number(cardIsIn(`order ${n} of ${n % 97}, PR-${n % 100000}, tel +49 221 ${n % 10000000}, ${(n / 100).toFixed(2)}`));
  }
  assert.ok(taken <= 20, String(taken));
});
