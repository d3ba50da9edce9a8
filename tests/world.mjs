// A throw-away world for the tests: keys, a server with its five processes, and the demo shop on another origin. It ends with the test.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A sanitizer's build is slow: promises in milliseconds are the release's, and what waits there waits longer.
export const patience = (process.env.PRIVET_BUILD ?? 'build') === 'build' ? 1 : 30;
const reports = [];

export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// Counts what a test found; the last line is what ./test reads.
export function counter() {
  const count = { passed: 0, failed: 0 };
  const check = (what, good, seen = '') => {
    count[good ? 'passed' : 'failed']++;
    console.log(`${good ? 'ok  ' : 'FAIL'} ${what}${good ? '' : `: ${JSON.stringify(seen)}`}`);
  };
  const end = () => {
    if (patience > 1) check('no sanitizer reports anything', reports.length === 0, reports);
    console.log(`${count.passed} passed, ${count.failed} failed`);
    process.exit(count.failed === 0 ? 0 : 1);
  };
  return { check, end };
}

export async function until(test, ms, what) {
  for (const end = Date.now() + ms * patience; ;) {
    const value = await test();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await pause(20);
  }
}

// With `behind`, the server listens at world.inner and world.chat's own port is left for what stands before it. With `page`, a function that
// gives the text of a page, that page stands at world.shop instead of the demo shop.
// `at` tells worlds of one test apart; `build`, `env` and `before` (words of a command that starts it) are of the server.
export async function openWorld({ settings = '', extra = [], behind = false, page = null, at = 0, build = process.env.PRIVET_BUILD ?? 'build', env = {}, before = [] } = {}) {
  const port = 18080 + ((process.pid + 41 * at) % 1000) * 2;
  const folder = mkdtempSync(join(tmpdir(), 'privet-world-'));
  chmodSync(folder, 0o755); // root's server gives its rights up and still has to come in
  const world = { port, inner: behind ? port + 2000 : port, folder, chat: `http://localhost:${port}`, shop: `http://127.0.0.1:${port + 1}`, bot: join(folder, 'bot'), log: '',
    program: join(folder, 'privet'), config: join(folder, 'demo/privet.yaml'), server: null };
  cpSync(join(build, 'privet'), world.program);
  cpSync('bots/shop', world.bot, { recursive: true });
  const made = spawnSync(world.program, ['init', join(folder, 'demo'), '--name', 'demo-shop', '--bot', world.bot, '--site', 'shop', '--origin', world.chat,
    '--allow', world.shop, '--port', String(world.inner), ...extra], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  world.made = made.stdout;
  spawnSync('sh', ['-c', 'printf %s "$1" >>"$2"', 'sh', settings, world.config]);

  world.start = async () => {
    const from = world.log.length;
    const command = [...before, world.program, 'serve', '--config', world.config];
    world.server = spawn(command[0], command.slice(1), { stdio: ['ignore', 'inherit', 'pipe'], env: { ...process.env, ...env } });
    world.server.stderr.on('data', (piece) => { world.log += piece; });
    await until(() => world.log.slice(from).includes('"serving"') || world.server.exitCode !== null, 10000, `the server serves\n${world.log}`);
  };
  world.stop = (signal = 'SIGTERM') => new Promise((done) => {
    if (world.server.exitCode !== null || world.server.signalCode !== null) done();
    else world.server.once('exit', done).kill(signal);
  });
  world.children = () => Object.fromEntries([...world.log.matchAll(/"event":"child_started","child":"(\w+)","pid":(\d+)/g)].map((m) => [m[1], Number(m[2])]));
  world.status = (pid) => readFileSync(`/proc/${pid}/status`, 'utf8');
  const pages = page ? null : spawn(process.execPath, ['web/shop/serve.mjs'], { env: { ...process.env, PRIVET_SHOP_PORT: String(port + 1), PRIVET_CHAT_ORIGIN: world.chat,
    PRIVET_SNIPPET_FILE: join(folder, 'demo/snippet.html') }, stdio: 'inherit' });
  const host = page && createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(page(world))).listen(port + 1, '127.0.0.1');
  process.on('exit', () => {
    world.server?.kill();
    pages?.kill();
  });
  world.close = async () => {
    await world.stop();
    // A report that needs a call which the cage refuses is told by the cage.
    if (patience > 1) reports.push(...world.log.split('\n').filter((line) => /Sanitizer:|runtime error:|"cage_refused"/.test(line)));
    pages?.kill();
    host?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  await world.start();
  await until(() => fetch(world.shop).then(() => true, () => false), 5000, 'the shop answers');
  return world;
}
