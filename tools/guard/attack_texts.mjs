// Writes what tools/guard/inject_train.c reads: attack_texts.mjs OUTPUT HALF [INTENTS]. HALF train or test takes every other frame of each
// family and language, all takes all; INTENTS is a folder with the texts of real customers, of which the training parts are harmless.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expand, families, harmless, seeded } from './attacks.mjs';

const each = 14; // texts of a frame
const root = new URL('../..', import.meta.url).pathname;

export function texts(half, seed = 11) {
  const random = seeded(seed), out = new Map();
  const take = (family, byLanguage) => {
    for (const [language, frames] of Object.entries(byLanguage))
      frames.forEach((frame, i) => {
        if (half !== 'all' && family !== 'harmless' && (i % 2 === 0) !== (half === 'train')) return;
        for (let n = 0; n < each; n++) { const text = expand(frame, random); out.set(`${family}\t${text}`, [family, language, text]); }
      });
  };
  for (const [family, byLanguage] of Object.entries(families)) take(family, byLanguage);
  take('harmless', harmless);
  return [...out.values()];
}

// What the example bots are asked, and what they know.
export function botTexts() {
  const out = new Set();
  for (const bot of readdirSync(`${root}/bots`))
    for (const line of readFileSync(`${root}/bots/${bot}/bot.yaml`, 'utf8').split('\n')) {
      const text = /^\s*(?:-|\w\w:)\s+(.+)$/.exec(line)?.[1]?.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/^['"]|['"]$/g, '');
      if (text?.includes(' ') && !/[{}|]/.test(text)) out.add(text);
    }
  return [...out].map((text) => ['harmless', 'bots', text]);
}

export function intentTexts(folder, files) {
  const out = [];
  for (const set of ['clinc150', 'hwu64', 'snips'])
    for (const file of files)
      if (existsSync(`${folder}/${set}/${file}`))
        for (const line of readFileSync(`${folder}/${set}/${file}`, 'utf8').split('\n').filter(Boolean)) out.push(['harmless', set, line.split('\t')[0]]);
  return out;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [output, half, intents] = process.argv.slice(2);
  const rows = [...texts(half), ...botTexts(), ...(intents ? intentTexts(intents, ['train.tsv', 'oos_train.tsv']) : [])];
  writeFileSync(output, rows.map((row) => `${row.join('\t')}\n`).join(''));
}
