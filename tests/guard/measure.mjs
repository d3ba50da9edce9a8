// Measures the detector on sentences and values that it was not tuned on: node tests/guard/measure.mjs [--half tune|test] [--count N]
// [--rivals] [--misses TYPE] [--intents FOLDER] [--privet PATH]. The test part of ./test calls measure() with fewer values.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { templates, national as nationalTemplates, harmless as harmlessTemplates } from './templates.mjs';
import { makers, nationals, national, harmless, pick, random, seed } from './values.mjs';
import { disguises } from './disguise.mjs';

const here = new URL('.', import.meta.url).pathname;

// One labelled line: the parts before, the value, after; the question; country.
function line(template, value, extra = {}) {
  const [asked, text] = Array.isArray(template) ? template : ['', template];
  const [before, after] = text.replace('{l}', extra.label ?? '').split('{v}');
  return { parts: [before, value, after ?? ''], asked: asked.replace('{l}', extra.label ?? ''), ...extra };
}

function build(half, count) {
  const lines = [];
  for (const [type, halves] of Object.entries(templates)) {
    const byLang = halves[half];
    for (const [lang, list] of Object.entries(byLang)) {
      const n = Math.max(1, Math.round((count * (lang === 'en' ? 1 : 0.4)) / list.length));
      for (const template of list) for (let i = 0; i < n; i++) {
        const made = makers[type](lang), value = typeof made === 'object' ? made.text : made;
        lines.push(line(template, value, { type, lang, country: made.country }));
      }
    }
  }
  for (const entry of nationals) for (let i = 0; i < Math.max(2, Math.round(count / 25)); i++) {
    const value = national(entry);
    if (value) lines.push(line(nationalTemplates[half][i % nationalTemplates[half].length], value, { type: entry[0], lang: 'national', label: pick(entry[3]) }));
  }
  for (const kind of Object.keys(harmless)) for (const template of harmlessTemplates[half]) for (let i = 0; i < Math.max(1, Math.round(count / 2)); i++)
    lines.push(line(template, harmless[kind](), { type: 'none', kind, lang: 'harmless' }));
  return lines;
}

