// Turns files into one C file of byte arrays: node tools/embed.mjs OUTPUT HEADER SYMBOL=FILE...
import { readFileSync, writeFileSync } from 'node:fs';

const [output, header, ...pairs] = process.argv.slice(2);
let text = `/* Made by tools/embed.mjs when the program is built; holds data only. */\n#include "${header}"\n#include <stdint.h>\n`;
for (const pair of pairs) {
  const [symbol, file] = pair.split('=');
  const bytes = readFileSync(file);
  // Numbers, not a string literal: those have a maximum that some compilers warn of.
  text += `\n_Alignas(16) const unsigned char ${symbol}[${bytes.length || 1}] = {\n`;
  for (let i = 0; i < bytes.length; i += 64) text += `${[...bytes.subarray(i, i + 64)].join(',')},\n`;
  text += `};\nconst size_t ${symbol}_len = ${bytes.length};\n`;
}
writeFileSync(output, text);
