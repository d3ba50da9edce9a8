// The visitor's keys: DS and AHK, not extractable. In memory at first; kept in IndexedDB only after the first send, for as long as
// the tab lives, or longer when the visitor asks. A browser that refuses storage keeps them in memory.
import type { Bytes } from './bytes.ts';
import { type DhPair, dhPair } from './hpke.ts';

export interface Keys {
  device: CryptoKey;
  deviceBytes: Bytes;
  history: DhPair;
  pinnedRoot: string;
  serial: bigint;
  entries: number; // of the conversation, that this browser has seen: fewer is a rollback
  remembered: boolean;
}

const mark = 'privet-tab';

export async function makeKeys(): Promise<Keys> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']) as CryptoKeyPair;
  const deviceBytes = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { device: pair.privateKey, deviceBytes, history: await dhPair(), pinnedRoot: '', serial: 0n, entries: 0, remembered: false };
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('storage'));
  });
}

function database(): Promise<IDBDatabase> {
  const request = indexedDB.open('privet', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('keys');
  return settle(request);
}

async function hasDatabase(): Promise<boolean> {
  // Opening would make one: nothing is stored before the first send.
  return !indexedDB.databases || (await indexedDB.databases()).some((one) => one.name === 'privet');
}

export async function loadKeys(): Promise<Keys | null> {
  try {
    if (!await hasDatabase()) return null;
    const db = await database();
    const keys = await settle(db.transaction('keys').objectStore('keys').get('keys')) as Keys | undefined;
    db.close();
    if (!keys) return null;
    if (keys.remembered || sessionStorage.getItem(mark)) return keys;
    await dropKeys();
  } catch {
    // No storage here: the chat lives in memory.
  }
  return null;
}

export async function storeKeys(keys: Keys): Promise<boolean> {
  try {
    sessionStorage.setItem(mark, '1');
    const db = await database();
    await settle(db.transaction('keys', 'readwrite').objectStore('keys').put(keys, 'keys'));
    db.close();
    return true;
  } catch {
    return false;
  }
}

export async function dropKeys(): Promise<void> {
  try {
    sessionStorage.removeItem(mark);
    if (await hasDatabase()) await settle(indexedDB.deleteDatabase('privet'));
  } catch {
    // Nothing could be stored, so there is nothing to drop.
  }
}
