// Ways in which people, by accident or not, write a value so that a machine may miss it.
import { pick, random } from './values.mjs';

const wide = (text) => [...text].map((c) => (c > ' ' && c <= '~' ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join('');
const alike = { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', i: 'і' };

// Each takes [before, value, after] and gives the same with the value changed. Typing noise changes the words around, never the value.
export const disguises = {
  plain: (parts) => parts,
  lower: (parts) => parts.map((p) => p.toLowerCase()),
  upper: (parts) => parts.map((p) => p.toUpperCase()),
  glued: ([a, v, b]) => [a.replace(/\s+$/, ''), v, b.replace(/^\s+/, '')],
  spaced: ([a, v, b]) => [a, [...v.replace(/[ \-]/g, '')].join(' '), b],
  wide: ([a, v, b]) => [a, wide(v), b],
  zero: ([a, v, b]) => [a, [...v].join('\u200b'), b],
  alike: ([a, v, b]) => [a, [...v].map((c) => alike[c] ?? c).join(''), b],
  noise: ([a, v, b]) => [noise(a), v, noise(b)],
};

function noise(text) {
  return text.split(' ').map((word) => {
    if (word.length < 5 || random(3) || !/^[a-z]+$/i.test(word)) return word;
    const i = 1 + random(word.length - 2);
    return pick([() => word.slice(0, i) + word.slice(i + 1), () => word.slice(0, i) + word[i] + word.slice(i), () => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)])();
  }).join(' ');
}
