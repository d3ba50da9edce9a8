// A saved bot file is live within a second and no chat is dropped; a broken one is named by file, line and column, and the old bot keeps
// answering. A killed process is back within a second.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openPanel, say, start } from './browser.mjs';
import { counter, openWorld, patience, pause, until } from './world.mjs';

const { check, end } = counter();
const world = await openWorld();
const browser = await openBrowser('chromium');
const file = (name) => join(world.bot, name);
const events = (name) => world.log.split('\n').filter((line) => line.includes(`"event":"${name}"`)).map((line) => JSON.parse(line));

// As editors do: a new file takes the old one's place.
function save(name, text) {
  writeFileSync(file(`.${name.replace('/', '-')}.tmp`), text);
  renameSync(file(`.${name.replace('/', '-')}.tmp`), file(name));
}

async function within(what, ms, test) {
  const from = Date.now();
  await until(test, 5000, what).catch(() => undefined);
  const took = Date.now() - from;
  check(`${what}: ${took} ms`, took <= ms * patience, took);
}

async function edits(page, frame) {
  const yaml = readFileSync(file('bot.yaml'), 'utf8');
  const services = () => events('bot_in_service').length;
  let before = services();
  const pending = await say(page, frame, 'where is my order?');
  check('a flow is under way', /order number/i.test(pending), pending);
  save('bot.yaml', yaml.replace(/(utter_ask_postcode:\n(?:.*\n)*?.*en: ")/, '$1Freshly saved. '));
  await within('a saved bot.yaml is in service', 1000, () => services() > before);
  const next = await say(page, frame, 'PR-10001');
  check('the flow goes on with the new words', next.includes('Freshly saved.'), next);
  before = services();
  save('knowledge/pottery.md', '---\ntitle: Pottery courses\nurl: /help/pottery\nlanguage: en\nquestions:\n- do you give pottery courses\n- can I learn to throw a pot\n---\n## Are there pottery courses?\nEvery **second Thursday** in our workshop.\n');
  await within('a new article is in service', 1000, () => services() > before);
  await say(page, frame, 'cancel');
  const pottery = await say(page, frame, 'do you give pottery courses?');
  check('and is quoted', pottery.includes('second Thursday'), pottery);

  const refusals = () => events('bot_refused').length;
  const line = yaml.split('\n').findIndex((one) => one.startsWith('responses:')) + 1;
  save('bot.yaml', yaml.replace('\nresponses:', '\nrespnses:'));
  await within('a broken bot.yaml is named', 1000, () => refusals() > 0);
  const fault = events('bot_refused')[0] ?? {};
  check('by file, line and column, with what to write instead', fault.file === 'bot.yaml' && fault.line === line && fault.column === 1 && /write "responses"/.test(fault.mistake ?? ''), fault);
  const still = await say(page, frame, 'do you give pottery courses?');
  check('the old bot keeps answering', still.includes('second Thursday'), still);
  for (const [name, text, wanted] of [['products.csv', 'id,title,price\nX1,"open quote,3\n', 'products.csv'], ['knowledge/pottery.md', '---\ntitle: Pottery\n---\n<b>no</b>\n', 'knowledge/pottery.md']]) {
    const saved = readFileSync(file(name), 'utf8');
    const count = refusals();
    save('bot.yaml', yaml);
    save(name, text);
    await until(() => refusals() > count, 3000, `${name} is refused`).catch(() => undefined);
    const last = events('bot_refused').at(-1) ?? {};
    check(`a broken ${name} is named too`, last.file === wanted && last.line > 0 && last.mistake.length > 10, last);
    save(name, saved);
    await pause(700);
  }
}

async function deaths() {
  const serving = () => fetch(`${world.chat}/.well-known/privet`).then((answer) => answer.ok, () => false);
  for (const child of ['core', 'front', 'vault', 'courier']) {
    await pause(300);
    const pid = world.children()[child];
    process.kill(pid, 'SIGKILL');
    await within(`kill -9 of ${child}: back and serving`, 1000, async () => world.children()[child] !== pid && serving());
    const gone = events('child_gone').at(-1);
    check(`the log says why ${child} went`, gone.child === child && gone.by === 'signal' && gone.code === 9, gone);
  }
}

try {
  const { page, leave } = await browser.visitor();
  const frame = await openPanel(page, world.shop);
  await start(frame);
  await edits(page, frame);
  await deaths();
  await leave();
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
await world.close();
end();
