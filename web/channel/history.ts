// The stored conversation, opened here and nowhere else (protocol/channel.md, section 5). A reader walks the chain once, from its
// start; reorder, rollback and truncation are refused by name. It never shows an entry whose place it could not check.

import { aeadOpen, AEAD_TAG_BYTES } from './aead.ts';
import { ascii, bytes, isEqual, join, number, sha256, text, unbase64url, unhex, wipe, type Bytes } from './bytes.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import { hpkeReceive, type DhPair } from './hpke.ts';
import { padIsBucket, padParse } from './pad.ts';
import { refuse } from './reason.ts';

export type Author = 'v' | 'b' | 'h';

export interface HistoryPage {
  readonly conversation: string;
  readonly slot: string;
  readonly wraps: readonly { readonly from: number; readonly wrap: string }[];
  readonly rows: readonly { readonly n: number; readonly author: string; readonly commit: string; readonly ct: string }[];
  readonly next: number | null;
  readonly entries: number;
}

export interface Entry {
  readonly n: number;
  readonly author: Author;
  readonly text: string;
}

/** Where a conversation's chain stands. */
export interface Chain {
  readonly conversation: Bytes;
  readonly slot: Bytes;
  key: Bytes;
  previous: Bytes;
  n: number;
}

function entryInfo(label: string, conversation: Bytes, n: number): Bytes {
  return join(ascii(label), conversation, number(n, 4));
}

/** The chain key of entry `from`, which core drew and sealed to AHK. */
export async function entryUnwrap(ahk: DhPair, conversation: Bytes, from: number, wrap: Bytes): Promise<Bytes> {
  if (wrap.length !== 80) refuse('history-forged');
  const context = await hpkeReceive(ahk, wrap.slice(0, 32), entryInfo('privet/1 wrap', conversation, from));
  return context.open(bytes(0), wrap.slice(32), 'history-forged');
}

export async function entryKeys(chain: Chain): Promise<{ key: Bytes; commit: Bytes }> {
  const prk = await hkdfExtract(chain.slot, chain.key);
  const all = await hkdfExpand(prk, entryInfo('privet/1 turn', chain.conversation, chain.n), 64);
  wipe(prk);
  return { key: all.slice(0, 32), commit: all.slice(32) };
}

export function entryAad(chain: Chain, author: string, commit: Bytes): Bytes {
  return join(Uint8Array.of(1), chain.conversation, number(chain.n, 4), ascii(author), chain.previous, commit);
}

export async function entryStep(chain: Chain, ct: Bytes): Promise<void> {
  const next = await hkdfExpand(chain.key, ascii('next'), 32);
  wipe(chain.key);
  chain.key = next;
  chain.previous = await sha256(ct);
  chain.n++;
}

export async function entryOpen(chain: Chain, author: string, commit: Bytes, ct: Bytes): Promise<Bytes> {
  if (!padIsBucket(ct.length - AEAD_TAG_BYTES)) refuse('history-forged');
  const keys = await entryKeys(chain);
  if (!isEqual(keys.commit, commit)) refuse('history-forged');
  const plain = await aeadOpen(keys.key, bytes(12), entryAad(chain, author, commit), ct, 'history-forged');
  const data = padParse(plain, 'history-forged');
  wipe(keys.key, plain);
  await entryStep(chain, ct);
  return data;
}

/** Reads a conversation page by page. `leastEntries` is what this browser has seen already: fewer is a rollback. */
export class HistoryReader {
  private readonly ahk: DhPair;
  private chain: Chain | null = null;
  private leastEntries: number;

  constructor(ahk: DhPair, leastEntries: number) {
    this.ahk = ahk;
    this.leastEntries = leastEntries;
  }

  /** The next entry that is wanted. */
  get next(): number {
    return this.chain?.n ?? 0;
  }

  get entries(): number {
    return this.leastEntries;
  }

  /** Entries up to here were seen in replies. */
  saw(entries: number): void {
    this.leastEntries = Math.max(this.leastEntries, entries);
  }

  async read(page: HistoryPage): Promise<Entry[]> {
    if (!Number.isSafeInteger(page.entries) || !Array.isArray(page.rows) || !Array.isArray(page.wraps)) refuse('history-forged');
    if (page.entries < this.leastEntries) refuse('history-rolled-back');
    this.leastEntries = page.entries;
    if (page.entries === 0) return page.rows.length === 0 && page.next === null ? [] : refuse('history-forged');
    const chain = await this.place(page);
    const out: Entry[] = [];
    for (const row of page.rows) {
      if (row.n !== chain.n) refuse('history-reordered');
      if (row.author !== 'v' && row.author !== 'b' && row.author !== 'h') return refuse('history-forged');
      const wrap = page.wraps.find((one) => one.from === row.n);
      if (wrap) chain.key = await entryUnwrap(this.ahk, chain.conversation, row.n, unbase64url(wrap.wrap, 'history-forged'));
      if (chain.key.length === 0) refuse('history-truncated');
      const commit = unbase64url(row.commit, 'history-forged');
      const data = await entryOpen(chain, row.author, commit, unbase64url(row.ct, 'history-forged'));
      out.push({ n: row.n, author: row.author, text: text(data, 'history-forged') });
    }
    const isWhole = page.next === null ? chain.n === page.entries : page.next === chain.n && page.rows.length > 0;
    return isWhole ? out : refuse('history-truncated');
  }

  private async place(page: HistoryPage): Promise<Chain> {
    const conversation = unhex(page.conversation, 16, 'history-forged');
    const slot = unbase64url(page.slot, 'history-forged');
    if (slot.length !== 32) refuse('history-forged');
    if (this.chain && !isEqual(this.chain.conversation, conversation)) refuse('history-rolled-back');
    this.chain ??= { conversation, slot, key: bytes(0), previous: bytes(32), n: 0 };
    return this.chain;
  }
}
