// AES-256-GCM on WebCrypto. It never gives out a plaintext whose tag does not fit.

import type { Bytes } from './bytes.ts';
import { refuse, type Reason } from './reason.ts';

export const AEAD_TAG_BYTES = 16;

export async function aeadSeal(key: Bytes, nonce: Bytes, aad: Bytes, plain: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, imported, plain));
}

export async function aeadOpen(key: Bytes, nonce: Bytes, aad: Bytes, ct: Bytes, reason: Reason): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, imported, ct));
  } catch {
    return refuse(reason);
  }
}
