// Signed notes (C2SP, protocol/channel.md section 2): how the widget knows the server. One byte form per note, so that its hash
// names it. It never accepts a second signature, an unknown line, or a value in another form than the canonical one. What C refuses
// (src/trust, src/crypt) is refused here, in the same order: protocol/vectors/channel.json holds both to it.

import { ascii, base64, hex, isEqual, isWellFormed, join, sha256, unbase64, unhex, type Bytes } from './bytes.ts';
import { refuse, type Reason } from './reason.ts';
import { signCheck, signKeyIsGood } from './sign.ts';

export const NOTE_MAX_BYTES = 16384;
export const NOTE_TOLERANCE_S = 300n;
const NAME_MAX_BYTES = 128;
const NUMBER_MAX = 2n ** 63n - 1n;
const PATH_MAX_BYTES = 255;
const ORIGINS_MAX = 64;
const KEYS_MAX = 16;
const FILES_MAX = 64;

/** A verifier key: NAME+HASH+BASE64(01 ‖ public key). */
export interface NoteKey {
  readonly name: string;
  readonly open: Bytes;
  readonly text: string;
}

export interface Identity {
  readonly name: string;
  readonly serial: bigint;
  readonly from: bigint;
  readonly to: bigint;
  readonly online: NoteKey;
  readonly staffCa: string | null;
  readonly origins: readonly string[];
  readonly nextRoot: string | null;
}

export interface KemKey {
  readonly kid: Bytes;
  readonly node: number;
  readonly open: Bytes;
}

export interface Keynote {
  readonly name: string;
  readonly serial: bigint;
  readonly from: bigint;
  readonly to: bigint;
  readonly identity: string;
  readonly keys: readonly KemKey[];
}

export interface Manifest {
  readonly name: string;
  readonly serial: bigint;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly sha384: string }[];
}

function nameIsGood(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name !== '' && isWellFormed(name) && ascii(name).length <= NAME_MAX_BYTES && !/[\u0000-\u0020+\u007f]/.test(name);
}

async function keyHash(name: string, open: Bytes): Promise<Bytes> {
  return (await sha256(join(ascii(`${name}\n`), Uint8Array.of(1), open))).slice(0, 4);
}

export async function noteKeyWrite(name: string, open: Bytes): Promise<string> {
  return `${name}+${hex(await keyHash(name, open))}+${base64(join(Uint8Array.of(1), open))}`;
}

export async function noteKeyParse(text: string): Promise<NoteKey> {
  const [name, hash, ...rest] = text.split('+');
  const key = rest.join('+'); // a plus is a letter of base64 too
  if (name === undefined || hash === undefined || key === '' || !nameIsGood(name)) return refuse('bad-key');
  const given = unhex(hash, 4, 'bad-key');
  const raw = unbase64(key, 'bad-key');
  const open = raw.slice(1);
  if (raw.length !== 33 || raw[0] !== 1 || !isEqual(given, await keyHash(name, open))) refuse('bad-key');
  if (!signKeyIsGood(open)) refuse('small-order');
  return { name, open, text };
}

interface Cut {
  readonly text: string;
  readonly name: string;
  readonly hash: Bytes;
  readonly signature: Bytes;
}

function noteCut(note: string): Cut {
  if (ascii(note).length > NOTE_MAX_BYTES || !note.endsWith('\n') || !isWellFormed(note)) refuse('not-a-note');
  const lineAt = note.lastIndexOf('\n', note.length - 2) + 1;
  // The empty line stands right before the one signature; another signature line would stand there instead.
  if (lineAt < 2 || note.slice(lineAt - 2, lineAt) !== '\n\n') refuse('not-a-note');
  const match = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(note.slice(lineAt, -1));
  if (!match) return refuse('not-a-note');
  const hashed = unbase64(match[2] ?? '', 'not-a-note');
  if (hashed.length !== 68) refuse('not-a-note');
  return { text: note.slice(0, lineAt - 1), name: match[1] ?? '', hash: hashed.slice(0, 4), signature: hashed.slice(4) };
}

/** Checks the signature and gives the text. `another` is the reason when it was signed by another key. */
export async function noteOpen(note: string, key: NoteKey, another: Reason = 'another-key'): Promise<string> {
  const cut = noteCut(note);
  if (cut.name !== key.name || !isEqual(cut.hash, await keyHash(key.name, key.open))) refuse(another);
  if (!(await signCheck(key.open, ascii(cut.text), cut.signature))) refuse('bad-signature');
  return cut.text;
}

/** Takes lines off a note's text in their one order. */
class Lines {
  private readonly lines: string[];
  private at = 0;

  constructor(text: string) {
    if (!text.endsWith('\n')) refuse('not-a-note');
    this.lines = text.slice(0, -1).split('\n');
  }

  bare(line: string): void {
    if (this.lines[this.at++] !== line) refuse('bad-line');
  }

  has(label: string): boolean {
    return this.lines[this.at]?.startsWith(`${label} `) ?? false;
  }

  value(label: string): string {
    if (!this.has(label)) refuse('bad-line');
    const value = (this.lines[this.at++] ?? '').slice(label.length + 1);
    return value === '' ? refuse('bad-line') : value;
  }

  number(label: string): bigint {
    return readNumber(this.value(label));
  }

  end(): void {
    if (this.at !== this.lines.length) refuse('bad-line');
  }
}

function readNumber(value: string): bigint {
  if (!/^[0-9]{1,20}$/.test(value)) refuse('not-canonical');
  const number = BigInt(value);
  return number <= NUMBER_MAX && number.toString() === value ? number : refuse('not-canonical');
}

