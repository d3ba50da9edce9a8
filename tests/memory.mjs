// Looks for words in places where they must not be: a process's memory (root reads it, though the process can't be dumped), the files of a
// folder, bytes that were recorded. Each word in the forms that a program would make of it.
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Base64 has three forms, by where the word begins in a group; its first and last character depend on the neighbours.
function base64Forms(bytes) {
  return [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '').slice(shift ? shift + 1 : 0, -1));
}

export function formsOf(word) {
  const bytes = Buffer.from(word);
  const texts = [word, bytes.toString('hex'), ...base64Forms(bytes), ...base64Forms(bytes).map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    [...word].reverse().join(''), encodeURIComponent(word)];
  return [...new Set(texts)].map((one) => Buffer.from(one)).concat(Buffer.from(word, 'utf16le'));
}

// The words that are in these bytes.
export const wordsIn = (bytes, words) => words.filter((word) => formsOf(word).some((form) => bytes.includes(form)));

function* regionsOf(pid) {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').trim().split('\n')) {
      const [range, rights, , , , name = ''] = line.split(/\s+/);
      if (!rights.startsWith('r') || name === '[vvar]' || name === '[vsyscall]' || name === '[vvar_vclock]') continue;
      const [from, to] = range.split('-').map((one) => parseInt(one, 16));
      const bytes = Buffer.alloc(to - from);
      let got = 0;
      try {
        got = readSync(memory, bytes, 0, bytes.length, from);
      } catch { // a guard page
        continue;
      }
      yield { name: name || 'anonymous', from, rights, bytes: bytes.subarray(0, got) };
    }
  } finally {
    closeSync(memory);
  }
}

// { bytes: how many were looked at, found: [word, where] }
export function searchProcess(pid, words) {
  const result = { bytes: 0, found: [] };
  for (const region of regionsOf(pid)) {
    result.bytes += region.bytes.length;
    for (const word of wordsIn(region.bytes, words)) {
      const form = formsOf(word).find((one) => region.bytes.includes(one));
      const at = region.bytes.indexOf(form);
      const around = region.bytes.subarray(Math.max(0, at - 48), at + form.length + 48).toString('latin1').replace(/[^ -~]/g, '.');
      result.found.push([word, `${region.name} ${region.rights} +${at}`, around]);
    }
  }
  return result;
}

export function searchFolder(folder, words) {
  const result = { bytes: 0, found: [] };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
    result.bytes += bytes.length;
    for (const word of wordsIn(bytes, words)) result.found.push([word, entry.name]);
  }
  return result;
}
