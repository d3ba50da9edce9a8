// The visitor's keys: DS and AHK, not extractable. In memory at first; kept in IndexedDB only after the first send, for as long as
// the tab lives, or longer when the visitor asks. Each tab has keys of its own, and holds a lock while it lives, by which the others
// know whose keys are left over. A browser that refuses storage keeps them in memory.
import { base64url, random, type Bytes } from './bytes.ts';
import { type DhPair, dhPair } from './hpke.ts';
import type { Unsent } from './outbox.ts';

export interface Keys {
  place: string; // in the store: a tab's, or `remembered`; empty before the first send
  device: CryptoKey;
  deviceBytes: Bytes;
  history: DhPair;
  box: CryptoKey; // seals what waits to be sent
  unsent: Unsent[];
  pinnedRoot: string;
  identitySerial: bigint;
  serial: bigint;
  entries: number; // of the conversation, that this browser has seen: fewer is a rollback
  remembered: boolean;
}

const mark = 'privet-tab';
const forDevice = 'remembered';
const lockName = (place: string): string => `privet-${place}`;

export async function makeKeys(): Promise<Keys> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']) as CryptoKeyPair;
  const deviceBytes = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const box = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return { place: '', device: pair.privateKey, deviceBytes, history: await dhPair(), box, unsent: [], pinnedRoot: '', identitySerial: 0n, serial: 0n,
    entries: 0, remembered: false };
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('storage'));
  });
}

// Opening would make one: nothing is stored before the first send.
const hasDatabase = async (): Promise<boolean> => (await indexedDB.databases()).some((one) => one.name === 'privet');

async function withStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const request = indexedDB.open('privet', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('keys');
  const db = await settle(request);
  try {
    return await run(db.transaction('keys', mode).objectStore('keys'));
  } finally {
    db.close();
  }
}

// Until the page ends.
function hold(place: string): void {
  void navigator.locks?.request(lockName(place), { mode: 'shared' }, () => new Promise<never>(() => undefined)).catch(() => undefined);
}

// Removes one place, and the whole database with the last one.
async function remove(places: readonly string[]): Promise<void> {
  const left = await withStore('readwrite', async (store) => {
    for (const place of places) await settle(store.delete(place));
    return settle(store.count());
  });
  if (left === 0) await settle(indexedDB.deleteDatabase('privet'));
}

/** Keys of tabs that are gone. A tab that is just being reloaded has no lock for a moment: they are looked at twice. */
export async function sweepKeys(waitMs = 3000): Promise<void> {
  const left = async (): Promise<string[]> => {
    const held = (await navigator.locks.query()).held?.map((one) => one.name) ?? [];
    const places = await withStore('readonly', (store) => settle(store.getAllKeys()));
    return places.map(String).filter((place) => place !== forDevice && !held.includes(lockName(place)));
  };
  try {
    if (!await hasDatabase()) return;
    const first = await left();
    if (first.length === 0) return;
    await new Promise((done) => { setTimeout(done, waitMs); });
    const second = await left();
    await remove(first.filter((place) => second.includes(place)));
  } catch {
    // No storage here: nothing is left over.
  }
}

export async function loadKeys(): Promise<Keys | null> {
  try {
    if (!await hasDatabase()) return null;
    const tab = sessionStorage.getItem(mark);
    const keys = await withStore('readonly', async (store) =>
      ((tab ? await settle(store.get(tab)) : undefined) ?? await settle(store.get(forDevice))) as Keys | undefined);
    if (!keys) return null;
    hold(keys.place);
    return keys;
  } catch {
    return null; // No storage here: the chat lives in memory.
  }
}

export async function storeKeys(keys: Keys): Promise<boolean> {
  try {
    if (!keys.place) {
      keys.place = keys.remembered ? forDevice : base64url(random(12));
      if (!keys.remembered) sessionStorage.setItem(mark, keys.place);
      hold(keys.place);
    }
    await withStore('readwrite', (store) => settle(store.put(keys, keys.place)));
    return true;
  } catch {
    return false;
  }
}

export async function dropKeys(keys: Keys): Promise<void> {
  try {
    if (sessionStorage.getItem(mark) === keys.place) sessionStorage.removeItem(mark);
    if (keys.place && await hasDatabase()) await remove([keys.place]);
  } catch {
    // Nothing could be stored, so there is nothing to drop.
  }
}
