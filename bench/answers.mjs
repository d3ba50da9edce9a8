// Privet's search beside lunr and SQLite FTS5 (by python3), over the articles of the four example bots, clean and with a quarter of the
// words mistyped, in the same run:
//   node bench/answers.mjs PRIVET
// Documents are articles; every engine sees title, headings with other ways to ask, and text. The last line is JSON.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lunr from 'lunr';

const privet = process.argv[2] ?? 'build/privet';
const sets = { shop: 'en', bank: 'en', clinic: 'en', townhall: 'de' };
const folder = mkdtempSync(join(tmpdir(), 'answers-'));
const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));

// One error in a quarter of the words of four letters or more; the same ones every time.
function mistype(text, share) {
  let state = [...text].reduce((sum, c) => (Math.imul(sum, 31) + c.codePointAt(0)) >>> 0, 7);
  const draw = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 2 ** 32 * n); };
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (draw(100) >= share) return word;
    const letters = [...word], i = 1 + draw(letters.length - 2);
    const kinds = [() => letters.splice(i, 1), () => letters.splice(i, 0, letters[i]),
      () => { [letters[i], letters[i + 1]] = [letters[i + 1], letters[i]]; }, () => { letters[i] = 'abcdefghijklmnopqrstuvwxyz'[draw(26)]; }];
    kinds[draw(4)]();
    return letters.join('');
  });
}

function articles(bot) {
  return readdirSync(`bots/${bot}/knowledge`).filter((file) => file.endsWith('.md')).map((file) => {
    const [, head, body] = readFileSync(`bots/${bot}/knowledge/${file}`, 'utf8').match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/);
    const questions = (head.split('questions:\n')[1] ?? '').replace(/^- /gm, '');
    const headings = (body.match(/^#.*$/gm) ?? []).map((line) => line.replace(/^#+ /, '')).join('\n');
    return { id: file.replace(/\.md$/, ''), title: head.match(/^title: (.*)$/m)[1], headings: `${headings}\n${questions}`, body: body.replace(/^#.*$/gm, '') };
  });
}

function judge(rankings, relevant) {
  let ndcg = 0, recall = 0, first = 0, count = 0;
  for (const [query, found] of rankings) {
    const right = relevant.get(query);
    if (!right) continue;
    count++;
    const places = found.slice(0, 10).map((id, i) => (right.has(id) ? i : -1)).filter((i) => i >= 0);
    ndcg += places.reduce((sum, i) => sum + 1 / Math.log2(i + 2), 0) / [...right].slice(0, 10).reduce((sum, _, i) => sum + 1 / Math.log2(i + 2), 0);
    recall += places.filter((i) => i < 3).length / Math.min(3, right.size);
    first += places[0] === 0;
  }
  return { ndcg_at_10: ndcg / count, recall_at_3: recall / count, hit_at_1: first / count };
}

function searchLunr(docs, queries) {
  const index = lunr(function build() {
    this.ref('id');
    this.field('title', { boost: 3 });
    this.field('headings', { boost: 3 });
    this.field('body');
    for (const doc of docs) this.add(doc);
  });
  return queries.map(([id, text]) => [id, index.search(text.replace(/[^\p{L}\p{N}\s]/gu, ' ')).map((hit) => hit.ref)]);
}

const python = `
import json,sqlite3,sys,re
docs,queries=json.load(sys.stdin)
db=sqlite3.connect(':memory:')
db.execute("create virtual table d using fts5(id unindexed,title,headings,body,tokenize='porter unicode61')")
db.executemany('insert into d values(?,?,?,?)',[(x['id'],x['title'],x['headings'],x['body']) for x in docs])
out=[]
for q in queries:
    words=re.findall(r'\\w+',q[1])
    out.append([q[0],[r[0] for r in db.execute('select id from d where d match ? order by bm25(d,0,3,3,1) limit 10',(' OR '.join('"%s"'%w for w in words),))]])
json.dump(out,sys.stdout)`;
const searchFts = (docs, queries) => JSON.parse(execFileSync('python3', ['-c', python], { input: JSON.stringify([docs, queries]) }).toString());

const results = [];
for (const [bot, language] of Object.entries(sets)) {
  const docs = articles(bot), relevant = new Map();
  for (const [query, doc] of lines(`bench/answers/${bot}.relevant.tsv`)) relevant.set(query, (relevant.get(query) ?? new Set()).add(doc));
  for (const share of [0, 25]) {
    const queries = lines(`bench/answers/${bot}.queries.tsv`).map(([id, text, tag]) => [id, mistype(text, share), tag]);
    const file = join(folder, 'queries.tsv');
    writeFileSync(file, queries.map((row) => row.join('\t')).join('\n'));
    const ours = JSON.parse(execFileSync(privet, ['bench', 'answers', '--docs', `bots/${bot}/knowledge`, '--queries', file, '--relevant',
      `bench/answers/${bot}.relevant.tsv`, '--lang', language]).toString());
    const row = { set: bot, mistyped: share, privet: ours, lunr: judge(searchLunr(docs, queries), relevant), fts5: judge(searchFts(docs, queries), relevant) };
    results.push(row);
    console.log(`${bot} ${share ? 'mistyped' : 'clean'}`.padEnd(18), ...['privet', 'lunr', 'fts5'].map((name) =>
      `${name} nDCG@10 ${row[name].ndcg_at_10.toFixed(3)} recall@3 ${row[name].recall_at_3.toFixed(3)} `));
  }
}
rmSync(folder, { recursive: true });
console.log(JSON.stringify(results));
