// Ed25519 (RFC 8032) on WebCrypto. It never verifies under a key that is of small order, off the curve or not canonical, some of
// which WebCrypto alone would accept.

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
const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

function isSmall(point: Bytes): boolean {
  const masked = point.slice();
  masked[31] = (masked[31] ?? 0) & 0x7f;
  return SMALL_ORDER.includes(hex(masked));
}

function power(base: bigint, exponent: bigint): bigint {
  let out = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % P)
    if (rest & 1n) out = (out * square) % P;
  return out;
}

/* RFC 8032, section 5.1.3: x² = (y² - 1) / (dy² + 1) has a root where (y² - 1)(dy² + 1) is a square. Keys are public: time may tell. */
function isOnCurve(point: Bytes): boolean {
  const y = BigInt(`0x${hex(point.slice().reverse() as Bytes)}`) & (2n ** 255n - 1n);
  const square = (y * y) % P;
  return y < P && power(((square + P - 1n) * (D * square + 1n)) % P, (P - 1n) / 2n) === 1n;
}

export function signKeyIsGood(key: Bytes): boolean {
  return key.length === 32 && !isSmall(key) && isOnCurve(key);
}

export async function signCheck(key: Bytes, data: Bytes, signature: Bytes): Promise<boolean> {
  // R of small order: only who holds the key can make such a signature, and libsodium refuses it.
  if (signature.length !== 64 || !signKeyIsGood(key) || isSmall(signature.slice(0, 32))) return false;
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
