// What the tests share: keys from bytes, the vectors' files, refusals by name, and a server in a few lines. Never part of a bundle.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { ascii, base64, bytes, hex, join, number, sha256, unhex, type Bytes } from './bytes.ts';
import { hkdfExpand } from './hkdf.ts';
import { hpkeReceive, hpkeSend, type DhPair } from './hpke.ts';
import { noteKeyWrite } from './note.ts';
import { Refusal, type Reason } from './reason.ts';
import { RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL, RECORD_REQUEST_LAST, RECORD_REQUEST_PART, recordHash, recordOpenAll, recordRatchet,
  recordSealAll } from './record.ts';
import { signMake } from './sign.ts';

export type Row = Record<string, unknown>;

/** Public vectors that live beside the project; a test that needs them is skipped, by name, where they are not. */
export const shared = '../shared/vectors';
export const unlessShared = existsSync(shared) ? false : `no ${shared} here`;

export function load(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function ours(section: string): Row[] {
  return (load('protocol/vectors/channel.json') as Record<string, Row[]>)[section] ?? [];
}

export function textOf(row: Row, name: string): string {
  const value = row[name];
  assert.equal(typeof value, 'string', name);
  return value as string;
}

export function hexOf(row: Row, name: string): Bytes {
  const value = textOf(row, name);
  return unhex(value, value.length / 2, 'broken');
}

export async function refuses(reason: Reason | readonly Reason[], run: () => unknown, what = ''): Promise<void> {
  const reasons: readonly string[] = typeof reason === 'string' ? [reason] : reason;
  try {
    await run();
  } catch (error) {
    if (error instanceof Refusal && reasons.includes(error.reason)) return;
    assert.fail(`${what}: ${reasons.join(' or ')}, not ${String(error)}`);
  }
  assert.fail(`${what}: ${reasons.join(' or ')}, not an answer`);
}

/** A copy with one bit of one byte turned. */
export function flipped(from: Bytes, at: number): Bytes {
  const out = from.slice();
  out[at] = (out[at] ?? 0) ^ (1 << (at % 8));
  return out;
}

/* RFC 8410: the private key's DER before its 32 bytes; the last byte of the OID names the curve. */
function privateDer(curve: number, secret: Bytes): Bytes {
  return join(unhex('302e020100300506032b65', 11, 'broken'), Uint8Array.of(curve, 0x04, 0x22, 0x04, 0x20), secret);
}

async function publicHalf(key: CryptoKey): Promise<Bytes> {
  const jwk = await crypto.subtle.exportKey('jwk', key);
  return new Uint8Array(Buffer.from(jwk.x ?? '', 'base64url'));
}

export async function dhFrom(secret: Bytes): Promise<DhPair> {
  const key = await crypto.subtle.importKey('pkcs8', privateDer(0x6e, secret), 'X25519', true, ['deriveBits']);
  return { secret: key, open: await publicHalf(key) };
}

export async function signerFrom(seed: Bytes): Promise<{ key: CryptoKey; open: Bytes }> {
  const key = await crypto.subtle.importKey('pkcs8', privateDer(0x70, seed), 'Ed25519', true, ['sign']);
  return { key, open: await publicHalf(key) };
}

export async function noteSign(text: string, name: string, seed: Bytes): Promise<string> {
  const { key, open } = await signerFrom(seed);
  const hash = unhex((await noteKeyWrite(name, open)).split('+')[1] ?? '', 4, 'broken');
  return `${text}\n\u2014 ${name} ${base64(join(hash, await signMake(key, ascii(text))))}\n`;
}

/** Notes of a server, each line of which a test may change before it is signed. */
export interface World {
  readonly root: string;
  readonly identity: string;
  readonly keys: string;
  readonly ek: DhPair;
}

export const NOW = 1790000000n;
export const SHOP = 'https://shop.example';
export const CHAT = 'https://chat.example';
export const rootSeed = bytes(32).fill(1);
const onlineSeed = bytes(32).fill(2);

export async function worldMake(change: (text: string) => string = (text) => text, name = 'chat.example'): Promise<World> {
  const root = await noteKeyWrite(name, (await signerFrom(rootSeed)).open);
  const online = await noteKeyWrite('chat.example/online', (await signerFrom(onlineSeed)).open);
  const ek = await dhFrom(bytes(32).fill(3));
  const identity = await noteSign(change(`privet-identity/1\nname chat.example\nserial 7\nvalid ${NOW} ${NOW + 7776000n}\nonline ${online}\n`
    + `origin ${SHOP}\norigin ${CHAT}\n`), name, rootSeed);
  const kid = hex((await sha256(ek.open)).slice(0, 8));
  const keys = await noteSign(change(`privet-keys/1\nname chat.example\nserial ${NOW}000\nvalid ${NOW} ${NOW + 172800n}\n`
    + `identity ${hex(await sha256(ascii(identity)))}\nkem 0001 ${kid} 0 ${base64(ek.open)}\n`), 'chat.example/online', onlineSeed);
  return { root, identity, keys, ek };
}

export async function manifestMake(lines: string): Promise<{ note: string; online: string }> {
  const online = await noteKeyWrite('chat.example/online', (await signerFrom(onlineSeed)).open);
  return { note: await noteSign(lines, 'chat.example/online', onlineSeed), online };
}

/** The server's half of one session. */
export class Server {
  readonly sid: Bytes;
  turn = 0;
  up = bytes(32);
  dn = bytes(32);

  constructor(sid: Bytes = crypto.getRandomValues(bytes(16))) {
    this.sid = sid;
  }

  async accept(world: World, m1: Bytes): Promise<Bytes> {
    const first = await hpkeReceive(world.ek, m1.slice(11, 43), join(ascii('privet/1 open\0'), await sha256(ascii(world.keys))));
    const inner = await first.open(m1.slice(0, 43), m1.slice(43), 'bad-seal');
    const psk = { key: await first.export(ascii('privet/1 psk'), 32), id: ascii('privet/1') };
    const second = await hpkeSend(inner.slice(2, 34), join(ascii('privet/1 accept\0'), await sha256(m1), this.sid), psk);
    const head = join(Uint8Array.of(2), this.sid, second.enc);
    const welcome = bytes(256);
    welcome.set(join(number(27, 2), number(Number(NOW) * 1000, 8), number(65536, 4), number(86400, 4)), 0);
    const m2 = join(head, await second.context.seal(head, welcome));
    const ms = await second.context.export(join(ascii('privet/1 traffic'), await sha256(join(m1, m2))), 32);
    this.up = await hkdfExpand(ms, ascii('c2s'), 32);
    this.dn = await hkdfExpand(ms, ascii('s2c'), 32);
    return m2;
  }

  open(body: Bytes): Promise<Bytes> {
    return recordOpenAll(this.up, bytes(0), this, [RECORD_REQUEST_PART, RECORD_REQUEST_LAST], body);
  }

  async reply(body: Bytes, reply: Bytes): Promise<Bytes> {
    const sealed = await recordSealAll(this.dn, await recordHash(body), this, [RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL], reply);
    await recordRatchet(this);
    return sealed;
  }
}
