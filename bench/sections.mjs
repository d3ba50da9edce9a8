// Makes a library of many sections for `privet bench answers`: node bench/sections.mjs COUNT FOLDER
// Words are drawn from the bots' own articles and from made-up ones, as often as in real text (Zipf); the same run every time.
// Writes docs.tsv (ID, title, text), queries.tsv (words of a title, as people ask) and relevant.tsv.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';

const count = Number(process.argv[2] ?? 100000);
const folder = process.argv[3] ?? '.';
let state = 42;
const draw = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const real = new Set();
for (const bot of readdirSync('bots')) {
  for (const file of readdirSync(`bots/${bot}/knowledge`)) {
    if (/\.(de|fr)\.md$/.test(file) || bot === 'townhall') continue;
    for (const word of readFileSync(`bots/${bot}/knowledge/${file}`, 'utf8').toLowerCase().match(/[a-z]{2,}/g) ?? []) real.add(word);
  }
}
const words = [...real];
const syllables = 'ba be bi bo bu da de di do fa fe fi ga ge ka ke ki ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve wa wi za ze'.split(' ');
while (words.length < 60000) {
  let word = '';
  for (let n = 2 + Math.floor(draw() * 3); n > 0; n--) word += syllables[Math.floor(draw() * syllables.length)];
  words.push(word + ['', 'n', 'r', 's', 't'][Math.floor(draw() * 5)]);
}
// Rank by Zipf's law: P(rank) ~ 1 / rank.
const pick = () => words[Math.min(words.length - 1, Math.floor(Math.exp(draw() * Math.log(words.length))) - 1)];
const line = (n) => Array.from({ length: n }, pick).join(' ');
const docs = [], queries = [], relevant = [];
for (let i = 0; i < count; i++) {
  const title = line(5 + Math.floor(draw() * 4));
  docs.push(`s${i}\t${title}\t${line(40 + Math.floor(draw() * 40))}`);
  if (i % Math.ceil(count / 1000) === 0) {
    queries.push(`q${i}\thow do I ${title.split(' ').slice(0, 6).join(' ')}`);
    relevant.push(`q${i}\ts${i}`);
  }
}
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/docs.tsv`, docs.join('\n') + '\n');
writeFileSync(`${folder}/queries.tsv`, queries.join('\n') + '\n');
writeFileSync(`${folder}/relevant.tsv`, relevant.join('\n') + '\n');
