// The handshake, visitor's side (protocol/channel.md, section 3): M1 goes out, M2 comes back, traffic keys come out.
// It never sends a word of the visitor, and never keeps the pair it was made with.

import { ascii, bytes, isZero, join, number, random, readNumber, sha256, wipe, type Bytes } from './bytes.ts';
import { hkdfExpand } from './hkdf.ts';
import { dhPair, hpkeReceive, hpkeSend, type DhPair } from './hpke.ts';
import type { KemKey } from './note.ts';
import { refuse } from './reason.ts';

export const HANDSHAKE_M1_BYTES = 571;
export const HANDSHAKE_M2_BYTES = 321;
const INNER_BYTES = 512;
const WELCOME_BYTES = 256;
const ORIGIN_MAX_BYTES = 255;

export const FLAG_REMEMBER = 1;
export const FLAG_FULL_PAGE = 2;

/** What M2 tells the visitor. */
export interface Welcome {
  readonly timeMs: number;
  readonly requestBytesMax: number;
  readonly sessionSeconds: number;
  readonly retentionDays: number;
  readonly policy: number;
  readonly notice: Bytes;
}

/** A session's keys; up and dn are stepped by record.ts. */
export interface Session {
  readonly sid: Bytes;
  readonly th: Bytes;
  readonly welcome: Welcome;
  up: Bytes;
  dn: Bytes;
  turn: number;
  isAsking: boolean; // this turn's request is sealed: its key must not seal another
}

export interface Hello {
  readonly key: KemKey;
  readonly keysNote: string;
  readonly origin: string;
  readonly flags: number;
  readonly device: Bytes;
  readonly history: Bytes;
}

/** Fixed randomness, for tests only. */
export interface Fixed {
  readonly client: DhPair;
  readonly ephemeral: DhPair;
  readonly random: Bytes;
}

export interface Opening {
  readonly m1: Bytes;
  readonly accept: (m2: Bytes) => Promise<Session>;
}

function innerWrite(hello: Hello, client: Bytes, noise: Bytes): Bytes {
  const origin = ascii(hello.origin);
  if (origin.length > ORIGIN_MAX_BYTES) refuse('foreign-origin');
  const inner = join(client, noise, number(origin.length, 1), origin, number(hello.flags, 2), hello.device, hello.history);
  const out = bytes(INNER_BYTES);
  out.set(number(inner.length, 2), 0);
  out.set(inner, 2);
  return out;
}

function welcomeParse(plain: Bytes): Welcome {
  const length = readNumber(plain, 0, 2);
  if (length !== 27 || !isZero(plain.subarray(2 + length)) || ((plain[20] ?? 0) & ~3) !== 0) refuse('bad-welcome');
  return {
    timeMs: readNumber(plain, 2, 8),
    requestBytesMax: readNumber(plain, 10, 4),
    sessionSeconds: readNumber(plain, 14, 4),
    retentionDays: readNumber(plain, 18, 2),
    policy: plain[20] ?? 0,
    notice: plain.slice(21, 29),
  };
}

async function accept(m1: Bytes, m2: Bytes, client: DhPair, psk: Bytes): Promise<Session> {
  if (m2.length !== HANDSHAKE_M2_BYTES || m2[0] !== 2) refuse('bad-welcome');
  const sid = m2.slice(1, 17);
  const info = join(ascii('privet/1 accept\0'), await sha256(m1), sid);
  const context = await hpkeReceive(client, m2.slice(17, 49), info, { key: psk, id: ascii('privet/1') });
  const welcome = await context.open(m2.slice(0, 49), m2.slice(49), 'bad-welcome');
  if (welcome.length !== WELCOME_BYTES) refuse('bad-welcome');
  const th = await sha256(join(m1, m2));
  const ms = await context.export(join(ascii('privet/1 traffic'), th), 32);
  const session = {
    sid, th, welcome: welcomeParse(welcome), turn: 0, isAsking: false,
    up: await hkdfExpand(ms, ascii('c2s'), 32),
    dn: await hkdfExpand(ms, ascii('s2c'), 32),
  };
  wipe(ms, psk);
  return session;
}

export async function handshakeOpen(hello: Hello, fixed?: Fixed): Promise<Opening> {
  const client = fixed?.client ?? (await dhPair());
  const info = join(ascii('privet/1 open\0'), await sha256(ascii(hello.keysNote)));
  const { enc, context } = await hpkeSend(hello.key.open, info, null, fixed?.ephemeral);
  const head = join(Uint8Array.of(1, 0, 1), hello.key.kid, enc);
  const inner = innerWrite(hello, client.open, fixed?.random ?? random(16));
  const m1 = join(head, await context.seal(head, inner));
  wipe(inner);
  const psk = await context.export(ascii('privet/1 psk'), 32);
  return { m1, accept: (m2) => accept(m1, m2, client, psk) };
}

/** What DS signs, once a session. */
export function handshakeProofText(session: Session): Bytes {
  return join(ascii('privet/1 device'), session.th);
}
