// The stored conversation: forged, reordered, rolled back or truncated, it is refused by that name.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aeadSeal } from './aead.ts';
import { ascii, base64url, bytes, hex, join, number, type Bytes } from './bytes.ts';
import { entryAad, entryKeys, entryStep, HistoryReader, type Chain, type HistoryPage } from './history.ts';
import { dhPair, hpkeSend, type DhPair } from './hpke.ts';
import { padWrite } from './pad.ts';
import { refuses } from './testing.ts';

type Page = { -readonly [K in keyof HistoryPage]: HistoryPage[K] };
type HistoryRow = HistoryPage['rows'][number];

/** A conversation of `count` entries as core would have stored it; a new wrap at each entry of `wrapAt`. */
async function stored(ahk: DhPair, count: number, wrapAt: readonly number[] = [0]): Promise<Page> {
  const chain: Chain = { conversation: bytes(16).fill(6), slot: bytes(32).fill(5), key: bytes(32), previous: bytes(32), n: 0 };
  const rows: HistoryRow[] = [];
  const wraps: { from: number; wrap: string }[] = [];
  for (let n = 0; n < count; n++) {
    if (wrapAt.includes(n)) {
      chain.key = bytes(32).fill(100 + n);
      const { enc, context } = await hpkeSend(ahk.open, join(ascii('privet/1 wrap'), chain.conversation, number(n, 4)));
      wraps.push({ from: n, wrap: base64url(join(enc, await context.seal(bytes(0), chain.key))) });
    }
    const author = n % 2 === 0 ? 'v' : 'b';
    const keys = await entryKeys(chain);
    const ct = await aeadSeal(keys.key, bytes(12), entryAad(chain, author, keys.commit), padWrite(ascii(`entry ${n}`)));
    rows.push({ n, author, commit: base64url(keys.commit), ct: base64url(ct) });
    await entryStep(chain, ct);
  }
  return { conversation: hex(chain.conversation), slot: base64url(chain.slot), wraps, rows, next: null, entries: count };
}

function turned(text: string, at: number): string {
  const raw: Bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  raw[at] = (raw[at] ?? 0) ^ 1;
  return base64url(raw);
}

test('a stored conversation opens, whole or page by page', async () => {
  const ahk = await dhPair();
  const page = await stored(ahk, 6, [0, 4]);
  const whole = await new HistoryReader(ahk, 0).read(page);
  assert.deepEqual(whole.map((entry) => entry.text), [0, 1, 2, 3, 4, 5].map((n) => `entry ${n}`));
  const reader = new HistoryReader(ahk, 6);
  assert.equal((await reader.read({ ...page, rows: page.rows.slice(0, 2), next: 2 })).length, 2);
  assert.equal((await reader.read({ ...page, rows: page.rows.slice(2, 5), next: 5 })).length, 3);
  assert.equal((await reader.read({ ...page, rows: page.rows.slice(5) })).length, 1);
  assert.equal(reader.next, 6);
  assert.deepEqual(await new HistoryReader(ahk, 0).read({ ...page, rows: [], wraps: [], entries: 0 }), []);
});

