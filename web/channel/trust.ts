// Whether this server is the one that the page names: its notes held against ROOT, the clock, each other, what was seen before and
// the embedding page's origin, in the order of src/channel/visitor.c. It never gives a key that one of these does not vouch for.

import { identityOpen, keynoteOpen, noteKeyParse, type Identity, type Keynote } from './note.ts';
import { refuse } from './reason.ts';

/** What `/.well-known/privet` answers. */
export interface Notes {
  readonly identity: string;
  readonly keys: string;
  readonly root: string;
}

/** The highest serials seen before; 0 = none. */
export interface Seen {
  readonly identity: bigint;
  readonly keys: bigint;
}

export interface Trusted {
  readonly identity: Identity;
  readonly keys: Keynote;
}

export async function trustCheck(
  notes: Pick<Notes, 'identity' | 'keys'>, root: string, origin: string, nowS: bigint, seen: Seen,
): Promise<Trusted> {
  if (typeof notes.identity !== 'string' || typeof notes.keys !== 'string') return refuse('not-a-note');
  const identity = await identityOpen(notes.identity, await noteKeyParse(root), nowS);
  const keys = await keynoteOpen(notes.keys, notes.identity, identity.online, nowS);
  if (identity.serial < seen.identity || keys.serial < seen.keys) refuse('rolled-back');
  if (!identity.origins.includes(origin)) refuse('foreign-origin');
  return { identity, keys };
}
