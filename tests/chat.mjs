// A visitor talks to the shop's bot in a real browser: disclosure, answers, resume, a killed process, deletion.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChromium, pause, say, start, widgetFrame } from './browser.mjs';

const port = 18080 + (process.pid % 1000) * 2;
const chat = `http://localhost:${port}`;
const shop = `http://127.0.0.1:${port + 1}`;
const folder = mkdtempSync(join(tmpdir(), 'privet-chat-'));
chmodSync(folder, 0o755);
let passed = 0;
let failed = 0;

function check(what, good, seen = '') {
  if (good) passed++;
  else failed++;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}${good ? '' : `: ${JSON.stringify(seen)}`}`);
}

const program = join(folder, 'privet');
spawnSync('cp', ['build/privet', program]);
spawnSync('cp', ['-r', 'bots/shop', join(folder, 'bot')]);
const made = spawnSync(program, ['init', join(folder, 'demo'), '--name', 'demo-shop', '--bot', join(folder, 'bot'), '--site', 'shop', '--origin', chat,
  '--allow', shop, '--port', String(port)], { encoding: 'utf8' });
check('privet init makes keys and a snippet', made.status === 0 && existsSync(join(folder, 'demo/snippet.html')), made.stderr);
let log = '';
const server = spawn(program, ['serve', '--config', join(folder, 'demo/privet.yaml')], { stdio: ['ignore', 'inherit', 'pipe'] });
server.stderr.on('data', (piece) => { log += piece; });
const pages = spawn(process.execPath, ['web/shop/serve.mjs'], { env: { ...process.env, PRIVET_SHOP_PORT: String(port + 1), PRIVET_CHAT_ORIGIN: chat,
  PRIVET_SNIPPET_FILE: join(folder, 'demo/snippet.html') }, stdio: 'inherit' });
for (let i = 0; i < 100 && !log.includes('"serving"'); i++) await pause(50);

const children = () => Object.fromEntries([...log.matchAll(/"event":"child_started","child":"(\w+)","pid":(\d+)/g)].map((m) => [m[1], Number(m[2])]));
const status = (pid) => readFileSync(`/proc/${pid}/status`, 'utf8');

async function drive() {
  for (const [name, pid] of Object.entries({ parent: server.pid, ...children() })) {
    check(`${name} is unprivileged`, !/^Uid:\t0/m.test(status(pid)) || process.getuid() !== 0);
    check(`${name} is locked in by seccomp`, /^Seccomp:\t2/m.test(status(pid)) && /^NoNewPrivs:\t1/m.test(status(pid)));
  }
  const { page, context, close } = await openChromium();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(shop);
  await pause(400);
  check('no frame and no cookie before the launcher is touched', page.frames().length === 1 && (await context.cookies()).length === 0);
  await page.locator('#ask').click();
  const frame = await widgetFrame(page);
  await frame.locator('.screen h2').waitFor({ timeout: 15000 });
  const words = await frame.locator('body').innerText();
  check('the disclosure says that it is a machine', words.includes('You are talking to a machine'), words);
  check('and how long what is kept', words.includes('30 days'), words);
  const stored = () => frame.evaluate(async () => ({ local: localStorage.length, tab: sessionStorage.length, bases: (await indexedDB.databases()).length }));
  await start(frame);
  const before = await stored();
  check('nothing is stored before the first send', before.local + before.tab + before.bases === 0, before);
  const machine = await say(frame, 'are you a human being?');
  check('it says that it is a machine', /machine|bot|automated|computer/i.test(machine), machine);
  const article = await say(frame, 'how long do I have to send something back?');
  check('an article is quoted', article.includes('30 days') && article.includes('Source'), article);
  const order = [await say(frame, 'where is my order PR-10001'), await say(frame, readFileSync('bots/shop/tables/orders.csv', 'utf8').split('\n')[1].split(',')[1])];
  check('an order is tracked', /PR-10001/.test(order[1]), order);
  const cards = await say(frame, 'show me mugs under 20 euro');
  check('products are shown as cards', /€\d/.test(cards) && (await frame.locator('.card').count()) > 0, cards);
  check('no cookie at all', (await context.cookies()).length === 0);
  check('no third party was asked', asked.every((url) => url.startsWith(chat) || url.startsWith(shop) || url.startsWith('data:') || url.startsWith('blob:')), asked);
  await page.reload();
  await pause(300);
  await page.locator('#ask').click();
  const again = await widgetFrame(page);
  await again.locator('li.m.v').first().waitFor({ timeout: 15000 });
  check('the conversation is resumed after a reload', (await again.locator('body').innerText()).includes('are you a human being?'));
  for (const name of ['core', 'vault', 'front', 'courier']) {
    process.kill(children()[name], 'SIGKILL');
    const answer = await say(again, 'what are your opening hours?');
    check(`kill -9 of ${name}: the chat goes on`, answer.length > 10, answer);
  }
  check('each death is in the log with its reason', (log.match(/"event":"child_gone".*"by":"signal","code":9/g) ?? []).length === 4, log.slice(-600));
  await again.locator('header button').first().click();
  await again.locator('.menu button.danger').click();
  await again.locator('dialog button.danger').click();
  await again.locator('[role=status]').waitFor({ timeout: 15000 });
  check('the deleted chat is gone in the browser', (await again.evaluate(async () => (await indexedDB.databases()).length)) === 0);
  const left = spawnSync('grep', ['-rqa', 'opening hours', join(folder, 'demo')]).status;
  check('no word of it lies in any file', left === 1, left);
  await close();
}

try {
  await drive();
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${log.slice(-1500)}`);
}
server.kill('SIGTERM');
pages.kill();
await pause(300);
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
