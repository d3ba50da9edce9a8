// What the widget costs a page and a visitor, in Debian's Chromium: bytes, script time, long tasks, layout shift, times to use, memory.
// The last line is JSON. The network "phone" is 562.5 ms and 180,000 B/s with the processor at a quarter; "slow" is 2,000 ms and 50,000 B/s.
//   node bench/widget.mjs [RUNS]
import { readFileSync } from 'node:fs';
import { openBrowser, seen, widgetFrame } from '../tests/browser.mjs';
import { openWorld, pause, until } from '../tests/world.mjs';

const runs = Number(process.argv[2] ?? 5);
const world = await openWorld();
// One process for page and frame, so that throttling holds for both.
const browser = await openBrowser('chromium', ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process', '--enable-precise-memory-info']);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const profiles = { desktop: null, phone: [562.5, 180000, 4], slow: [2000, 50000, 4] };

async function throttle(cdp, profile) {
  await cdp.send('Network.enable');
  const [latency, speed, cpu] = profile ?? [0, -1, 1];
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: speed, uploadThroughput: speed });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu });
}

function watch() {
  window.tasks = [];
  window.shifts = [];
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.tasks.push(one.duration); }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifts.push(one.value); }).observe({ type: 'layout-shift', buffered: true });
}

// Blocking time: what long tasks take beyond 50 ms each.
const blocking = (page) => page.evaluate(() => window.tasks.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0));
const shifts = (page) => page.evaluate(() => window.shifts.reduce((sum, one) => sum + one, 0));

async function scriptMs(page, events) {
  return events.filter((one) => one.name === 'EvaluateScript' && one.args?.data?.url?.includes('/v1/loader')).reduce((sum, one) => sum + one.dur / 1000, 0);
}

// The same page while the loader is kept away: what it blocks by itself.
async function without(profile) {
  const { page, cdp, leave } = await browser.visitor();
  const session = await cdp();
  await page.addInitScript(watch);
  await throttle(session, profile);
  await session.send('Network.setBlockedURLs', { urls: ['*loader*'] });
  await page.goto(world.shop);
  await pause(400);
  const ms = await blocking(page);
  await leave();
  return ms;
}

async function once(profile) {
  const { page, cdp, trace, leave } = await browser.visitor();
  const session = await cdp();
  await page.addInitScript(watch);
  await throttle(session, profile);
  const events = await trace(async () => {
    await page.goto(world.shop);
    await until(() => page.evaluate(() => Boolean(window.privet)), 30000, 'the loader');
    await pause(200);
  });
  const idle = { script_ms: await scriptMs(page, events), page_alone_blocking_ms: await without(profile), blocking_ms: await blocking(page), shift: await shifts(page) };
  const from = Date.now();
  await page.evaluate(() => window.privet.open());
  const frame = await widgetFrame(page);
  await seen(frame, 'h2', 60000);
  const open_ms = Date.now() - from;
  const consent = Date.now();
  await frame.evaluate(() => document.querySelector('button.main').click());
  await seen(frame, 'textarea', 60000);
  const consent_ms = Date.now() - consent;
  const result = { ...idle, open_ms, consent_ms, open_blocking_ms: await blocking(page), open_shift: await shifts(page) };
  await leave();
  return result;
}

async function bytes() {
  const found = {};
  for (const [name, path] of [['loader', /src="([^"]+)"/.exec(readFileSync(`${world.folder}/demo/snippet.html`, 'utf8'))[1]], ['widget', `${world.chat}/w/shop`]]) {
    const { page, cdp, leave } = await browser.visitor();
    const session = await cdp();
    const sizes = [];
    await session.send('Network.enable');
    session.on('Network.loadingFinished', (one) => sizes.push(one.encodedDataLength));
    await page.goto(path, { waitUntil: 'load' });
    found[`${name}_wire_bytes`] = sizes[0];
    const response = await fetch(path, { headers: { 'Accept-Encoding': 'br' } });
    found[`${name}_brotli_bytes`] = Number(response.headers.get('content-length'));
    await leave();
  }
  return found;
}

async function heap() {
  const { page, cdp, leave } = await browser.visitor();
  const session = await cdp();
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  await page.goto(`${world.shop}/plain`);
  const alone = await used();
  await page.goto(world.shop);
  await until(() => page.evaluate(() => Boolean(window.privet)), 30000, 'the loader');
  const idle = await used();
  await page.evaluate(() => window.privet.open());
  await seen(await widgetFrame(page), 'h2');
  const opened = await used();
  await leave();
  return { heap_idle_added_mb: idle - alone, heap_opened_mb: opened };
}

const round = (object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value * 100) / 100 : value]));
const out = round({ ...await bytes(), ...await heap() });
for (const [name, profile] of Object.entries(profiles)) {
  const all = [];
  for (let i = 0; i < runs; i++) all.push(await once(profile));
  out[name] = round(Object.fromEntries(Object.keys(all[0]).map((key) => [key, median(all.map((one) => one[key]))])));
}
await browser.close();
await world.close();
console.log(JSON.stringify(out));
