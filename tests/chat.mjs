// A visitor talks to the shop's bot in a real browser: disclosure, answers, resume, killed processes, a restarted server, deletion.
//   node tests/chat.mjs chromium|firefox
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, openPanel, press, say, seen, start, words } from './browser.mjs';
import { counter, openWorld, until } from './world.mjs';

const name = process.argv[2] ?? 'chromium';
const { check, end } = counter();
const world = await openWorld();
const browser = await openBrowser(name);

function checkProcesses() {
  for (const [child, pid] of Object.entries({ parent: world.server.pid, ...world.children() })) {
    check(`${child} is unprivileged`, !/^Uid:\t0/m.test(world.status(pid)) || process.getuid() !== 0);
    check(`${child} is locked in by seccomp`, /^Seccomp:\t2/m.test(world.status(pid)) && /^NoNewPrivs:\t1/m.test(world.status(pid)));
  }
}

const stored = (frame) => frame.evaluate(async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length);

async function talk(page, frame) {
  const machine = await say(page, frame, 'are you a human being?');
  check('it says that it is a machine', /machine|bot|automated|computer/i.test(machine), machine);
  const article = await say(page, frame, 'how long do I have to send something back?');
  check('an article is quoted', article.includes('30 days') && article.includes('Source'), article);
  const postcode = readFileSync('bots/shop/tables/orders.csv', 'utf8').split('\n')[1].split(',')[1];
  const order = [await say(page, frame, 'where is my order PR-10001'), await say(page, frame, postcode)];
  check('an order is tracked', /PR-10001/.test(order[1]), order);
  const cards = await say(page, frame, 'show me mugs under 20 euro');
  check('products are shown as cards', /€\d/.test(cards) && await frame.evaluate(() => document.querySelectorAll('.card').length) > 0, cards);
}

async function survive(page, frame) {
  for (const child of ['core', 'vault', 'front', 'courier']) {
    process.kill(world.children()[child], 'SIGKILL');
    const answer = await say(page, frame, 'what are your opening hours?');
    check(`kill -9 of ${child}: the chat goes on`, answer.length > 10, answer);
  }
  check('each death is in the log with its reason', (world.log.match(/"event":"child_gone".*"by":"signal","code":9/g) ?? []).length === 4, world.log.slice(-600));
  await say(page, frame, 'I want to return my order PR-10004');
  const old = world.children();
  const asked = say(page, frame, '20095');
  await world.stop('SIGKILL');
  await until(() => Object.values(old).every((pid) => spawnSync('kill', ['-0', String(pid)]).status !== 0), 3000, 'the children end with their parent');
  await world.start();
  const answer = await asked;
  check('kill -9 of the parent in mid-flow and a new start: the flow goes on', /why/i.test(answer), answer);
}

async function remove(page, frame) {
  await press(frame, 'header button');
  await press(frame, '.menu button.danger');
  await press(frame, 'dialog button.danger');
  await seen(frame, '[role=status]');
  check('the deleted chat is gone in the browser', await frame.evaluate(async () => (await indexedDB.databases()).length) === 0);
  check('no word of it lies in any file', spawnSync('grep', ['-rqa', 'opening hours', join(world.folder, 'demo')]).status === 1);
  const again = await openPanel(page, world.shop);
  await seen(again, '.screen h2');
  check('and it does not come back', !(await words(again)).includes('human being'));
}

async function type(page, frame, text) {
  await frame.focus('textarea');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function cards() {
  const { page } = await browser.visitor();
  const frame = await openPanel(page, world.shop);
  await start(frame);
  let turns = 0;
  page.on('request', (request) => { turns += Number(request.url().endsWith('/v1/turn')); });
  await type(page, frame, 'my card 4111 1111 1111 1111 was charged twice');
  await until(() => words(frame, '.status'), 5000, 'the widget says something');
  check('a card number is not sent, and the visitor is told why', turns === 0 && (await words(frame, '.status')).includes('payment card number'));
  check('it stays in the composer, to be taken out', (await frame.evaluate(() => document.querySelector('textarea').value)).includes('4111'));
  await page.keyboard.press('Enter');
  check('and pressing again does not send it', turns === 0);
  await frame.evaluate(() => { document.querySelector('textarea').value = ''; });
  await say(page, frame, '4111 1111');
  const before = turns;
  await type(page, frame, '1111 1111');
  await until(() => words(frame, '.status'), 5000, 'the widget says something');
  check('nor is the second half of one', turns === before);
  await frame.evaluate(() => { document.querySelector('textarea').value = ''; });
  const refused = await say(page, frame, 'my card is 4222222222222');
  check('what only the server sees is refused there', refused.includes('payment card number'), refused);
  check('and gone from the page', !(await words(frame)).includes('4222') && (await words(frame)).includes('(not kept)'));
  const removed = await say(page, frame, 'I cannot log in, my password is hunter2xyz');
  check('a password is taken out, and the visitor is told', removed.includes('a password or PIN'), removed);
  const hours = await say(page, frame, 'what are your opening hours?');
  check('the chat goes on', hours.includes('9 to 18'), hours);
  await page.reload();
  const again = await openPanel(page);
  await seen(again, 'li.m.v');
  const kept = await words(again);
  check('neither is in what was kept', kept.includes('[PASSWORD]') && !kept.includes('hunter2xyz') && !kept.includes('4222'), kept);
  check('no log line holds any of it', !/4111|4222|hunter2/.test(world.log) && world.log.includes('"event":"message_refused","type":"CARD"'));
}

async function drive() {
  checkProcesses();
  const { page, cookies } = await browser.visitor();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(world.shop);
  await until(() => page.evaluate(() => Boolean(window.privet)), 10000, 'the loader');
  check('no frame and no cookie before the launcher is touched', page.frames().length === 1 && (await cookies()).length === 0);
  const frame = await openPanel(page);
  await seen(frame, '.screen h2');
  const screen = await words(frame);
  check('the disclosure says that it is a machine', screen.includes('You are talking to a machine'), screen);
  check('and how long what is kept', screen.includes('30 days'), screen);
  check('there is nothing to type into before it', await frame.evaluate(() => document.querySelector('textarea') === null));
  await start(frame);
  check('nothing is stored before the first send', await stored(frame) === 0);
  await talk(page, frame);
  check('no cookie at all', (await cookies()).length === 0);
  check('no third party was asked', asked.length > 0 && asked.every((url) => url.startsWith(world.chat) || url.startsWith(world.shop) || /^(data|blob|about):/.test(url)), asked);
  await page.reload();
  const again = await openPanel(page);
  await seen(again, 'li.m.v');
  check('the conversation is resumed after a reload', (await words(again)).includes('are you a human being?'));
  await survive(page, again);
  await page.reload();
  const third = await openPanel(page);
  await seen(third, 'li.m.v');
  const own = await third.evaluate(() => [...document.querySelectorAll('li.m.v .bubble')].map((one) => one.innerText));
  check('after all deaths each message stands once', own.length === 11 && own.filter((one) => one === '20095').length === 1, own);
  await remove(page, third);
  await cards();
}

try {
  await drive();
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
await world.close();
end();
