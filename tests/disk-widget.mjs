// What a visitor sees in the real widget while the server's disk is full, and while its database can't be opened: words, no hang, nothing
// lost. The disk is a small one of the server's own, in a mount namespace that nobody else sees; this needs root.
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { answerTo, openBrowser, openPanel, say, seen, start, words } from './browser.mjs';
import { counter, openWorld, until } from './world.mjs';

const { check, end } = counter();
const mount = 'data=$(dirname "$4")/data; mount -t tmpfs -o size=8m,mode=0700,uid=$(id -u nobody),gid=$(id -g nobody) disk "$data" && exec "$@"';

function fill(path) {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096, 'f'));
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

// Types a message, and gives the widget's words about it once it has some.
async function type(page, frame, text) {
  await frame.focus('textarea');
  await page.keyboard.type(text);
  const from = Date.now();
  await page.keyboard.press('Enter');
  await until(() => words(frame, '#status').then((one) => one.length > 0), 5000, 'the widget says something').catch(() => undefined);
  return { words: await words(frame, '#status'), spoken: await words(frame, '[aria-live=polite]'), ms: Date.now() - from };
}

// A wait that ends by itself: what was typed is answered, once.
async function answered(what, frame, run) {
  const answer = await answerTo(frame, run);
  check(`${what}: the message goes out by itself and is answered`, answer.length > 20, answer);
  check(`${what}: the words go away`, await until(() => words(frame, '#status').then((one) => one === ''), 3000, 'no words').catch(() => false));
}

async function drive(world, browser) {
  const data = `/proc/${world.server.pid}/root${world.folder}/demo/data`;
  const { page, leave } = await browser.visitor();
  await page.goto(`${world.shop}/`);
  const frame = await openPanel(page);
  await start(frame);
  await say(page, frame, 'hello');

  fill(`${data}/filler`);
  const full = await type(page, frame, 'how long does delivery take?');
  check(`a full disk: the widget says so after ${full.ms} ms, to eyes and ears`, /can’t store anything just now/.test(full.words) && full.words === full.spoken && full.ms < 2000, full);
  check('a full disk: the message is there and waits', (await words(frame, 'li.m.v')).includes('how long does delivery take?') && (await words(frame, 'li.m.v .state')).includes('Sending'));
  const other = await browser.visitor();
  await other.page.goto(`${world.shop}/`);
  const stranger = await openPanel(other.page);
  await start(stranger);
  const first = await type(other.page, stranger, 'do you have a red mug?');
  check('a full disk: a stranger is told too', /can’t store anything just now/.test(first.words), first);
  rmSync(`${data}/filler`);
  await answered('with room again', frame, async () => undefined);
  await until(() => stranger.evaluate(() => document.querySelectorAll('li.m.b').length > 1), 20000, 'the stranger is answered');
  await other.leave();
  check('no process ended', !world.log.includes('child_gone'), world.log.slice(-800));

  chmodSync(`${data}/store.db`, 0o400);
  spawnSync('kill', ['-9', String(world.children().core)]);
  const broken = await type(page, frame, 'what are your opening hours?');
  check(`a database that can't be opened: the widget says so after ${broken.ms} ms`, /can’t answer just now/.test(broken.words) && broken.ms < 3000, broken);
  check('and the log says why', /"role":"core","event":"ended".*can't be opened/.test(world.log), world.log.slice(-800));
  chmodSync(`${data}/store.db`, 0o600);
  await answered('opened again', frame, async () => undefined);

  const before = await words(frame, 'li.m.v');
  await page.reload();
  const again = await openPanel(page);
  await seen(again, 'li.m.v');
  const typed = ['how long does delivery take?', 'what are your opening hours?'];
  const stored = await until(() => words(again, 'li.m.v').then((text) => typed.every((one) => text.includes(one)) && text), 10000, 'the stored chat').catch(() => '');
  check('the stored chat has each message once', typed.every((one) => stored.split(one).length === 2 && before.split(one).length === 2), stored);
  await leave();
}

const world = await openWorld({ before: ['unshare', '-m', 'sh', '-c', mount, 'sh'] });
const browser = await openBrowser('chromium');
try {
  await drive(world, browser);
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
await world.close();
end();
