// Drives the real widget in Debian's Chromium against a running server. Chromium is started with people's defaults and joined over
// CDP: Playwright's own switches turn the partitioning of storage off, which no visitor's browser does.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

export async function openChromium(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'privet-chromium-'));
  const child = spawn('/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
  { stdio: 'ignore' });
  const file = join(profile, 'DevToolsActivePort');
  for (let i = 0; i < 200 && !existsSync(file); i++) await pause(50);
  await pause(100);
  const [port, path] = readFileSync(file, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const close = async () => {
    await browser.close();
    child.kill('SIGKILL');
    await pause(100);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, page: await context.newPage(), close };
}

export async function widgetFrame(page, site = 'shop') {
  for (let i = 0; i < 200; i++) {
    const frame = page.frames().find((one) => one.url().includes(`/w/${site}`));
    if (frame) return frame;
    await pause(50);
  }
  throw new Error('the widget has no frame');
}

export async function start(frame) {
  await frame.locator('.screen button.main').click();
  await frame.locator('textarea').waitFor();
}

// Says something and gives what the bot answered.
export async function say(frame, text) {
  const before = await frame.locator('li.m.b').count();
  await frame.locator('textarea').fill(text);
  await frame.locator('textarea').press('Enter');
  await frame.waitForFunction((n) => document.querySelectorAll('li.m.b').length > n && !document.querySelector('.state'), before, { timeout: 30000 });
  return (await frame.locator('li.m.b .bubble').allTextContents()).slice(before).join('\n');
}
