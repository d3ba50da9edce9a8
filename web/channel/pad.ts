// Padding to seven sizes: len(2) ‖ data ‖ zeros (protocol/channel.md, section 4). It never hides a byte behind the data.

import { bytes, isZero, readNumber, type Bytes } from './bytes.ts';
import { refuse, type Reason } from './reason.ts';

export const PAD_BUCKET_MAX = 32768;
export const PAD_DATA_MAX = PAD_BUCKET_MAX - 2;
export const PAD_TURN_BUCKET = 4096; // no record of a turn is smaller, so that what is ordinary looks alike

export function padBucket(length: number): number {
  if (length > PAD_DATA_MAX) refuse('too-large');
  let bucket = 512;
  while (bucket < length + 2) bucket *= 2;
  return bucket;
}

export function padIsBucket(size: number): boolean {
  return size >= 512 && size <= PAD_BUCKET_MAX && (size & (size - 1)) === 0;
}

export function padWrite(data: Bytes, least = 0): Bytes {
  const out = bytes(Math.max(padBucket(data.length), least));
  out[0] = data.length >> 8;
  out[1] = data.length & 0xff;
  out.set(data, 2);
  return out;
}

export function padParse(padded: Bytes, reason: Reason): Bytes {
  if (!padIsBucket(padded.length)) refuse(reason);
  const length = readNumber(padded, 0, 2);
  if (length > padded.length - 2 || !isZero(padded.subarray(2 + length))) refuse(reason);
  return padded.slice(2, 2 + length);
}
