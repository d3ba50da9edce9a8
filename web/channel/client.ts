// The sealed line to the bot: notes, handshake, turns. Lost connections are tried again with the same bytes; a server that was
// restarted gets a new handshake and the same message once more, by its id: nothing is lost and nothing is said twice. A note or an
// origin that is not right ends everything, and there is no way around.
import { type Bytes, ascii, base64url, bytes, hex, join, random, text, unbase64url } from './bytes.ts';
import { FLAG_FULL_PAGE, FLAG_REMEMBER, type Session, handshakeOpen, handshakeProofText } from './handshake.ts';
import { type Entry, type HistoryPage, HistoryReader } from './history.ts';
import type { Keys } from './keys.ts';
import type { Keynote } from './note.ts';
import { type Reason, Refusal, refuse } from './reason.ts';
import { recordReply, recordRequest } from './record.ts';
import { signMake } from './sign.ts';
import { type Notes, trustCheck } from './trust.ts';
import { workSolve } from './work.ts';

export type { Notes };

export interface Reply {
  kind: string;
  [name: string]: unknown;
}

/** What is waited for; with seconds, when it is known for how long. */
export type Wait = 'network' | 'busy' | 'work' | 'fast' | 'not-kept' | '';

class Lost extends Error {}

// The server wants a handshake to be worked for.
class Work extends Error {
  readonly challenge: Bytes;

  constructor(challenge: Bytes) {
    super();
    this.challenge = challenge;
  }
}

// What a server refuses with (section 6): nobody sealed these names, so no other name is believed.
const answers: readonly Reason[] = ['bad-request', 'bad-seal', 'replay', 'out-of-order', 'bad-proof', 'foreign-origin', 'unknown-key',
  'unknown-session', 'expired', 'too-large', 'busy', 'broken'];
const again = new Set<string>(['unknown-session', 'unknown-key', 'expired', 'replay', 'out-of-order', 'bad-seal', 'bad-proof']);
const WORKS_MAX = 5;
const sleep = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

async function post(path: string, body: Bytes): Promise<Bytes> {
  let response: Response;
  try {
    response = await fetch(path, { method: 'POST', body, headers: { 'Content-Type': 'application/octet-stream' }, credentials: 'omit', cache: 'no-store' });
  } catch {
    throw new Lost();
  }
  if (response.ok) {
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch {
      throw new Lost();
    }
  }
  let said: Record<string, unknown> = {};
  try {
    said = await response.json() as Record<string, unknown>;
  } catch {
    if (response.status >= 500) throw new Lost(); // a proxy's page, not ours
  }
  const name = said['error'];
  if (name === 'work') throw new Work(unbase64url(String(said['work']), 'busy'));
  return refuse(answers.find((one) => one === name) ?? 'broken');
}

async function fetchNotes(): Promise<Notes> {
  try {
    const response = await fetch('/.well-known/privet', { credentials: 'omit', cache: 'no-store' });
    if (!response.ok) throw new Lost();
    return await response.json() as Notes;
  } catch {
    throw new Lost();
  }
}

export class Client {
  readonly keys: Keys;
  private readonly origin: string;
  private readonly root: string;
  private first: Notes | null;
  private proven: { notes: Notes; keynote: Keynote } | null = null;
  private session: Session | null = null;
  private proof = '';
  private waiting: Promise<unknown> = Promise.resolve();
  onWait: (reason: Wait, seconds?: number) => void = () => undefined;

  // `first` came with the page; later ones are fetched.
  constructor(keys: Keys, origin: string, root: string, first: Notes | null) {
    this.keys = keys;
    this.origin = origin;
    this.root = root;
    this.first = first;
  }

  // ROOT: from the snippet; pinned by what was seen first; on a page of the server's own, taken as it is.
  private async trust(notes: Notes): Promise<Keynote> {
    const isOwnPage = this.origin === location.origin;
    const root = this.root || this.keys.pinnedRoot || (isOwnPage ? notes.root : '');
    if (typeof root !== 'string' || !root || (this.keys.pinnedRoot && this.keys.pinnedRoot !== root)) return refuse('wrong-root');
    const seen = { identity: this.keys.identitySerial, keys: this.keys.serial };
    const { identity, keys } = await trustCheck(notes, root, this.origin, BigInt(Math.floor(Date.now() / 1000)), seen);
    this.keys.pinnedRoot = root;
    this.keys.identitySerial = identity.serial;
    this.keys.serial = keys.serial;
    return keys;
  }

