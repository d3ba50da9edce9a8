// Holds every conversation of bots/shop/chats through the real widget: node tests/scripts.mjs chromium|firefox
// What was understood (= intent) can't be seen from outside; `privet check` looks at that.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openPanel, say, start } from './browser.mjs';
import { counter, openWorld } from './world.mjs';

const folder = 'bots/shop/chats';
const { check, end } = counter();
const flat = (text) => text.toLowerCase().replace(/\s+/g, ' ');

const seenNow = (frame) => frame.evaluate(() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.innerText);
  return { quick: texts('.quick button'), links: [...document.querySelectorAll('.card a')].map((one) => one.href), sources: texts('.source') };
});

const expectations = {
  '<': (said, wanted) => flat(said.text).includes(flat(wanted)),
  '<~': (said, wanted) => !flat(said.text).includes(flat(wanted)),
  '= button': (said, wanted) => said.quick.includes(wanted),
  '= card': (said, wanted) => said.links.some((link) => link.endsWith(`/p/${wanted}`)),
  '= source': (said, wanted) => said.sources.some((source) => source.includes(wanted)),
};

async function hold(browser, world, name) {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  const language = lines.map((line) => /^#? ?language: *(\w+)/.exec(line)?.[1]).find(Boolean) ?? 'en';
  const { page, leave } = await browser.visitor();
  const frame = await openPanel(page, world.shop + (language === 'de' ? '/de' : '/'));
  await start(frame);
  let said = { text: '' };
  for (const [at, line] of lines.entries()) {
    const [, kind, wanted] = /^(>|<~|<|= (?:button|card|source)) +(.*)$/.exec(line) ?? [];
    if (kind === '>') said = { text: await say(page, frame, wanted), ...await seenNow(frame) };
    else if (kind) check(`${name}:${at + 1} ${line}`, expectations[kind](said, wanted), said);
  }
  await leave();
}

const world = await openWorld();
const browser = await openBrowser(process.argv[2] ?? 'chromium');
try {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.chat')).sort()) await hold(browser, world, name);
} catch (error) {
  check('every conversation was held', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
await world.close();
end();
