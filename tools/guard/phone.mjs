// Writes src/guard/phone_table.h from libphonenumber's metadata (npm libphonenumber-js, a development dependency): for every region
// its calling code, its trunk prefix and, by length of the national number, the ranges of first three digits that are in use.
// Run it after an update of the package: node tools/guard/phone.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { countries } = JSON.parse(readFileSync(require.resolve('libphonenumber-js/metadata.max.json')));

// A pattern of digits, classes, groups, alternatives and counts becomes a tree.
function parse(pattern) {
  let at = 0;
  const alternatives = () => {
    const parts = [sequence()];
    while (pattern[at] === '|') { at++; parts.push(sequence()); }
    return { or: parts };
  };
  const sequence = () => {
    const items = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') items.push(counted(atom()));
    return { all: items };
  };
  const atom = () => {
    const c = pattern[at++];
    if (c === '(') {
      if (pattern.startsWith('?:', at)) at += 2;
      const inner = alternatives();
      at++;
      return inner;
    }
    if (c === '[') {
      const end = pattern.indexOf(']', at);
      const text = pattern.slice(at, end);
      at = end + 1;
      const set = new Set();
      for (let i = 0; i < text.length; i++) {
        if (text[i + 1] === '-') { for (let d = +text[i]; d <= +text[i + 2]; d++) set.add(String(d)); i += 2; } else set.add(text[i]);
      }
      return { set };
    }
    if (c === '\\') { at++; return { set: new Set('0123456789') }; }
    if (c >= '0' && c <= '9') return { set: new Set([c]) };
    throw new Error(`unexpected ${c} in ${pattern}`);
  };
  const counted = (item) => {
    if (pattern[at] === '?') { at++; return { item, from: 0, to: 1 }; }
    if (pattern[at] !== '{') return item;
    const end = pattern.indexOf('}', at);
    const [from, to] = pattern.slice(at + 1, end).split(',').map(Number);
    at = end + 1;
    return { item, from, to: to ?? from };
  };
  const tree = alternatives();
  if (at !== pattern.length) throw new Error(`rest in ${pattern}`);
  return tree;
}

// All (digits that first three places can be, length) pairs: sets of "prefix:length".
function reach(node, states) {
  if (node.set) {
    const out = new Set();
    for (const state of states) {
      const [prefix, length] = state.split(':');
      if (prefix.length >= 3) out.add(`${prefix}:${+length + 1}`);
      else for (const d of node.set) out.add(`${prefix}${d}:${+length + 1}`);
    }
    return out;
  }
  if (node.or) return new Set(node.or.flatMap((part) => [...reach(part, states)]));
  if (node.all) return node.all.reduce((set, part) => reach(part, set), states);
  let out = new Set(), now = states;
  for (let i = 0; i <= node.to; i++) {
    if (i >= node.from) for (const state of now) out.add(state);
    now = reach(node.item, now);
  }
  return out;
}

function ranges(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), parts = [];
  for (let i = 0; i < sorted.length;) {
    let k = i;
    while (sorted[k + 1] === sorted[k] + 1) k++;
    const pad = (n) => String(n).padStart(3, '0');
    parts.push(k === i ? pad(sorted[i]) : `${pad(sorted[i])}-${pad(sorted[k])}`);
    i = k + 1;
  }
  return parts.join(',');
}

const rows = Object.entries(countries).sort(([a], [b]) => (a < b ? -1 : 1)).map(([region, data]) => {
  const [code, , pattern, lengths, , trunk] = data;
  const byLength = new Map();
  for (const state of reach(parse(pattern), new Set([':0']))) {
    const [prefix, length] = state.split(':');
    if (lengths.includes(+length)) byLength.set(+length, (byLength.get(+length) ?? new Set()).add(+prefix));
  }
  // Lengths with the same ranges share one entry.
  const byRanges = new Map();
  for (const [length, set] of [...byLength].sort(([a], [b]) => a - b)) {
    const text = ranges(set);
    byRanges.set(text, [...(byRanges.get(text) ?? []), length]);
  }
  const plan = [...byRanges].map(([text, list]) => `${list.join('/')}:${text}`).join(';');
  const head = `    {"${region}", ${code}, "${trunk ?? ''}", `;
  const lines = plan.match(/.{1,108}/g).map((piece) => `"${piece}"`);
  return head + (head.length + plan.length < 128 ? lines.join('') : `\n     ${lines.join('\n     ')}`) + '},';
});

writeFileSync(new URL('../../src/guard/phone_table.h', import.meta.url), `/* phone_table.h - written by tools/guard/phone.mjs from the metadata of libphonenumber (Apache-2.0, see NOTICE), by way of
 * libphonenumber-js ${require('libphonenumber-js/package.json').version}; after ITU-T E.164 and the regulators' numbering plans. */
static const struct phone_plan phone_plans[] = {
${rows.join('\n')}
};
`);
