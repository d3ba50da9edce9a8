// The proof of work that a flooded server asks for before a handshake (protocol/channel.md, section 3): done by the browser alone, in
// slices of a few milliseconds, so that the page stays quick. SHA-256 stands here once more, since WebCrypto's costs a promise a try.
import { type Bytes, ascii, bytes, join, readNumber, sha256 } from './bytes.ts';
import { refuse } from './reason.ts';

export const WORK_CHALLENGE_BYTES = 21;
export const WORK_BITS_MAX = 22; // whoever asks for more is not our server
const SLICE_MS = 12;
const TRIES = 256; // between two looks at the clock

// FIPS 180-4: the first 32 bits of the fractional parts of the cube and square roots of the first primes.
const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
const fraction = (x: number): number => Math.floor((x - Math.floor(x)) * 2 ** 32);
const K = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const H = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const turned = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** The first word of the hash of one padded block; w[0..15] is the block, the rest is room. */
export function workHash(w: Uint32Array): number {
  let [a, b, c, d, e, f, g, h] = H as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    if (i > 15) {
      const x = w[i - 15] as number;
      const y = w[i - 2] as number;
      w[i] = (w[i - 16] as number) + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + (w[i - 7] as number) + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
    }
    const t = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (K[i] as number) + (w[i] as number)) | 0;
    const u = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t) | 0;
    d = c;
    c = b;
    b = a;
    a = (t + u) | 0;
  }
  return ((H[0] as number) + a) >>> 0;
}

/** The block of SHA256(base ‖ nonce): 40 bytes, the bit that ends them, their length. */
export function workBlock(base: Bytes): Uint32Array {
  const w = new Uint32Array(64);
  for (let i = 0; i < 8; i++) w[i] = readNumber(base, 4 * i, 4);
  w[10] = 0x80000000;
  w[15] = 320;
  return w;
}

/** challenge ‖ nonce, for this M1. */
export async function workSolve(challenge: Bytes, m1: Bytes): Promise<Bytes> {
  const bits = challenge[0] ?? 0;
  if (challenge.length !== WORK_CHALLENGE_BYTES || bits < 1 || bits > WORK_BITS_MAX) refuse('busy');
  const w = workBlock(await sha256(join(ascii('privet/1 work\0'), challenge, m1)));
  // Between slices a timer lets all others have their turn. In a tab that nobody looks at timers come once a second; messages come at once.
  const { port1, port2 } = new MessageChannel();
  const later = (run: () => void): void => {
    if (globalThis.document?.hidden) {
      port1.onmessage = run;
      port2.postMessage(0);
    } else setTimeout(run, 0);
  };
  let nonce = 0;
  const slice = (): boolean => {
    for (const end = performance.now() + SLICE_MS; performance.now() < end;) {
      for (let i = 0; i < TRIES; i++) {
        w[8] = Math.floor(nonce / 2 ** 32);
        w[9] = nonce;
        if (workHash(w) >>> (32 - bits) === 0) return true;
        nonce++;
      }
    }
    return false;
  };
  await new Promise<void>((done) => {
    const step = (): void => { slice() ? done() : later(step); };
    later(step);
  });
  port1.close();
  const proof = bytes(WORK_CHALLENGE_BYTES + 8);
  proof.set(challenge);
  new DataView(proof.buffer).setBigUint64(WORK_CHALLENGE_BYTES, BigInt(nonce));
  return proof;
}
