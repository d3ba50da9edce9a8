// Records (protocol/channel.md, section 4):   length(4) ‖ type(1) ‖ sid(16) ‖ turn(4) ‖ idx(4) ‖ ct
// Every turn has its own keys, and a reply's depend on the request's bytes. It never gives out a part of a reply that was not whole,
// and never seals two requests under one turn's key: after a failure the session is over.

import { AEAD_TAG_BYTES, aeadOpen, aeadSeal } from './aead.ts';
import { ascii, bytes, isEqual, join, number, readNumber, sha256, wipe, type Bytes } from './bytes.ts';
import type { Session } from './handshake.ts';
import { hkdfExpand } from './hkdf.ts';
import { PAD_DATA_MAX, PAD_TURN_BUCKET, padIsBucket, padParse, padWrite } from './pad.ts';
import { refuse } from './reason.ts';

const HEAD_BYTES = 25;
const RECORDS_MAX = 2 ** 16;
const TURNS_MAX = 2 ** 20;
export const RECORD_REQUEST_PART = 0x10;
export const RECORD_REQUEST_LAST = 0x11;
export const RECORD_REPLY_CHUNK = 0x20;
export const RECORD_REPLY_FINAL = 0x21;

interface RecordKey {
  readonly key: Bytes;
  readonly base: Bytes;
}

interface Parsed {
  readonly type: number;
  readonly head: Bytes;
  readonly ct: Bytes;
}

async function recordKey(secret: Bytes, turn: number, bound: Bytes): Promise<RecordKey> {
  const all = await hkdfExpand(secret, join(ascii('mk'), number(turn, 4), bound), 44);
  return { key: all.slice(0, 32), base: all.slice(32) };
}

function recordNonce(base: Bytes, idx: number): Bytes {
  const counter = number(idx, 12);
  return base.map((byte, i) => byte ^ (counter[i] ?? 0));
}

/** Seals data as one turn's records; types are those of a part and of the last. Exported for the tests' server side. */
export async function recordSealAll(
  secret: Bytes, bound: Bytes, place: Pick<Session, 'sid' | 'turn'>, types: readonly [number, number], data: Bytes,
): Promise<Bytes> {
  const { key, base } = await recordKey(secret, place.turn, bound);
  const out: Bytes[] = [];
  const count = Math.max(1, Math.ceil(data.length / PAD_DATA_MAX));
  if (count > RECORDS_MAX) refuse('too-large');
  for (let idx = 0; idx < count; idx++) {
    const plain = padWrite(data.subarray(idx * PAD_DATA_MAX, (idx + 1) * PAD_DATA_MAX), PAD_TURN_BUCKET);
    const head = join(Uint8Array.of(types[idx === count - 1 ? 1 : 0]), place.sid, number(place.turn, 4), number(idx, 4));
    const ct = await aeadSeal(key, recordNonce(base, idx), head, plain);
    wipe(plain);
    out.push(number(head.length + ct.length, 4), head, ct);
  }
  wipe(key, base);
  return join(...out);
}

function recordParseAll(body: Bytes): Parsed[] {
  const out: Parsed[] = [];
  for (let at = 0; at < body.length;) {
    if (body.length - at < 4) return refuse('cut-off');
    const length = readNumber(body, at, 4);
    at += 4;
    if (!padIsBucket(length - HEAD_BYTES - AEAD_TAG_BYTES)) return refuse('bad-record');
    if (body.length - at < length) return refuse('cut-off');
    if (out.length === RECORDS_MAX) return refuse('too-large');
    const head = body.slice(at, at + HEAD_BYTES);
    out.push({ type: head[0] ?? 0, head, ct: body.slice(at + HEAD_BYTES, at + length) });
    at += length;
  }
  return out.length === 0 ? refuse('cut-off') : out;
}

export async function recordOpenAll(
  secret: Bytes, bound: Bytes, place: Pick<Session, 'sid' | 'turn'>, types: readonly [number, number], body: Bytes,
): Promise<Bytes> {
  const records = recordParseAll(body);
  const { key, base } = await recordKey(secret, place.turn, bound);
  const parts: Bytes[] = [];
  for (const [idx, record] of records.entries()) {
    const isLast = idx === records.length - 1;
    const expected = join(Uint8Array.of(record.type), place.sid, number(place.turn, 4), number(idx, 4));
    if (!isEqual(record.head, expected)) refuse('bad-record');
    if (isLast && record.type === types[0]) refuse('cut-off');
    if (record.type !== types[isLast ? 1 : 0]) refuse('bad-record');
    const plain = await aeadOpen(key, recordNonce(base, idx), record.head, record.ct, 'bad-record');
    parts.push(padParse(plain, 'bad-record'));
    wipe(plain);
  }
  wipe(key, base);
  return join(...parts);
}

/** SHA-256 of the records joined, without the lengths that only stand on HTTP. */
export async function recordHash(body: Bytes): Promise<Bytes> {
  return sha256(join(...recordParseAll(body).flatMap((record) => [record.head, record.ct])));
}

export async function recordRatchet(session: Pick<Session, 'up' | 'dn' | 'turn'>): Promise<void> {
  const up = await hkdfExpand(session.up, ascii('ck'), 32);
  const dn = await hkdfExpand(session.dn, ascii('ck'), 32);
  wipe(session.up, session.dn);
  session.up = up;
  session.dn = dn;
  session.turn++;
}

export async function recordRequest(session: Session, request: Bytes): Promise<Bytes> {
  if (session.isAsking) refuse('out-of-order');
  if (session.turn >= TURNS_MAX) refuse('expired');
  session.isAsking = true;
  const body = await recordSealAll(session.up, bytes(0), session, [RECORD_REQUEST_PART, RECORD_REQUEST_LAST], request);
  return body.length > session.welcome.requestBytesMax && session.welcome.requestBytesMax > 0 ? refuse('too-large') : body;
}

/** Opens the reply to exactly that request and steps the ratchet. */
export async function recordReply(session: Session, request: Bytes, body: Bytes): Promise<Bytes> {
  const bound = await recordHash(request);
  const reply = await recordOpenAll(session.dn, bound, session, [RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL], body);
  await recordRatchet(session);
  session.isAsking = false;
  return reply;
}
