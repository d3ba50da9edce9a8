// Writes src/guard/fold_table.h from Unicode's compatibility decompositions, as Node knows them: what each code point beyond ASCII
// reads as. Letters of other alphabets become lower case; digits of every script become 0..9; what is invisible becomes nothing.
// Run: node tools/guard/fold.mjs
import { writeFileSync } from 'node:fs';

const own = { 'ß': 'ss', 'ẞ': 'ss', 'æ': 'ae', 'Æ': 'AE', 'œ': 'oe', 'Œ': 'OE', 'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd',
  'Đ': 'D', 'ð': 'd', 'Ð': 'D', 'þ': 'th', 'Þ': 'TH', 'ı': 'i', 'ħ': 'h', 'Ħ': 'H', '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-',
  '―': '-', '−': '-', '﹣': '-', '－': '-', '‘': "'", '’': "'", '‛': "'", '‚': "'", 'ʼ': "'", '′': "'", '“': '"', '”': '"', '„': '"',
  '«': '"', '»': '"', '。': '.', '．': '.', '｡': '.', '․': '.', '·': '.', '‧': '.', '⁄': '/', '∕': '/', '＠': '@', '﹫': '@',
  '：': ':', '∶': ':', '\u3000': ' ', '\u00a0': ' ', '\u1680': ' ', '\u2028': ' ', '\u2029': ' ', '₋': '-', '⁻': '-', 'ー': '-', '、': ',',
  '，': ',', '①': '1', 'ª': 'a', 'º': 'o' };
const isDropped = (p) => p === 0xad || p === 0x34f || p === 0x61c || p === 0x180e || (p >= 0x200b && p <= 0x200f) ||
  (p >= 0x202a && p <= 0x202e) || (p >= 0x2060 && p <= 0x206f) || p === 0xfeff || (p >= 0xfe00 && p <= 0xfe0f) ||
  (p >= 0x300 && p <= 0x36f) || (p >= 0x1ab0 && p <= 0x1aff) || (p >= 0x20d0 && p <= 0x20ff) || p === 0x115f || p === 0x1160 ||
  p === 0x3164 || p === 0xffa0;

function reading(point) {
  const c = String.fromCodePoint(point);
  if (isDropped(point)) return '';
  if (own[c] !== undefined) return own[c];
  if (/\p{Nd}/u.test(c)) {
    // Digits stand in runs of ten that begin with zero.
    let zero = point;
    while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (point - zero + 1) <= 9) zero--;
    if (point >= 0x1d7ce && point <= 0x1d7ff) return String((point - 0x1d7ce) % 10);
    for (const start of starts) if (point >= start && point < start + 10) return String(point - start);
  }
  const plain = c.normalize('NFKD').replace(/\p{M}/gu, '');
  if (/^[\x20-\x7e]+$/.test(plain)) return plain;
  if (/\p{Lu}/u.test(c) && point < 0x600) return [...c.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')].join('');
  if (/\p{Ll}/u.test(c) && point < 0x600 && plain !== c && plain.length === 1) return plain;
  return c;
}

// Unicode promises contiguous, ascending runs of decimal digits.
const starts = [];
for (let p = 0x80; p < 0x1fbfa; p++)
  if (/\p{Nd}/u.test(String.fromCodePoint(p)) && (!starts.length || p >= starts.at(-1) + 10)) starts.push(p);

const escape = (text) => [...Buffer.from(text)].map((b) => (b >= 0x80 ? `\\${b.toString(8).padStart(3, '0')}`
  : b === 0x22 || b === 0x5c ? `\\${String.fromCharCode(b)}` : String.fromCharCode(b))).join('');
const rows = [];
for (let point = 0x80; point < 0x20000; point++) {
  if (point >= 0xd800 && point <= 0xdfff) continue;
  const text = reading(point), bytes = Buffer.from(text).length, own_bytes = Buffer.from(String.fromCodePoint(point)).length;
  if (text !== String.fromCodePoint(point) && bytes <= own_bytes && bytes <= 4) rows.push(`{0x${point.toString(16)},"${escape(text)}"},`);
}
const lines = [];
for (const row of rows) {
  if (lines.length && lines.at(-1).length + row.length < 126) lines[lines.length - 1] += row;
  else lines.push(`    ${row}`);
}
writeFileSync(new URL('../../src/guard/fold_table.h', import.meta.url), `/* fold_table.h - written by tools/guard/fold.mjs from Unicode ${process.versions.unicode} (Unicode License v3, see NOTICE): code points in
 * order and what they read as; "" is invisible. A reading is never longer than what it stands for. */
static const struct fold_row fold_rows[] = {
${lines.join('\n')}
};
`);
