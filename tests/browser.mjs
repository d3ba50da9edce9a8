// Drives the real widget in Debian's Chromium (Playwright over CDP) and Firefox (Puppeteer over WebDriver BiDi), by what both know:
// goto, frames, evaluate, keyboard. Chromium is started with people's defaults and joined: Playwright's own switches turn the
// partitioning of storage off, which no visitor's browser does.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './world.mjs';

export const size = { width: 1280, height: 900 };

async function openChromium(extra = []) {
  const { chromium } = await import('playwright-core');
  const profile = mkdtempSync(join(tmpdir(), 'privet-chromium-'));
  const child = spawn('/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...extra, 'about:blank'],
  { stdio: 'ignore', detached: true });
  process.on('exit', () => endGroup(child));
  const file = join(profile, 'DevToolsActivePort');
  const [port, path] = await until(() => existsSync(file) && readFileSync(file, 'utf8').split('\n').length > 1 && readFileSync(file, 'utf8').split('\n'), 20000,
    'Chromium starts');
  const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
  return {
    name: 'chromium',
    async visitor(options = {}) {
      const context = await browser.newContext({ viewport: size, ...options });
      const page = await context.newPage();
      return { page, cookies: () => context.cookies(), offline: (is) => context.setOffline(is), cdp: () => context.newCDPSession(page),
        trace: (run) => trace(browser, run), leave: () => context.close() };
    },
    async close() {
      await browser.close();
      endGroup(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 30, retryDelay: 20 });
    },
  };
}

// With all its helpers, which write to the profile to the last.
function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ended before
  }
}

// What the browser itself says it did during `run`.
async function trace(browser, run) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => { session.once('Tracing.tracingComplete', done); });
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline'] } });
  await run();
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return events;
}

async function openFirefox() {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true });
  return {
    name: 'firefox',
    async visitor(options = {}) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport(options.viewport ?? size);
      return { page, cookies: () => browser.cookies(), leave: () => context.close() };
    },
    close: () => browser.close(),
  };
}

export const openBrowser = (name, extra) => (name === 'firefox' ? openFirefox() : openChromium(extra));

export const widgetFrame = (page, site = 'shop') => until(() => page.frames().find((one) => one.url().includes(`/w/${site}`)), 10000, 'the widget has a frame');

// Waits for a selector in a frame that either driver gave.
export const seen = (frame, selector, ms = 15000) => until(() => frame.evaluate((wanted) => Boolean(document.querySelector(wanted)), selector).catch(() => false), ms, selector);

export async function press(frame, selector) {
  await seen(frame, selector);
  await frame.click(selector);
}

// Opens the panel on a page of the shop and gives the widget's frame.
export async function openPanel(page, url) {
  if (url) await page.goto(url);
  await until(() => page.evaluate(() => Boolean(window.privet)), 10000, 'the loader is there');
  await page.evaluate(() => window.privet.open());
  return widgetFrame(page);
}

export async function start(frame) {
  await press(frame, 'button.main');
  await seen(frame, 'textarea');
}

export const words = (frame, selector = 'body') => frame.evaluate((wanted) => [...document.querySelectorAll(wanted)].map((one) => one.innerText).join('\n'), selector);
const bubbles = (frame) => frame.evaluate(() => [...document.querySelectorAll('li.m.b .bubble')].map((one) => one.innerText));

// What the bot said after `run`, as one text.
export async function answerTo(frame, run) {
  const before = (await bubbles(frame)).length;
  await run();
  await until(() => frame.evaluate((n) => document.querySelectorAll('li.m.b').length > n && !document.querySelector('.state'), before), 30000, 'the bot answers');
  return (await bubbles(frame)).slice(before).join('\n');
}

// Types like a person, in the composer.
export const say = (page, frame, text) => answerTo(frame, async () => {
  await frame.focus('textarea');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
});
