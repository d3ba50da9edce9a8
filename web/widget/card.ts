// Payment card numbers, seen before anything is sent: the beginnings that networks have given out (ISO/IEC 7812), their lengths, and the
// check digit (Luhn). A number in pieces is seen too, over the blanks in a message and over the last messages. The server looks again.

// First four digits from, to; shortest, longest.
const issuers = [[4000, 4999, 16, 19], [5100, 5599, 16, 16], [2221, 2720, 16, 16], [3400, 3499, 15, 15], [3700, 3799, 15, 15], [6011, 6011, 16, 19],
  [6440, 6599, 16, 19], [6200, 6299, 16, 19], [8100, 8171, 16, 19], [3000, 3059, 14, 19], [3095, 3095, 14, 19], [3600, 3699, 14, 19],
  [3800, 3999, 14, 19], [3528, 3589, 16, 19], [5000, 5099, 14, 19], [5600, 5899, 14, 19], [6390, 6390, 14, 19], [6700, 6799, 14, 19],
  [6304, 6304, 14, 19], [6062, 6062, 14, 19], [6370, 6370, 16, 16], [6376, 6376, 16, 16], [2200, 2204, 16, 19], [9792, 9792, 16, 16],
  [8600, 8600, 16, 16], [9860, 9860, 16, 16]] as const;
const longest = 19;

function isCard(digits: string): boolean {
  const head = Number(digits.slice(0, 4));
  if (!issuers.some(([from, to, least, most]) => head >= from && head <= to && digits.length >= least && digits.length <= most)) return false;
  if (head >= 4000 && head < 5000 && digits.length !== 16 && digits.length !== 19) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.at(-1 - i));
    sum += i % 2 ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
  }
  return sum % 10 === 0;
}

// The zeros of scripts whose digits no normal form turns into ours.
const zeros = [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810];
// eslint-disable-next-line no-misleading-character-class
const unseen = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;

function plain(words: string): string {
  return words.normalize('NFKC').replace(unseen, '').replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((one) => point >= one && point < one + 10);
    return zero === undefined ? digit : String(point - zero);
  });
}

/** Does the text hold a card number by itself? */
export function cardIsIn(words: string): boolean {
  for (const [run] of plain(words).matchAll(/\d+(?:(?: |  | - |[./\-\u2010-\u2015\u2212])\d+)*/g)) {
    const groups = run.split(/\D+/);
    for (let from = 0; from < groups.length; from++) {
      let digits = '';
      for (let i = from; i < groups.length && digits.length < longest; i++) {
        digits += groups[i];
        if (isCard(digits)) return true;
      }
    }
  }
  return false;
}

/** Remembers, for three messages, the digits that a message ended with: a card number may come in pieces. */
export class CardWatch {
  private tail = '';
  private age = 0;

  has(words: string): boolean {
    if (cardIsIn(words)) return true;
    const lead = /^[^\d]*([\d .\-/]*)/u.exec(plain(words))?.[1]?.replace(/\D/g, '') ?? '';
    for (let from = 0; lead && from < this.tail.length; from++)
      if (isCard((this.tail + lead.slice(0, longest)).slice(from))) return true;
    return false;
  }

  keep(words: string): void {
    const text = plain(words);
    const digits = /[^\p{L}]*$/u.exec(text)?.[0].replace(/\D/g, '') ?? '';
    if (!digits) {
      if (++this.age > 3) this.tail = '';
      return;
    }
    this.tail = ((/\p{L}/u.test(text) ? '' : this.tail) + digits).slice(-longest);
    this.age = 0;
  }
}
