// Bytes and their texts. Every decoder accepts exactly one text for the same bytes; none of them ever guesses.

import { refuse, type Reason } from './reason.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();
const utf8Strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function bytes(length: number): Bytes {
  return new Uint8Array(length);
}

export function ascii(text: string): Bytes {
  return utf8.encode(text) as Bytes;
}

export function text(from: Bytes, reason: Reason): string {
  try {
    return utf8Strict.decode(from);
  } catch {
    return refuse(reason);
  }
}

/** No lone surrogate: the text has bytes of its own. */
export function isWellFormed(from: string): boolean {
  return utf8Strict.decode(utf8.encode(from)) === from;
}

export function join(...parts: readonly Bytes[]): Bytes {
  const out = bytes(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A big-endian number of `size` bytes. */
export function number(value: number, size: number): Bytes {
  const out = bytes(size);
  for (let i = size - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) out[i] = rest % 256;
  return out;
}

export function readNumber(from: Bytes, at: number, size: number): number {
  let value = 0;
  for (let i = at; i < at + size; i++) value = value * 256 + (from[i] ?? refuse('bad-answer'));
  return value;
}

/** Without an early end, so that time tells nothing about where two secrets differ. */
export function isEqual(a: Bytes, b: Bytes): boolean {
  let rest = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) rest |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return rest === 0;
}

export function isZero(from: Bytes): boolean {
  return from.reduce((all, byte) => all | byte, 0) === 0;
}

export function wipe(...secrets: readonly Bytes[]): void {
  for (const secret of secrets) secret.fill(0);
}

export function hex(from: Bytes): string {
  return Array.from(from, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function unhex(from: string, length: number, reason: Reason): Bytes {
  if (from.length !== length * 2 || !/^[0-9a-f]*$/.test(from)) refuse(reason);
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(from.slice(2 * i, 2 * i + 2), 16));
}

export function base64(from: Bytes): string {
  let binary = '';
  for (const byte of from) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function base64url(from: Bytes): string {
  return base64(from).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Standard base64 with padding; refuses what does not encode back to itself. */
export function unbase64(from: string, reason: Reason): Bytes {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(from) || from.length % 4 !== 0) refuse(reason);
  const out = Uint8Array.from(atob(from), (letter) => letter.charCodeAt(0));
  return base64(out) === from ? out : refuse(reason);
}

/** base64url without padding. */
export function unbase64url(from: string, reason: Reason): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(from) || from.length % 4 === 1) refuse(reason);
  const plain = from.replaceAll('-', '+').replaceAll('_', '/');
  return unbase64(plain + '='.repeat((4 - (plain.length % 4)) % 4), reason);
}

export async function sha256(from: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', from));
}

export function random(length: number): Bytes {
  return crypto.getRandomValues(bytes(length));
}
