// What a visitor sees and hears of limits, in a real browser: node tests/limit.mjs chromium|firefox
// Under a flood the browser works for its handshake by itself, in words, while the page stays quick; who asks too fast waits as long as told,
// and the message goes by itself; a day that is spent is said, also after a restart.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openPanel, press, say, seen, start, words } from './browser.mjs';
import { counter, openWorld, pause, until } from './world.mjs';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const build = process.env.PRIVET_BUILD ?? 'build';
const { check, end } = counter();
const browser = await openBrowser(process.argv[2] ?? 'chromium');
const heard = (frame) => words(frame, '[aria-live=polite]');
const type = async (page, frame, text) => {
  await frame.focus('textarea');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
};

async function judge(frame, what) {
  await frame.evaluate(axe);
  const found = await frame.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, iframes: false });
    return { passes: result.passes.length, bad: result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`) };
  }, rules);
  check(`axe: ${what} (${found.passes} rules passed)`, found.passes > 0 && found.bad.length === 0, found.bad);
}

// A flood takes whatever the site gives for nothing, as long as it lasts.
function flood(world) {
  const root = /^root: (.*)$/m.exec(readFileSync(world.config, 'utf8'))[1];
  const child = spawn(join(build, 'tests/press'), ['shakes', world.chat, root, '60', '1'], { stdio: 'ignore' });
  const gone = new Promise((done) => { child.on('close', done); });
  return async () => {
    child.kill('SIGINT');
    await gone;
  };
}

// How long the longest pause between two beats of the page was while it worked.
const beat = (frame) => frame.evaluate(() => {
  const state = { last: performance.now(), longest: 0, beats: 0 };
  globalThis.beating = state;
  setInterval(() => {
    const now = performance.now();
    state.longest = Math.max(state.longest, now - state.last);
    state.last = now;
    state.beats++;
  }, 4);
});

// One visitor who opens the chat under a flood; for how long the words stood, and how the page went on meanwhile.
async function opening(world, path, wanted, language) {
  const { page, leave } = await browser.visitor();
  const frame = await openPanel(page, world.shop + path);
  await seen(frame, '.screen h2');
  await until(async () => wanted.test(await words(frame, '.status')), 15000, `${language}: the widget says that it works\n${await words(frame)}`);
  const spoken = await heard(frame);
  const from = Date.now();
  await beat(frame);
  await until(async () => Date.now() - from > 1500 || (await words(frame, '.status')) === '', 5000, 'time passes');
  const { longest, beats } = await frame.evaluate(() => ({ ...globalThis.beating }));
  return { page, leave, frame, spoken, longest, beats, ms: Date.now() - from };
}

async function work(language, path, wanted) {
  const world = await openWorld({ settings: 'site_handshakes_per_s: 1\nwork_bits: 21\n' });
  const stop = flood(world);
  await pause(500);
  // Some find their proof at once: the next one works longer.
  let one = await opening(world, path, wanted, language);
  for (let tries = 0; tries < 8 && one.ms < 500; tries++) {
    await one.leave();
    one = await opening(world, path, wanted, language);
  }
  const { page, leave, frame } = one;
  await judge(frame, `${language}: the disclosure while it works`);
  check(`${language}: a screen reader hears that it works`, wanted.test(one.spoken), one.spoken);
  check(`${language}: within ${one.ms} ms of work ${one.beats} beats of the page, the longest pause ${one.longest.toFixed(0)} ms`, one.ms >= 500 && one.beats > one.ms / 50 && one.longest < 250,
    [one.ms, one.beats, one.longest]);
  await start(frame);
  const answer = await say(page, frame, 'where is my order?');
  check(`${language}: what is said meanwhile is answered`, answer.length > 0, answer);
  check(`${language}: the words are gone`, (await words(frame, '.status')) === '', await words(frame, '.status'));
  await leave();
  await stop();
  await world.close();
}

async function fast() {
  const world = await openWorld({ at: 1, settings: 'requests_per_min: 12\n' });
  const { page, leave } = await browser.visitor();
  const frame = await openPanel(page, world.shop);
  await start(frame);
  let waited = '';
  for (let i = 0; i < 40 && !waited; i++) {
    const before = await frame.evaluate(() => document.querySelectorAll('li.m.b').length);
    await type(page, frame, 'thanks');
    await until(async () => (waited = /by itself in \d seconds?\./.exec(await words(frame, '.status'))?.[0] ?? '') ||
      frame.evaluate((n) => document.querySelectorAll('li.m.b').length > n && !document.querySelector('.state'), before), 10000, 'an answer or a wait');
  }
  check(`who asks too fast is told: ${waited}`, waited !== '', await words(frame));
  check('a screen reader hears it', (await heard(frame)).includes(waited), await heard(frame));
  await judge(frame, 'a message that waits');
  await until(() => frame.evaluate(() => !document.querySelector('.state')), 15000, 'the message is sent by itself');
  const [said, answered] = await frame.evaluate(() => [document.querySelectorAll('li.m.v').length, document.querySelectorAll('li.m.b').length]);
  check(`all ${said} messages are answered`, answered >= said && (await words(frame, '.status')) === '', [said, answered, await words(frame, '.status')]);
  await leave();
  await world.close();
}

async function spent() {
  const world = await openWorld({ at: 2, settings: 'cost_per_day: 2\n' });
  const { page, leave } = await browser.visitor();
  const frame = await openPanel(page, world.shop);
  await start(frame);
  await say(page, frame, 'thanks');
  await say(page, frame, 'where is my order?');
  await type(page, frame, 'hello');
  await until(async () => /as many answers as it may today/.test(await words(frame, '.status')), 10000, 'the widget says that the day is spent');
  check('a spent day is said and heard', /as many answers as it may today/.test(await heard(frame)), await heard(frame));
  await judge(frame, 'a spent day');
  await press(frame, 'header button');
  await press(frame, '.menu button.danger');
  await press(frame, 'dialog button.danger');
  await seen(frame, '[role=status]');
  check('the chat can be erased all the same', true);
  await pause(6000); // the day's spending is on disk
  await leave();
  await world.stop();
  await world.start();
  const again = await browser.visitor();
  const later = await openPanel(again.page, world.shop);
  await start(later);
  await type(again.page, later, 'hello');
  await until(async () => /as many answers as it may today/.test(await words(later, '.status')), 10000, 'after a restart the day is still spent');
  check('after a restart the day is still spent', true);
  await again.leave();
  await world.close();
}

try {
  await work('English', '/', /Your browser does a short calculation/);
  await work('German', '/de', /Ihr Browser rechnet erst kurz/);
  await fast();
  await spent();
} catch (error) {
  check('the drive came to its end', false, error.stack);
}
await browser.close();
end();