  /** Holds the server's notes against everything that is known of it; refuses when they don't fit. */
  async prove(): Promise<void> {
    const notes = this.first ?? await fetchNotes();
    this.first = null;
    this.proven = { notes, keynote: await this.trust(notes) };
  }

  // The first flight; where many come from, or many come at all, after some work, which can grow while it is done.
  private async sendOpening(m1: Bytes): Promise<Bytes> {
    let work = bytes(0);
    for (let tries = 0; tries < WORKS_MAX; tries++) {
      try {
        return await post('/v1/open', join(m1, work));
      } catch (error) {
        if (!(error instanceof Work)) throw error;
        this.onWait('work');
        work = await workSolve(error.challenge, m1);
      }
    }
    return refuse('busy');
  }

  private async shake(): Promise<Session> {
    if (!this.proven) await this.prove();
    const { notes, keynote } = this.proven ?? refuse('broken');
    this.proven = null;
    const flags = (this.keys.remembered ? FLAG_REMEMBER : 0) | (this.origin === location.origin ? FLAG_FULL_PAGE : 0);
    const opening = await handshakeOpen({ key: keynote.keys[0] ?? refuse('bad-line'), keysNote: notes.keys, origin: this.origin, flags,
      device: this.keys.deviceBytes, history: this.keys.history.open });
    const session = await opening.accept(await this.sendOpening(opening.m1));
    this.proof = base64url(await signMake(this.keys.device, handshakeProofText(session)));
    return session;
  }

  // One request and its answer in one session. The bytes are made once and sent until they are answered or refused. A refusal ends the
  // session, whoever spoke it: what is said next is never sealed under this turn's key again.
  private async exchange(request: Record<string, unknown> | null): Promise<Reply> {
    this.session ??= await this.shake();
    if (!request) return { kind: 'open' };
    const session = this.session;
    const body = await recordRequest(session, ascii(JSON.stringify(this.proof ? { v: 1, ...request, proof: this.proof } : { v: 1, ...request })));
    for (let wait = 500; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const answer = await post('/v1/turn', body);
        const reply = JSON.parse(text(await recordReply(session, body, answer), 'bad-answer')) as Reply;
        this.proof = '';
        return reply;
      } catch (error) {
        if (!(error instanceof Lost) && !(error instanceof Refusal && error.reason === 'busy')) throw error;
        this.onWait(error instanceof Lost ? 'network' : 'busy');
        await sleep(wait);
      }
    }
  }

  private async attempt(request: Record<string, unknown> | null): Promise<Reply> {
    for (let tries = 0, wait = 500; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const reply = await this.exchange(request);
        const error = reply.kind === 'error' ? reply['error'] : '';
        if (error !== 'busy' && error !== 'not-kept' && error !== 'wait') {
          this.onWait('');
          return reply;
        }
        const seconds = error === 'wait' ? Math.max(1, Number(reply['seconds'])) : 0;
        if (error === 'wait') this.onWait('fast', seconds);
        else this.onWait(error);
        if (seconds) wait = Math.min(seconds, 3600) * 1000;
      } catch (error) {
        const reason = error instanceof Refusal ? error.reason : '';
        this.session = null;
        if (error instanceof Lost || reason === 'busy') this.onWait(error instanceof Lost ? 'network' : 'busy');
        else if (!again.has(reason) || ++tries > 3) throw error;
        if (again.has(reason) && tries === 1) continue;
      }
      await sleep(wait);
    }
  }

  // Shakes hands before anything is said; gives the version of the notice that the server holds.
  async open(): Promise<string> {
    await this.ask(null);
    return this.session ? hex(this.session.welcome.notice) : '';
  }

  // Requests go one after the other. Without a request, hands are shaken and nothing is asked.
  ask(request: Record<string, unknown> | null): Promise<Reply> {
    const next = this.waiting.then(() => this.attempt(request), () => this.attempt(request));
    this.waiting = next.catch(() => undefined);
    return next;
  }

  async history(): Promise<Entry[]> {
    const reader = new HistoryReader(this.keys.history, this.keys.entries);
    const entries: Entry[] = [];
    for (let from: number | null = 0; from !== null;) {
      const answer: Reply = await this.ask({ kind: 'history', from });
      if (answer.kind !== 'history') refuse(answer['error'] === 'erased' ? 'erased' : 'broken');
      const page = answer as unknown as HistoryPage;
      entries.push(...await reader.read(page));
      from = page.next;
    }
    this.keys.entries = entries.length;
    return entries;
  }

  static newId(): string {
    return base64url(random(16));
  }
}

