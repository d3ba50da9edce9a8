// Whoever watches the line of a chat sees sizes, pieces and times. Can they tell what it is about? 20 topics of the demo bot, chats of each,
// recorded by tests/watched between visitor and server; classifiers, each trained on some chats and asked about others, must stay at chance.
// The same classifiers on the texts' own lengths, which nobody on the line sees, show that they would find something if it were there.
//   PRIVET_CHATS (15) of each topic; 50 is the long form   PRIVET_WATCHED: a recording of tests/watched to use instead
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, chmodSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counter } from './world.mjs';

const chats = Number(process.env.PRIVET_CHATS ?? 15);
const build = process.env.PRIVET_BUILD ?? 'build';
const folds = 5;
const { check, end } = counter();
const names = ['up', 'down', 'pieces', 'first', 'last', 'said', 'replied'];

function record() {
  if (process.env.PRIVET_WATCHED) return readFileSync(process.env.PRIVET_WATCHED, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'privet-watcher-'));
  chmodSync(folder, 0o755);
  cpSync(join(build, 'privet'), join(folder, 'privet'));
  cpSync('bots/shop', join(folder, 'bot'), { recursive: true });
  const run = spawnSync(join(build, 'tests/watched'), [join(folder, 'privet'), join(folder, 'bot'), 'tests/topics.tsv', String(chats)], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(folder, { recursive: true });
  if (run.status !== 0) throw new Error(run.stderr);
  if (process.env.PRIVET_KEEP) writeFileSync(process.env.PRIVET_KEEP, run.stdout);
  return run.stdout;
}

// One row per chat: its topic and, per turn, the named numbers.
function parse(text) {
  return text.trim().split('\n').map((line) => {
    const [topic, ...numbers] = line.split('\t').map(Number);
    const turns = [];
    for (let at = 0; at < numbers.length; at += names.length) turns.push(Object.fromEntries(names.map((name, i) => [name, numbers[at + i]])));
    return { topic, turns };
  });
}

const sizes = (chat) => chat.turns.flatMap((turn) => [turn.up, turn.down, turn.pieces]);
const times = (chat) => chat.turns.flatMap((turn) => [Math.log(turn.first + 1), Math.log(turn.last + 1)]);
const lengths = (chat) => chat.turns.flatMap((turn) => [turn.said, turn.replied]);

// Each number on the scale of its own spread in what the classifier may learn from.
function scaled(rows, learned) {
  const width = rows[0].length;
  const mean = Array.from({ length: width }, (_, i) => learned.reduce((sum, row) => sum + row[i], 0) / learned.length);
  const spread = mean.map((one, i) => Math.sqrt(learned.reduce((sum, row) => sum + (row[i] - one) ** 2, 0) / learned.length) || 1);
  return rows.map((row) => row.map((value, i) => (value - mean[i]) / spread[i]));
}

const distance = (a, b) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

const classifiers = {
  'nearest mean': (learned, topics) => {
    const means = topics.map((topic) => {
      const rows = learned.filter((one) => one.topic === topic);
      return rows[0].row.map((_, i) => rows.reduce((sum, one) => sum + one.row[i], 0) / rows.length);
    });
    return (row) => topics[means.reduce((best, mean, i) => (distance(row, mean) < distance(row, means[best]) ? i : best), 0)];
  },
  '7 nearest chats': (learned) => (row) => {
    const near = learned.map((one) => [distance(row, one.row), one.topic]).sort((a, b) => a[0] - b[0]).slice(0, 7);
    const votes = new Map();
    for (const [, topic] of near) votes.set(topic, (votes.get(topic) ?? 0) + 1);
    return [...votes].sort((a, b) => b[1] - a[1])[0][0];
  },
  'logistic regression': (learned, topics) => {
    const width = learned[0].row.length + 1;
    const weights = topics.map(() => new Array(width).fill(0));
    const scores = (row) => weights.map((weight) => row.reduce((sum, value, i) => sum + value * weight[i], weight[width - 1]));
    for (let round = 0; round < 200; round++) {
      const slope = topics.map(() => new Array(width).fill(0));
      for (const { row, topic } of learned) {
        const score = scores(row);
        const most = Math.max(...score);
        const odds = score.map((one) => Math.exp(one - most));
        const sum = odds.reduce((a, b) => a + b, 0);
        odds.forEach((one, k) => {
          const miss = one / sum - (topics[k] === topic ? 1 : 0);
          row.forEach((value, i) => { slope[k][i] += miss * value; });
          slope[k][width - 1] += miss;
        });
      }
      weights.forEach((weight, k) => weight.forEach((_, i) => { weight[i] -= slope[k][i] / learned.length + 1e-4 * weight[i]; }));
    }
    return (row) => {
      const score = scores(row);
      return topics[score.indexOf(Math.max(...score))];
    };
  },
};

// How often a classifier is right about chats that it has not learned from; every chat is asked about once.
function accuracy(recorded, features, make) {
  const topics = [...new Set(recorded.map((one) => one.topic))];
  const seen = new Map();
  const fold = recorded.map(({ topic }) => {
    const n = seen.get(topic) ?? 0;
    seen.set(topic, n + 1);
    return n % folds;
  });
  let right = 0;
  for (let part = 0; part < folds; part++) {
    const all = recorded.map(features);
    const rows = scaled(all, all.filter((_, i) => fold[i] !== part));
    const classify = make(recorded.flatMap(({ topic }, i) => (fold[i] === part ? [] : [{ topic, row: rows[i] }])), topics);
    recorded.forEach(({ topic }, i) => { right += fold[i] === part && classify(rows[i]) === topic ? 1 : 0; });
  }
  return right / recorded.length;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const recorded = parse(record());
const topics = new Set(recorded.map((one) => one.topic)).size;
const chance = 1 / topics;
// Chance plus 5 points is the promise; fewer chats than 50 of each topic scatter more, and that is added.
const scatter = Math.sqrt(chance * (1 - chance) / recorded.length);
const limit = chance + 0.05 + (chats < 50 ? 2 * scatter : 0);
check(`${topics} topics, ${recorded.length} chats of ${recorded[0].turns.length} turns`, topics === 20 && recorded.length === topics * chats && recorded.every((one) => one.turns.length === recorded[0].turns.length));
for (const [what, features] of Object.entries({ sizes, times, 'sizes and times': (chat) => [...sizes(chat), ...times(chat)] }))
  for (const [name, make] of Object.entries(classifiers)) {
    const share = accuracy(recorded, features, make);
    check(`${what}, ${name}: ${percent(share)} right, at most ${percent(limit)}`, share <= limit);
  }
for (const [name, make] of Object.entries(classifiers)) {
  const share = accuracy(recorded, lengths, make);
  check(`from the texts' lengths, which padding hides, ${name}: ${percent(share)} right`, share > 0.6);
}
// The step of the settings: an answer leaves a whole number of them after its request, and a little for the way.
const step = Number(/ROW_INT\(answer_step_ms, \d+, \d+, (\d+),/.exec(readFileSync('src/base/conf.c', 'utf8'))[1]) * 1000;
const all = recorded.flatMap((one) => one.turns);
const onStep = all.filter((turn) => turn.last >= step && turn.last % step < step / 4).length / all.length;
check(`${percent(onStep)} of the answers come on a step of ${step / 1000} ms, 25 % would by chance`, onStep > 0.5);
const spread = (pick) => [...new Set(recorded.flatMap((one) => one.turns.map(pick)))].sort((a, b) => a - b).join(' ');
console.log(`     bytes up: ${spread((turn) => turn.up)}; down: ${spread((turn) => turn.down)}`);
end();
