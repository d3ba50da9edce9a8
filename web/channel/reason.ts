// Why something was refused: a closed list, so that the widget has words for each and a test can name what it expects.
// It never carries run-time data: no text of a visitor, no bytes of a key.

export type Reason =
  // A key or a note is not what it must be (protocol/channel.md, section 2).
  | 'bad-key' | 'small-order' | 'not-a-note' | 'another-key' | 'bad-signature' | 'bad-line' | 'not-canonical'
  | 'not-yet-valid' | 'no-longer-valid' | 'another-identity' | 'rolled-back' | 'wrong-root' | 'foreign-origin'
  // The handshake or a record does not open (sections 3 and 4).
  | 'bad-welcome' | 'bad-record' | 'swapped-reply' | 'cut-off' | 'too-large'
  // The stored conversation does not add up (section 5).
  | 'history-forged' | 'history-reordered' | 'history-rolled-back' | 'history-truncated'
  // What the server answers (sections 6 and 7).
  | 'bad-request' | 'bad-seal' | 'replay' | 'out-of-order' | 'bad-proof' | 'unknown-key' | 'unknown-session' | 'expired'
  | 'busy' | 'broken' | 'notice-changed' | 'too-long' | 'erased'
  // Around it.
  | 'offline' | 'old-browser' | 'bad-answer' | 'stopped';

export class Refusal extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.name = 'Refusal';
    this.reason = reason;
  }
}

export function refuse(reason: Reason): never {
  throw new Refusal(reason);
}

/** The reason of anything that was thrown; what is not ours is `broken`. */
export function reasonOf(thrown: unknown): Reason {
  return thrown instanceof Refusal ? thrown.reason : 'broken';
}