export function find(privet, inputs) {
  const text = inputs.map((i) => JSON.stringify(i)).join('\n') + '\n';
  const done = spawnSync(privet, ['redact', '--find'], { input: text, maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(done.stderr.toString());
  return done.stdout.toString().trimEnd().split('\n').map((l) => JSON.parse(l).spans);
}

const solid = (points, from, to) => points.slice(from, to).filter((c) => /[\p{L}\p{N}]/u.test(c)).length;

// How much of the value spans cover, by those of its type and by any.
function cover(item, spans) {
  const [before, value] = item.parts.map((p) => [...p]), start = before.length, end = start + value.length, points = [...item.parts.join('')];
  const whole = solid(points, start, end), share = (list) => list.reduce((sum, [a, b]) => sum + solid(points, Math.max(a, start), Math.max(Math.min(b, end), Math.max(a, start))), 0) / whole;
  const same = (type) => type === item.type || (item.type === 'URL' && type === 'URL_CREDENTIALS');
  return { typed: share(spans.filter((s) => same(s[2]))), any: share(spans.filter((s) => s[2] !== 'AGE')) };
}

function score(privet, lines, disguise) {
  const changed = lines.map((item) => ({ ...item, parts: disguises[disguise](item.parts) }));
  const found = find(privet, changed.map((i) => ({ text: i.parts.join(''), ...(i.asked && { asked: i.asked }), ...(i.country && { country: i.country }) })));
  return changed.map((item, i) => ({ item, spans: found[i], ...cover(item, found[i]) }));
}

function table(results) {
  const rows = new Map(), row = (key) => rows.get(key) ?? rows.set(key, { n: 0, typed: 0, any: 0, said: 0, right: 0 }).get(key);
  for (const r of results) {
    if (r.item.type !== 'none') {
      for (const key of [r.item.lang === 'national' ? 'NATIONAL' : r.item.type, ...(r.item.lang === 'national' ? [] : [`${r.item.type}/${r.item.lang}`])]) {
        const x = row(key);
        x.n++;
        // A first name and a surname are two tokens: the share of them counts.
        x.typed += r.item.type === 'PERSON' ? r.typed : r.typed >= 0.9;
        x.any += r.item.type === 'PERSON' ? r.any : r.any >= 0.9;
      }
    }
    const start = [...r.item.parts[0]].length, end = start + [...r.item.parts[1]].length;
    for (const [a, b, type] of r.spans) { const x = row(type); x.said++; x.right += b > start && a < end && r.item.type === type; }
  }
  return rows;
}

function personAlarms(results) {
  let tokens = 0, alarms = 0;
  for (const r of results) {
    const text = r.item.parts.join(''), points = [...text], start = [...r.item.parts[0]].length, end = start + [...r.item.parts[1]].length;
    let at = 0;
    for (const token of text.split(/(\s+)/)) {
      const to = at + [...token].length;
      if (token.trim() && !(r.item.type === 'PERSON' && at < end && to > start)) {
        tokens++;
        alarms += r.spans.some(([a, b, type]) => type === 'PERSON' && a < to && b > at);
      }
      at = to;
    }
  }
  return { tokens, alarms, per1000: (1000 * alarms) / tokens };
}

// The tagger learned from the training files; the validation files are for tuning, the test files for the report.
export function chatLines(folder, half = 'test') {
  const files = half === 'test' ? ['clinc150/test.tsv', 'clinc150/oos_test.tsv', 'hwu64/test.tsv', 'snips/test.tsv'] : ['clinc150/val.tsv', 'clinc150/oos_val.tsv', 'hwu64/val.tsv', 'snips/val.tsv'];
  return files.filter((f) => existsSync(`${folder}/${f}`)).flatMap((f) => readFileSync(`${folder}/${f}`, 'utf8').split('\n').filter(Boolean).map((l) => ({ set: f.split('/')[0], text: l.split('\t')[0] })));
}

const loud = new Set();
function altering(privet) {
  if (!loud.size) for (const l of execFileSync(privet, ['redact', '--types-list']).toString().split('\n')) { const [name, action] = l.split(/\s+/); if (action && !['allow', 'tag'].includes(action)) loud.add(name); }
  return loud;
}

export function measureChat(privet, folder, half = 'test') {
  const lines = chatLines(folder, half), spans = lines.length ? find(privet, lines.map(({ text }) => ({ text }))) : [], types = altering(privet), out = {};
  lines.forEach((l, i) => {
    const s = (out[l.set] ??= { lines: 0, altered: 0, tagged: 0, examples: [] });
    s.lines++;
    if (spans[i].some((x) => types.has(x[2]))) { s.altered++; s.examples.push(`${l.text}  ${JSON.stringify(spans[i].filter((x) => types.has(x[2])))}`); } else s.tagged += spans[i].length > 0;
  });
  return out;
}

export function measure({ privet, half = 'test', count = 100, names = Object.keys(disguises) }) {
  seed(half === 'test' ? 20261 : 7);
  const lines = build(half, count), out = {};
  for (const name of names) {
    const results = score(privet, lines, name);
    out[name] = { rows: table(results), results, alarms: personAlarms(results) };
    const none = results.filter((r) => r.item.type === 'none');
    const kinds = {};
    for (const r of none) {
      const k = (kinds[r.item.kind] ??= { n: 0, national: 0, loud: 0, examples: [] });
      k.n++;
      const national = r.spans.filter((s) => /^[A-Z]{2}_/.test(s[2]) || s[2] === 'ID_NUMBER');
      k.national += national.length > 0;
      const alters = r.spans.filter((s) => altering(privet).has(s[2]));
      k.loud += alters.length > 0;
      if (alters.length) k.examples.push(`${r.item.parts.join('')}  ${JSON.stringify(alters)}`);
    }
    out[name].harmless = kinds;
  }
  return out;
}

// What each tool leaves of the value in its output.
async function rivals(privet, half, count, intents) {
  const { SyncRedactor } = (await import('redact-pii')).default ?? (await import('redact-pii')), { OpenRedaction } = await import('@openredaction/core');
  const pii = new SyncRedactor(), open = new OpenRedaction();
  seed(half === 'test' ? 20261 : 7);
  const lines = build(half, count), chat = chatLines(intents).slice(0, 4000).map((l) => l.text);
  const inputs = lines.map((l) => l.parts.join(''));
  const left = (output, value) => value.split(/\s+/).filter((w) => w.length > 2 || value.length < 4).some((w) => output.includes(w));
  const ours = (texts) => spawnSync(privet, ['redact', '--policy', '*=redact'], { input: texts.map((t) => t.replaceAll('\n', ' ')).join('\n') + '\n', maxBuffer: 1 << 30 }).stdout.toString().split('\n');
  const tools = { privet: async (texts) => ours(texts), 'redact-pii': async (texts) => texts.map((t) => pii.redact(t)),
    openredaction: async (texts) => { const out = []; for (const t of texts) { const r = await open.detect(t); out.push(r.redacted); } return out; } };
  console.log('\nremoved from the text, by tool (as text, without the question before)');
  const table = {}, speed = {};
  for (const [name, run] of Object.entries(tools)) {
    const output = await run(inputs);
    lines.forEach((l, i) => { if (l.type === 'none') return; const key = l.lang === 'national' ? 'NATIONAL' : l.type; const x = ((table[key] ??= {})[name] ??= [0, 0]); x[0] += !left(output[i], l.parts[1]); x[1]++; });
    const started = performance.now();
    const after = await run(chat);
    speed[name] = { MBps: chat.join('\n').length / 1e3 / (performance.now() - started), altered: after.filter((t, i) => i < chat.length && t !== chat[i]).length / chat.length };
  }
  for (const [type, byTool] of Object.entries(table)) console.log(type.padEnd(14), Object.entries(byTool).map(([n, [a, b]]) => `${n} ${((100 * a) / b).toFixed(1)}`.padEnd(24)).join(''));
  console.log('chat lines altered', Object.entries(speed).map(([n, s]) => `${n} ${(100 * s.altered).toFixed(2)} %`).join('   '));
  console.log('MB/s on chat lines', Object.entries(speed).map(([n, s]) => `${n} ${s.MBps.toFixed(2)}`).join('   '), '(privet with process start, in and out by pipe; its own speed: see bench_pii)');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const option = (name, other) => { const i = process.argv.indexOf(`--${name}`); return i < 0 ? other : process.argv[i + 1]; };
  const privet = option('privet', `${here}../../build/privet`), half = option('half', 'test'), count = +option('count', 100), intents = option('intents', `${here}../../../shared/data/intents`);
  const names = option('disguise') ? option('disguise').split(',') : Object.keys(disguises), misses = option('misses');
  const out = measure({ privet, half, count, names });
  const keys = [...new Set(Object.values(out).flatMap((o) => [...o.rows.keys()]))].filter((k) => out[names[0]].rows.get(k)?.n);
  const percent = (a, b) => (b ? ((100 * a) / b).toFixed(1) : '-').padStart(6);
  console.log(`${half} half; recall of the type, in brackets of any type; precision of the type where plain\n${'type'.padEnd(16)}     n  prec ${names.map((n) => n.padStart(13)).join('')}`);
  for (const key of keys) {
    const base = out[names[0]].rows.get(key), plainType = !key.includes('/') && key !== 'NATIONAL';
    console.log(key.padEnd(16), String(base.n).padStart(5), plainType ? percent(base.right, base.said) : '     -', names.map((n) => { const x = out[n].rows.get(key); return `${percent(x.typed, x.n)}(${percent(x.any, x.n).trim()})`.padStart(13); }).join(''));
  }
  for (const n of names) console.log(`${n}: person false alarms ${out[n].alarms.per1000.toFixed(2)} per 1,000 other tokens (${out[n].alarms.alarms} of ${out[n].alarms.tokens})`);
  for (const [kind, k] of Object.entries(out[names[0]].harmless)) console.log(`harmless ${kind}: ${percent(k.national, k.n)} % taken for national numbers, ${percent(k.loud, k.n)} % altered (${k.n})`);
  for (const [set, s] of Object.entries(measureChat(privet, intents, half))) { console.log(`chat ${set}: ${s.lines} lines, ${percent(s.altered, s.lines)} % altered, ${percent(s.tagged, s.lines)} % tagged only`); if (misses === 'chat') s.examples.slice(0, 60).forEach((e) => console.log('   ', e)); }
  if (misses === 'harmless') for (const k of Object.values(out[names[0]].harmless)) k.examples.slice(0, 25).forEach((e) => console.log('   ', e));
  if (misses) for (const n of names) for (const r of out[n].results) if ((r.item.type === misses || (misses === 'NATIONAL' && r.item.lang === 'national')) && r.typed < 0.9) console.log(n, r.item.type, JSON.stringify(r.item.asked), JSON.stringify(r.item.parts), JSON.stringify(r.spans));
  if (misses === 'alarms') for (const r of out[names[0]].results) for (const s of r.spans) if (s[2] === 'PERSON' && r.item.type !== 'PERSON') console.log(r.item.parts.join(''), JSON.stringify(s));
  if (process.argv.includes('--rivals')) await rivals(privet, half, Math.min(count, 30), intents);
}
