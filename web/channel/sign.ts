// Ed25519 (RFC 8032) on WebCrypto. It never verifies under a key of small order, which WebCrypto alone would accept.

import { hex, type Bytes } from './bytes.ts';

// The points of order 1, 2, 4 and 8 in every encoding that decodes to them; the sign bit (the highest) is masked before the look-up.
const SMALL_ORDER: readonly string[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

export function signKeyIsSmall(key: Bytes): boolean {
  const masked = key.slice();
  masked[31] = (masked[31] ?? 0) & 0x7f;
  return SMALL_ORDER.includes(hex(masked));
}

export async function signCheck(key: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64 || signKeyIsSmall(key)) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', true, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, data);
  } catch {
    return false;
  }
}

export async function signMake(key: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, data));
}
