// Thirty questions that a shopper would ask in their own words, through the real widget: node tests/questions.mjs [--print]
// tests/questions.tsv: language, question, what a right answer must hold (a regular expression). They were written before the bot's
// answers were looked at; the third column was added from the shop's articles afterwards.
import { readFileSync } from 'node:fs';
import { openBrowser, openPanel, say, start } from './browser.mjs';
import { counter, openWorld } from './world.mjs';

const print = process.argv.includes('--print');
const { check, end } = counter();
const world = await openWorld();
const browser = await openBrowser('chromium');
const rows = readFileSync('tests/questions.tsv', 'utf8').trim().split('\n').map((line) => line.split('\t'));
let right = 0;
try {
  for (const [language, question, wanted] of rows) {
    const { page, leave } = await browser.visitor();
    const frame = await openPanel(page, world.shop + (language === 'de' ? '/de' : '/'));
    await start(frame);
    const answer = (await say(page, frame, question)).replace(/\s+/g, ' ');
    const good = wanted && new RegExp(wanted, 'i').test(answer);
    right += good ? 1 : 0;
    if (print || !good) console.log(`${good ? 'right' : 'WRONG'}  ${question}\n       ${answer.slice(0, 400)}`);
    await leave();
  }
  check(`${right} of ${rows.length} questions are answered right`, rows.length >= 30 && right >= 27, right);
} catch (error) {
  check('every question was asked', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
await world.close();
end();
