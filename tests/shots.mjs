// Pictures of the widget, to be looked at: node tests/shots.mjs FOLDER
import { openBrowser, openPanel, say, start } from './browser.mjs';
import { openWorld, pause } from './world.mjs';

const folder = process.argv[2];
const shots = [['light', {}, '/', 'mugs under 20 euro'], ['dark', { colorScheme: 'dark' }, '/', 'how long does delivery take?'],
  ['phone', { viewport: { width: 360, height: 640 } }, '/', 'where is my order?'], ['german', {}, '/de', 'Wie lange habe ich Zeit für eine Rücksendung?'],
  ['rtl', {}, '/rtl', 'what are your opening hours?'], ['reflow', { viewport: { width: 320, height: 256 } }, '/', 'mugs under 20 euro'],
  ['forced-colours', { forcedColors: 'active' }, '/', 'mugs under 20 euro']];
const world = await openWorld();
const browser = await openBrowser('chromium');
for (const [name, options, path, text] of shots) {
  const { page, leave } = await browser.visitor(options);
  const frame = await openPanel(page, world.shop + path);
  await pause(1200);
  await page.screenshot({ path: `${folder}/${name}-disclosure.png` });
  await start(frame);
  await say(page, frame, text);
  await pause(300);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await leave();
}
const firefox = await openBrowser('firefox');
const { page } = await firefox.visitor();
const frame = await openPanel(page, `${world.shop}/`);
await start(frame);
await say(page, frame, 'mugs under 20 euro');
await page.screenshot({ path: `${folder}/firefox.png` });
await firefox.close();
await browser.close();
await world.close();
