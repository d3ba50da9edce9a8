// Everyone can use the widget: axe-core finds no violation in any state and theme, every function works by keyboard alone, nothing is
// lost at 400 % zoom, and the page around it does not shift.
import { readFileSync } from 'node:fs';
import { answerTo, openBrowser, openPanel, press, say, seen, start, widgetFrame, words } from './browser.mjs';
import { counter, openWorld, pause, until } from './world.mjs';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const { check, end } = counter();
const world = await openWorld();
const browser = await openBrowser('chromium');

async function judge(frame, what) {
  await frame.evaluate(axe);
  const found = await frame.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, iframes: false });
    return { passes: result.passes.length, bad: result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`) };
  }, rules);
  check(`axe: ${what} (${found.passes} rules passed)`, found.passes > 0 && found.bad.length === 0, found.bad);
}

async function states(theme, path) {
  const { page, offline, leave } = await browser.visitor({ colorScheme: theme });
  const at = (what) => `${what}, ${theme}, ${path}`;
  await page.goto(world.shop + path);
  await until(() => page.evaluate(() => Boolean(window.privet)), 10000, 'the loader');
  const frame = await openPanel(page);
  await seen(frame, '.screen h2');
  await judge(frame, at('the disclosure'));
  await pause(400);
  check(at('what is kept has not changed while it was read'), (await words(frame, '[aria-live=polite]')) === '', await words(frame, '[aria-live=polite]'));
  await start(frame);
  await judge(frame, at('the greeting'));
  await say(page, frame, 'mugs under 20 euro');
  await judge(frame, at('cards'));
  await frame.focus('textarea');
  await page.keyboard.type('card 4111 1111 1111 1111');
  await page.keyboard.press('Enter');
  await until(() => words(frame, '.status'), 5000, 'the widget says that a card was not sent');
  await judge(frame, at('a card that was not sent'));
  await frame.evaluate(() => { document.querySelector('textarea').value = ''; });
  await say(page, frame, 'where is my order?');
  await say(page, frame, 'cancel');
  await say(page, frame, 'how long do I have to send something back?');
  await judge(frame, at('an article'));
  await offline(true);
  await frame.focus('textarea');
  await page.keyboard.type('and for tools?');
  await page.keyboard.press('Enter');
  await until(() => frame.evaluate(() => document.querySelector('.status').innerText !== ''), 10000, 'the widget says that it is offline');
  await judge(frame, at('offline'));
  await answerTo(frame, () => offline(false));
  await press(frame, 'header button');
  await judge(frame, at('the menu'));
  await press(frame, '.menu button.danger');
  await judge(frame, at('the question before deleting'));
  await press(frame, 'dialog button.danger');
  await seen(frame, '[role=status]');
  await judge(frame, at('deleted'));
  await leave();
}

async function pages() {
  const { page, leave } = await browser.visitor();
  for (const [what, url] of [['the notice', `${world.chat}/notice`], ['the German notice', `${world.chat}/notice?lang=de`], ['the Arabic notice', `${world.chat}/notice?lang=ar`], ['the full-page chat', `${world.chat}/chat`], ['the first page', world.chat],
    ['the shop', world.shop], ['the shop without script', `${world.shop}/plain`]]) {
    await page.goto(url);
    await pause(300);
    await judge(page.mainFrame(), what);
  }
  await leave();
}

// Where the keyboard is: in the page, the launcher, or an element of the widget.
const focused = (frame) => frame.evaluate(() => {
  const one = document.activeElement;
  return `${one?.tagName.toLowerCase() ?? ''} ${one?.className ?? ''} ${one?.getAttribute('aria-label') ?? one?.textContent?.slice(0, 40) ?? ''}`;
});

async function tabTo(page, frame, pattern, key = 'Tab') {
  const way = [];
  for (let i = 0; i < 25; i++) {
    const now = await focused(frame);
    if (pattern.test(now)) return true;
    way.push(now);
    await page.keyboard.press(key);
    await pause(30);
  }
  check(`the keyboard reaches ${pattern}`, false, way);
  return false;
}

async function keyboard() {
  const { page, leave } = await browser.visitor();
  await page.goto(`${world.shop}/help`);
  await until(() => page.evaluate(() => Boolean(window.privet)), 10000, 'the loader');
  for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement?.tagName === 'PRIVET-CHAT')); i++) await page.keyboard.press('Tab');
  check('Tab reaches the launcher', await page.evaluate(() => document.activeElement?.tagName === 'PRIVET-CHAT'));
  await page.keyboard.press('Enter');
  const frame = await widgetFrame(page);
  await seen(frame, '.screen h2');
  await until(async () => /^h2/.test(await focused(frame)), 3000, 'the focus is on the disclosure');
  check('the panel takes the focus to the disclosure', true);
  await tabTo(page, frame, /^input/);
  await page.keyboard.press('Space');
  check('"remember me" is ticked by Space', await frame.evaluate(() => document.querySelector('#remember').checked));
  await tabTo(page, frame, /button main/);
  await page.keyboard.press('Enter');
  await seen(frame, 'textarea');
  check('the composer has the focus', /^textarea/.test(await focused(frame)), await focused(frame));
  const answer = await answerTo(frame, async () => {
    await page.keyboard.type('I need a gift');
    await page.keyboard.press('Enter');
  });
  check('Enter sends', answer.length > 5, answer);
  await page.keyboard.press('Shift+Enter');
  check('Shift+Enter makes a line', (await frame.evaluate(() => document.querySelector('textarea').value)) === '\n');
  await tabTo(page, frame, /gardener/i, 'Shift+Tab');
  const next = await answerTo(frame, () => page.keyboard.press('Enter'));
  check('a quick reply is chosen', next.length > 5, next);
  check('and the focus is in the composer again', /^textarea/.test(await focused(frame)), await focused(frame));
  await tabTo(page, frame, /^div log/, 'Shift+Tab');
  check('the conversation can be scrolled by keyboard', true);
  await tabTo(page, frame, /Menu/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  check('the menu opens', await frame.evaluate(() => !document.querySelector('.menu').hidden && document.querySelector('[aria-expanded=true]') !== null));
  await page.keyboard.press('Escape');
  check('Escape closes the menu alone', await frame.evaluate(() => document.querySelector('.menu').hidden) && /Menu/.test(await focused(frame)), await focused(frame));
  await page.keyboard.press('Escape');
  await until(() => page.evaluate(() => document.activeElement?.tagName === 'PRIVET-CHAT'), 3000, 'the focus is on the launcher');
  check('Escape closes the panel and the launcher has the focus', true);
  await page.keyboard.press('Enter');
  await until(async () => /^textarea/.test(await focused(frame)), 3000, 'the focus is in the composer');
  check('opened again, the composer has the focus', true);
  await tabTo(page, frame, /Menu/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, frame, /danger/);
  await page.keyboard.press('Enter');
  await seen(frame, 'dialog[open]');
  check('the safe answer has the focus', /Keep|Cancel/i.test(await focused(frame)), await focused(frame));
  await page.keyboard.press('Escape');
  await until(() => frame.evaluate(() => document.querySelector('dialog') === null), 3000, 'the question closes');
  check('Escape leaves the question and deletes nothing', await frame.evaluate(() => document.querySelectorAll('li.m').length > 0));
  await tabTo(page, frame, /Menu/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, frame, /danger/);
  await page.keyboard.press('Enter');
  await seen(frame, 'dialog[open]');
  await tabTo(page, frame, /danger/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await seen(frame, '[role=status]');
  check('the conversation is deleted by keyboard', true);
  await page.keyboard.press('Enter');
  await seen(frame, '.screen h2');
  check('and a new one begins', true);
  await leave();
}

async function reflow() {
  const { page, leave } = await browser.visitor({ viewport: { width: 320, height: 480 } });
  const frame = await openPanel(page, world.shop);
  await start(frame);
  await say(page, frame, 'mugs under 20 euro');
  const wide = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check('320 CSS pixels: nothing is wider than the screen', wide <= 0, wide);
  await leave();
}

async function stillness() {
  const { page, leave } = await browser.visitor();
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts.push(entry.value); }).observe({ type: 'layout-shift', buffered: true });
  });
  const frame = await openPanel(page, world.shop);
  await start(frame);
  await say(page, frame, 'mugs under 20 euro');
  await page.evaluate(() => window.privet.close());
  await pause(300);
  check('the page around the widget does not shift', (await page.evaluate(() => window.shifts.length)) === 0, await page.evaluate(() => window.shifts));
  const announced = await words(frame, '[aria-live=polite]');
  check('what the bot says is announced with its author', /^Bot, automated/i.test(announced), announced);
  await leave();
}

try {
  for (const theme of ['light', 'dark']) for (const path of ['/', '/de', '/rtl']) await states(theme, path);
  await pages();
  await keyboard();
  await reflow();
  await stillness();
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
await world.close();
end();