test('a forged entry is refused, whichever part is forged', async () => {
  const ahk = await dhPair();
  const page = await stored(ahk, 4);
  const rows = (change: (row: HistoryRow) => HistoryRow): Page => ({ ...page, rows: page.rows.map((row) => (row.n === 2 ? change(row) : row)) });
  const forged: Record<string, Page> = {
    text: rows((row) => ({ ...row, ct: turned(row.ct, 40) })), tag: rows((row) => ({ ...row, ct: turned(row.ct, 527) })),
    commit: rows((row) => ({ ...row, commit: turned(row.commit, 0) })), author: rows((row) => ({ ...row, author: 'b' })),
    'unknown author': rows((row) => ({ ...row, author: 'x' })), 'short commit': rows((row) => ({ ...row, commit: 'AAAA' })),
    'odd size': rows((row) => ({ ...row, ct: row.ct.slice(0, -4) })), 'no text': rows((row) => ({ ...row, ct: '' })),
    'not base64url': rows((row) => ({ ...row, ct: `${row.ct.slice(0, -1)}=` })),
    'another slot': { ...page, slot: turned(page.slot, 0) }, 'erased slot': { ...page, slot: base64url(bytes(32)) },
    'short slot': { ...page, slot: 'AAAA' }, 'another conversation': { ...page, conversation: '00'.repeat(16) },
    'not a conversation': { ...page, conversation: 'xyz' }, wrap: { ...page, wraps: [{ from: 0, wrap: turned(page.wraps[0]?.wrap ?? '', 50) }] },
    'short wrap': { ...page, wraps: [{ from: 0, wrap: 'AAAA' }] }, 'rows of none': { ...page, entries: 0 },
    'a next page of none': { ...page, entries: 0, rows: [], next: 5 }, 'no number': { ...page, entries: '4' as unknown as number },
    'no rows': { ...page, rows: undefined as unknown as [] }, 'no wraps': { ...page, wraps: undefined as unknown as [] },
  };
  for (const [what, bad] of Object.entries(forged)) await refuses('history-forged', () => new HistoryReader(ahk, 0).read(bad), what);
});

test('a wrap for another person, place or conversation is refused', async () => {
  const ahk = await dhPair();
  const page = await stored(ahk, 4, [0, 2]);
  await refuses('history-forged', async () => new HistoryReader(await dhPair(), 0).read(page));
  const [first, second] = page.wraps;
  await refuses('history-forged', () => new HistoryReader(ahk, 0).read({ ...page, wraps: [{ from: 0, wrap: second?.wrap ?? '' }] }));
  await refuses('history-forged', () => new HistoryReader(ahk, 0).read({ ...page, wraps: [first ?? { from: 0, wrap: '' }] }), 'the second is missing');
});

test('reordered, doubled or left out entries are refused', async () => {
  const ahk = await dhPair();
  const page = await stored(ahk, 4);
  const [a, b, c, d] = page.rows as unknown as [HistoryRow, HistoryRow, HistoryRow, HistoryRow];
  for (const rows of [[b, a, c, d], [a, c, b, d], [a, a, c, d], [a, b, d], [b, c, d]])
    await refuses('history-reordered', () => new HistoryReader(ahk, 0).read({ ...page, rows }));
  // With new numbers the chain shows it.
  await refuses('history-forged', () => new HistoryReader(ahk, 0).read({ ...page, rows: [a, { ...c, n: 1 }, { ...b, n: 2 }, d] }));
});

test('a truncated conversation is refused', async () => {
  const ahk = await dhPair();
  const page = await stored(ahk, 4);
  const read = (bad: Page): Promise<unknown> => new HistoryReader(ahk, 0).read(bad);
  await refuses('history-truncated', () => read({ ...page, rows: page.rows.slice(0, 3) }));
  await refuses('history-truncated', () => read({ ...page, rows: [] }));
  await refuses('history-truncated', () => read({ ...page, rows: page.rows.slice(0, 2), next: 3 }));
  await refuses('history-truncated', () => read({ ...page, rows: [], next: 0 }), 'a page that never ends');
  await refuses('history-truncated', () => read({ ...page, wraps: [] }));
  await refuses('history-truncated', () => read({ ...page, entries: 3 }), 'more rows than it says');
});

test('a conversation that went back is refused', async () => {
  const ahk = await dhPair();
  const page = await stored(ahk, 4);
  await refuses('history-rolled-back', () => new HistoryReader(ahk, 6).read(page));
  await refuses('history-rolled-back', () => new HistoryReader(ahk, 2).read({ ...page, rows: [], wraps: [], entries: 0 }));
  const reader = new HistoryReader(ahk, 0);
  reader.saw(5);
  await refuses('history-rolled-back', () => reader.read(page));
  const paged = new HistoryReader(ahk, 0);
  await paged.read({ ...page, rows: page.rows.slice(0, 2), next: 2 });
  await refuses('history-rolled-back', () => paged.read({ ...page, rows: page.rows.slice(2), conversation: '00'.repeat(16) }), 'another one in between');
  await refuses('history-rolled-back', () => paged.read({ ...page, rows: page.rows.slice(2), entries: 3 }), 'fewer than before');
});
