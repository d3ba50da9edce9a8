// Drives the real widget in Debian's Chromium against a running server. Only for tests.
import { chromium } from 'playwright-core';

// Playwright switches off the partitioning of storage that people's Chromium has; its exact flag is taken out again.
const partitioned = ['--disable-features=ImprovedCookieControls,LazyFrameLoading,GlobalMediaControls,DestroyProfileOnBrowserClose,MediaRouter,DialMediaRouteProvider,AcceptCHFrame,AutoExpandDetailsElement,CertificateTransparencyComponentUpdater,AvoidUnnecessaryBeforeUnloadCheckSync,Translate,HttpsUpgrades,PaintHolding,ThirdPartyStoragePartitioning,LensOverlay,PlzDedicatedWorker'];

export async function openChromium(options = {}) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, ignoreDefaultArgs: partitioned,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  return { browser, context, page: await context.newPage() };
}

export const widgetFrame = async (page, site = 'shop') => {
  for (let i = 0; i < 200; i++) {
    const frame = page.frames().find((one) => one.url().includes(`/w/${site}`));
    if (frame) return frame;
    await page.waitForTimeout(50);
  }
  throw new Error('no frame');
};

export async function start(frame) {
  await frame.locator('.screen button.main').click();
  await frame.locator('textarea').waitFor();
}

export async function say(frame, text) {
  const before = await frame.locator('li.m.b').count();
  await frame.locator('textarea').fill(text);
  await frame.locator('textarea').press('Enter');
  await frame.waitForFunction((n) => document.querySelectorAll('li.m.b').length > n && !document.querySelector('.state'), before, { timeout: 20000 });
  return (await frame.locator('li.m.b .bubble').allTextContents()).slice(before).join('\n');
}
