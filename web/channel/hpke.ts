// HPKE (RFC 9180), modes base and psk, in the one suite that PSC/1 speaks: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
// It never accepts a public key of small order, and never reuses a nonce: a context counts.

import { aeadOpen, aeadSeal } from './aead.ts';
import { ascii, bytes, isZero, join, number, wipe, type Bytes } from './bytes.ts';
import { hkdfExpand, hkdfExtract } from './hkdf.ts';
import { refuse, type Reason } from './reason.ts';

export const HPKE_ENC_BYTES = 32;

const KEM_SUITE = join(ascii('KEM'), number(0x20, 2));
const HPKE_SUITE = join(ascii('HPKE'), number(0x20, 2), number(1, 2), number(2, 2));
const VERSION = ascii('HPKE-v1');

/** An X25519 pair whose private half may be non-extractable. */
export interface DhPair {
  readonly secret: CryptoKey;
  readonly open: Bytes;
}

export interface Psk {
  readonly key: Bytes;
  readonly id: Bytes;
}

/** One side of a sealed direction. */
export interface HpkeContext {
  seal(aad: Bytes, plain: Bytes): Promise<Bytes>;
  open(aad: Bytes, ct: Bytes, reason: Reason): Promise<Bytes>;
  export(context: Bytes, length: number): Promise<Bytes>;
}

export async function dhPair(extractable = false): Promise<DhPair> {
  const pair = (await crypto.subtle.generateKey('X25519', extractable, ['deriveBits'])) as CryptoKeyPair;
  return { secret: pair.privateKey, open: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)) };
}

export async function dhShare(secret: CryptoKey, peer: Bytes): Promise<Bytes> {
  let shared: Bytes;
  try {
    const open = await crypto.subtle.importKey('raw', peer, 'X25519', true, []);
    // WebCrypto throws on a peer of small order; an engine that gives zeros instead is caught below.
    shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: open }, secret, 256));
  } catch {
    return refuse('small-order');
  }
  return isZero(shared) ? refuse('small-order') : shared;
}

function labeledExtract(suite: Bytes, salt: Bytes, label: string, ikm: Bytes): Promise<Bytes> {
  return hkdfExtract(salt, join(VERSION, suite, ascii(label), ikm));
}

function labeledExpand(suite: Bytes, prk: Bytes, label: string, info: Bytes, length: number): Promise<Bytes> {
  return hkdfExpand(prk, join(number(length, 2), VERSION, suite, ascii(label), info), length);
}

/* RFC 9180, section 4.1: ExtractAndExpand. */
async function kemSecret(shared: Bytes, enc: Bytes, receiver: Bytes): Promise<Bytes> {
  const prk = await labeledExtract(KEM_SUITE, bytes(0), 'eae_prk', shared);
  const secret = await labeledExpand(KEM_SUITE, prk, 'shared_secret', join(enc, receiver), 32);
  wipe(shared, prk);
  return secret;
}

/* RFC 9180, section 5.1: KeySchedule. */
async function schedule(shared: Bytes, info: Bytes, psk: Psk | null): Promise<HpkeContext> {
  const empty = bytes(0);
  const idHash = await labeledExtract(HPKE_SUITE, empty, 'psk_id_hash', psk?.id ?? empty);
  const infoHash = await labeledExtract(HPKE_SUITE, empty, 'info_hash', info);
  const context = join(number(psk ? 1 : 0, 1), idHash, infoHash);
  const secret = await labeledExtract(HPKE_SUITE, shared, 'secret', psk?.key ?? empty);
  const key = await labeledExpand(HPKE_SUITE, secret, 'key', context, 32);
  const base = await labeledExpand(HPKE_SUITE, secret, 'base_nonce', context, 12);
  const exporter = await labeledExpand(HPKE_SUITE, secret, 'exp', context, 32);
  let sequence = 0;
  wipe(shared, secret);

  const nonce = (): Bytes => {
    const counter = number(sequence, 12);
    return base.map((byte, i) => byte ^ (counter[i] ?? 0));
  };
  return {
    async seal(aad, plain) {
      const ct = await aeadSeal(key, nonce(), aad, plain);
      sequence++;
      return ct;
    },
    async open(aad, ct, reason) {
      const plain = await aeadOpen(key, nonce(), aad, ct, reason);
      sequence++;
      return plain;
    },
    export: (label, length) => labeledExpand(HPKE_SUITE, exporter, 'sec', label, length),
  };
}

/** The sender's side. `ephemeral` is for tests with fixed randomness; everybody else leaves it out. */
export async function hpkeSend(
  receiver: Bytes, info: Bytes, psk: Psk | null = null, ephemeral?: DhPair,
): Promise<{ enc: Bytes; context: HpkeContext }> {
  const pair = ephemeral ?? (await dhPair());
  const secret = await kemSecret(await dhShare(pair.secret, receiver), pair.open, receiver);
  return { enc: pair.open, context: await schedule(secret, info, psk) };
}

export async function hpkeReceive(pair: DhPair, enc: Bytes, info: Bytes, psk: Psk | null = null): Promise<HpkeContext> {
  const secret = await kemSecret(await dhShare(pair.secret, enc), enc, pair.open);
  return schedule(secret, info, psk);
}
