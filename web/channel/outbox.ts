// What the visitor has said and no answer has come for. It is kept beside the keys, sealed under one that can't be exported, so that
// a reload or a crash loses nothing; its id lets the server say it only once. It never stores a plain word.
import { ascii, random, text, type Bytes } from './bytes.ts';
import type { Keys } from './keys.ts';

export interface Waiting {
  readonly id: string;
  readonly text: string;
  readonly payload: string;
}

export interface Unsent {
  readonly id: string;
  readonly iv: Bytes;
  readonly ct: Bytes;
}

export async function outboxAdd(keys: Keys, waiting: Waiting): Promise<void> {
  const iv = random(12);
  const ct = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, keys.box, ascii(JSON.stringify(waiting))));
  keys.unsent = [...keys.unsent.filter((one) => one.id !== waiting.id), { id: waiting.id, iv, ct }];
}

export function outboxRemove(keys: Keys, id: string): void {
  keys.unsent = keys.unsent.filter((one) => one.id !== id);
}

export async function outboxList(keys: Keys): Promise<Waiting[]> {
  return Promise.all(keys.unsent.map(async (one) =>
    JSON.parse(text(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: one.iv }, keys.box, one.ct)), 'broken')) as Waiting));
}
