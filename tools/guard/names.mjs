// Writes tables/guard/name_words.bin: for each word that is a given name, a surname, a place or an everyday word, four bytes of its
// hash (as pii_words_hash makes it, over the folded lower-case word) and one byte of classes (enum name_class).
//   node tools/guard/names.mjs DATA     DATA has names/ and intents/; Debian's word lists tell which names are words too.
import { readFileSync, writeFileSync, readdirSync, existsSync } from 'node:fs';

const data = process.argv[2] ?? '../shared/data';
const read = (name) => readFileSync(`${data}/${name}`, 'utf8').split(/\r?\n/).filter(Boolean);
const own = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i', '’': "'" };
const fold = (word) => word.toLowerCase().replace(/[ßæœøłđðþı’]/g, (c) => own[c]).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const words = new Map(); // folded word -> {first, last, place, begins}
const at = (word) => words.get(word) ?? words.set(word, { first: 0, last: 0, place: 0, begins: 0 }).get(word);
const plain = /^[\p{L}']{2,24}$/u;
function add(text, kind, level) {
  for (const part of fold(text).split(/[\s\-.]+/)) {
    if (!plain.test(part) || (part.length < 3 && /[a-z]/.test(part) && level < 3)) continue;
    const entry = at(part);
    entry[kind] = Math.max(entry[kind], level);
  }
}

// US Census 1990: name, frequency in percent, cumulative, rank.
for (const file of ['us_census_female.first.txt', 'us_census_male.first.txt'])
  for (const line of read(`names/${file}`)) {
    const [name, frequency, , rank] = line.trim().split(/\s+/);
    add(name, 'first', +frequency >= 0.03 ? 3 : +rank <= 1500 ? 2 : 1);
  }
for (const line of read('names/us_census_last.txt')) {
  const [name, , , rank] = line.trim().split(/\s+/);
  if (+rank <= 30000) add(name, 'last', +rank <= 1500 ? 3 : +rank <= 12000 ? 2 : 1);
}
const csv = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].map((m) => m[1].replace(/^"|"$/g, ''));
const seen = new Map();
for (const line of read('names/common-forenames-by-country.csv').slice(1)) {
  const row = csv(line);
  for (const name of new Set([row[10], row[11]].filter(Boolean))) {
    seen.set(fold(name), (seen.get(fold(name)) ?? new Set()).add(row[0]));
    add(name, 'first', seen.get(fold(name)).size >= 2 ? 3 : 2);
  }
}
for (const line of read('names/common-surnames-by-country.csv').slice(1)) {
  const row = csv(line);
  for (const name of new Set([row[4], row[5]].filter(Boolean))) add(name, 'last', +row[1] <= 60 ? 3 : 2);
}
for (const line of read('names/words/all/given_names.txt')) for (const name of line.split('|')) if (!name.includes(' ')) add(name, 'first', 1);
for (const line of read('names/words/all/surnames.txt')) for (const name of line.split('|')) if (!name.includes(' ')) add(name, 'last', 1);
for (const line of read('names/world-cities.csv').slice(1)) {
  const [name, country, region] = csv(line);
  for (const place of [name, country, region ?? '']) {
    const parts = fold(place).split(/[\s-]+/).filter((part) => plain.test(part));
    if (parts.length === 1 && parts[0].length > 2) at(parts[0]).place = 1;
    if (parts.length > 1 && parts[0].length > 2) at(parts[0]).begins = 1;
  }
}

// Everyday words: in a word list in lower case; how often people say them, from texts that the tagger is not trained on.
const everyday = new Map();
for (const file of ['clinc150/train.tsv', 'hwu64/train.tsv', 'snips/train.tsv', 'clinc150/oos_train.tsv'])
  for (const line of read(`intents/${file}`))
    for (const word of fold(line.split('\t')[0]).split(/[^\p{L}']+/u)) everyday.set(word, (everyday.get(word) ?? 0) + 1);
const listed = new Map();
for (const file of ['american-english', 'ngerman', 'french', 'spanish', 'italian', 'dutch', 'polish', 'portuguese', 'swedish']) {
  const path = `/usr/share/dict/${file}`;
  if (!existsSync(path)) throw new Error(`${path} is missing: apt install the word lists (wamerican wngerman wfrench wspanish witalian wdutch wpolish wportuguese wswedish)`);
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const word = line.split('/')[0];
    if (word && word === word.toLowerCase()) { const key = fold(word); if (words.has(key) || file === 'american-english') listed.set(key, (listed.get(key) ?? '') + file[0]); }
  }
}
const stop = new Set();
for (const lang of ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'tr']) {
  const path = `${data}/names/words/${lang}/stopwords.txt`;
  if (existsSync(path)) for (const line of readFileSync(path, 'utf8').split('\n')) for (const word of fold(line).split(/[|\s]+/)) if (word) stop.add(word);
}

function hash(word) {
  let h = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(word)) h = BigInt.asUintN(64, (h ^ BigInt(byte)) * 0x100000001b3n);
  return Number((h ^ (h >> 29n)) & 0xffffffffn);
}
for (const [word, count] of everyday) if (listed.has(word) && word.length > 1) at(word);
const rows = [];
for (const [word, entry] of words) {
  const english = (listed.get(word) ?? '').includes('a'), said = everyday.get(word) ?? 0;
  // Weekdays, languages, big towns: said all day, and no given names.
  const weak = entry.first < 2 || (entry.place && entry.first < 3);
  const common = (said >= 40 && (english || weak)) || stop.has(word) ? 3 : said >= 6 && (english || weak) ? 2
    : english || (listed.has(word) && entry.first < 2 && entry.last < 3) ? 1 : 0;
  const value = entry.first | entry.last << 2 | common << 4 | entry.place << 6 | entry.begins << 7;
  // Rare surnames that are words in some language tell nothing.
  if (value === 0 || (entry.first === 0 && entry.last === 1 && common > 0 && !entry.place && !entry.begins && common < 2)) continue;
  rows.push([hash(word), value]);
}
rows.sort((a, b) => a[0] - b[0]);
const out = Buffer.alloc(rows.length * 5);
rows.forEach(([h, value], i) => { out.writeUInt32LE(h, i * 5); out[i * 5 + 4] = value; });
writeFileSync(new URL('../../tables/guard/name_words.bin', import.meta.url), out);
console.log(`${rows.length} words, ${out.length} bytes`);
