// Privet's intent model beside NLP.js (@nlpjs/basic), on the same lines of "text TAB label", in the same run on one processor core each:
//   node bench/intents.mjs PRIVET TRAIN TEST [OUT-OF-SCOPE]
// Accuracy, training seconds, microseconds per message, memory; out-of-scope AUROC when a third file is given. The last line is JSON.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dockStart } from '@nlpjs/basic';

const [privet, train, test, oos] = process.argv.slice(2);
const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
const seconds = () => process.cpuUsage().user / 1e6;
const at = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];

const args = ['bench', 'intents', '--train', train, '--test', test, ...(oos ? ['--oos', oos] : [])];
const ours = JSON.parse(execFileSync(privet, args, { maxBuffer: 1 << 26 }).toString());

const before = process.memoryUsage().rss;
const dock = await dockStart({ settings: { nlp: { forceNER: false, autoSave: false, log: false, threshold: 0 } }, use: ['Basic', 'LangEn'] });
const nlp = dock.get('nlp');
nlp.addLanguage('en');
for (const [text, label] of lines(train)) nlp.addDocument('en', text, label);
let begin = seconds();
await nlp.train();
const trainSeconds = seconds() - begin;

async function ask(rows) {
  const times = [], scores = [];
  let right = 0;
  for (const [text, label] of rows) {
    const start = process.hrtime.bigint();
    const found = await nlp.process('en', text);
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
    right += found.intent === label;
    scores.push(found.intent === 'None' ? 0 : found.score);
  }
  return { times, scores, accuracy: right / rows.length };
}
await ask(lines(test).slice(0, 300));
const known = await ask(lines(test));
let auroc = null;
if (oos) {
  const strangers = (await ask(lines(oos))).scores;
  let below = 0;
  for (const a of known.scores) for (const b of strangers) below += b < a ? 1 : b === a ? 0.5 : 0;
  auroc = below / known.scores.length / strangers.length;
}
const theirs = {
  accuracy: known.accuracy, auroc, train_seconds: trainSeconds, p50: at(known.times, 0.5), p99: at(known.times, 0.99),
  memory_mb: (process.memoryUsage().rss - before) / 2 ** 20,
};
const row = (name, d) => console.log(name.padEnd(10), `accuracy ${(100 * d.accuracy).toFixed(2)} %`, d.auroc ? `auroc ${d.auroc.toFixed(3)}` : '',
  `train ${d.train_seconds.toFixed(2)} s`, `p50 ${d.p50.toFixed(1)} us, p99 ${d.p99.toFixed(1)} us`, `memory ${d.memory_mb.toFixed(1)} MB`);
row('privet', { ...ours, auroc: ours.oos?.auroc, train_seconds: ours.train_cpu_seconds, ...ours.microseconds, memory_mb: ours.model_bytes / 2 ** 20 });
row('NLP.js', theirs);
delete ours.f1;
console.log(JSON.stringify({ privet: ours, nlpjs: theirs }));
