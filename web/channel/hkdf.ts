// HKDF-SHA256 (RFC 5869) on WebCrypto's HMAC, its two halves apart because the channel and HPKE need each alone.
// It never keeps a key longer than the call.

import { bytes, join, type Bytes } from './bytes.ts';
import { refuse } from './reason.ts';

const HASH_BYTES = 32;

async function hmac(key: Bytes, data: Bytes): Promise<Bytes> {
  // HMAC fills a short key with zeros, and WebCrypto refuses an empty one: 32 zeros are the same key.
  const raw = key.length === 0 ? bytes(HASH_BYTES) : key;
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data));
}

export function hkdfExtract(salt: Bytes, ikm: Bytes): Promise<Bytes> {
  return hmac(salt, ikm);
}

export async function hkdfExpand(prk: Bytes, info: Bytes, length: number): Promise<Bytes> {
  if (length > 255 * HASH_BYTES) refuse('too-large');
  const out = bytes(Math.ceil(length / HASH_BYTES) * HASH_BYTES);
  let block = bytes(0);
  for (let i = 0; i * HASH_BYTES < length; i++) {
    block = await hmac(prk, join(block, info, Uint8Array.of(i + 1)));
    out.set(block, i * HASH_BYTES);
  }
  return out.slice(0, length);
}