function readDates(value: string): [bigint, bigint] {
  const parts = value.split(' ');
  if (parts.length !== 2) refuse('not-canonical');
  const from = readNumber(parts[0] ?? '');
  const to = readNumber(parts[1] ?? '');
  return from < to ? [from, to] : refuse('not-canonical');
}

function checkDates(from: bigint, to: bigint, now: bigint): void {
  if (now + NOTE_TOLERANCE_S < from) refuse('not-yet-valid');
  if (now > to + NOTE_TOLERANCE_S) refuse('no-longer-valid');
}

export function originIsGood(origin: string): boolean {
  return origin.length <= 255 && /^https?:\/\/[a-z0-9.:[\]-]+$/.test(origin);
}

async function identityParse(text: string): Promise<Identity> {
  const lines = new Lines(text);
  lines.bare('privet-identity/1');
  const name = lines.value('name');
  const serial = lines.number('serial');
  const [from, to] = readDates(lines.value('valid'));
  const online = await noteKeyParse(lines.value('online'));
  const staffCa = lines.has('staff-ca') ? lines.value('staff-ca') : null;
  if (staffCa !== null) await noteKeyParse(staffCa);
  const origins: string[] = [];
  while (lines.has('origin')) {
    const origin = lines.value('origin');
    if (origins.length === ORIGINS_MAX || !originIsGood(origin)) refuse('not-canonical');
    origins.push(origin);
  }
  const nextRoot = lines.has('next-root') ? lines.value('next-root') : null;
  if (nextRoot !== null) unhex(nextRoot, 32, 'not-canonical');
  lines.end();
  if (origins.length === 0) refuse('bad-line');
  return { name, serial, from, to, online, staffCa, origins, nextRoot };
}

// ONLINE's name is the server's, followed by "/online".
function nameFits(name: string, online: NoteKey): boolean {
  return online.name === `${name}/online`;
}

export async function identityOpen(note: string, root: NoteKey, nowS: bigint): Promise<Identity> {
  const identity = await identityParse(await noteOpen(note, root, 'wrong-root'));
  if (identity.name !== root.name || !nameFits(identity.name, identity.online)) refuse('not-canonical');
  checkDates(identity.from, identity.to, nowS);
  return identity;
}

async function kemParse(line: string): Promise<KemKey> {
  const [suite, kidText, nodeText, key, ...more] = line.split(' ');
  if (suite !== '0001' || !kidText || !nodeText || !key || more.length > 0) return refuse('not-canonical');
  const open = unbase64(key, 'not-canonical');
  const kid = unhex(kidText, 8, 'not-canonical');
  const node = Number(readNumber(nodeText));
  if (open.length !== 32 || node > 255 || !isEqual(kid, (await sha256(open)).slice(0, 8))) refuse('not-canonical');
  return { kid, node, open };
}

async function keynoteParse(text: string): Promise<Keynote> {
  const lines = new Lines(text);
  lines.bare('privet-keys/1');
  const name = lines.value('name');
  const serial = lines.number('serial');
  const [from, to] = readDates(lines.value('valid'));
  const identity = lines.value('identity');
  unhex(identity, 32, 'not-canonical');
  const keys: KemKey[] = [];
  while (lines.has('kem')) {
    if (keys.length === KEYS_MAX) refuse('not-canonical');
    keys.push(await kemParse(lines.value('kem')));
  }
  lines.end();
  return keys.length > 0 ? { name, serial, from, to, identity, keys } : refuse('not-canonical');
}

export async function keynoteOpen(note: string, identityNote: string, online: NoteKey, nowS: bigint): Promise<Keynote> {
  const keynote = await keynoteParse(await noteOpen(note, online));
  if (keynote.identity !== hex(await sha256(ascii(identityNote))) || !nameFits(keynote.name, online)) refuse('another-identity');
  checkDates(keynote.from, keynote.to, nowS);
  return keynote;
}

// Three numbers of 32 bits without leading zeros.
function versionIsGood(version: string): boolean {
  const parts = version.split('.');
  return parts.length === 3 && parts.every((part) => /^(0|[1-9][0-9]{0,9})$/.test(part) && Number(part) < 2 ** 32);
}

function pathIsGood(path: string): boolean {
  return path.length <= PATH_MAX_BYTES && /^\/[\u0021-\u007e]*$/.test(path);
}

/** What monitors compare with what the server really sends; the widget itself can't judge its own code. */
export async function manifestOpen(note: string, online: NoteKey): Promise<Manifest> {
  const lines = new Lines(await noteOpen(note, online));
  lines.bare('privet-widget/1');
  const name = lines.value('name');
  const serial = lines.number('serial');
  const version = lines.value('version');
  const files: { path: string; sha384: string }[] = [];
  while (lines.has('file')) {
    const match = /^([^ ]*) sha384-(.*)$/.exec(lines.value('file'));
    if (!match || files.length === FILES_MAX || unbase64(match[2] ?? '', 'not-canonical').length !== 48) return refuse('not-canonical');
    files.push({ path: match[1] ?? '', sha384: match[2] ?? '' });
  }
  lines.end();
  // Paths are ASCII: the order of letters is the order of bytes.
  const isSorted = files.every((file, i) => i === 0 || (files[i - 1]?.path ?? '') < file.path);
  const isGood = files.length > 0 && isSorted && files.every((file) => pathIsGood(file.path)) && versionIsGood(version);
  return isGood && nameFits(name, online) ? { name, serial, version, files } : refuse('not-canonical');
}
