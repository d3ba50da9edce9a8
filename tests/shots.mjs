// Pictures of the widget, to be looked at: node tests/shots.mjs CHAT SHOP FOLDER
import { openChromium, pause, say, start, widgetFrame } from './browser.mjs';

const [, , , shop, folder] = process.argv;
const shots = [['light', {}, '/', 'mugs under 20 euro'], ['dark', { colorScheme: 'dark' }, '/', 'how long does delivery take?'],
  ['phone', { viewport: { width: 360, height: 640 } }, '/', 'where is my order?'], ['german', {}, '/de', 'Wie lange habe ich Zeit für eine Rücksendung?'],
  ['rtl', {}, '/rtl', 'what are your opening hours?']];
for (const [name, options, path, words] of shots) {
  const { page, close } = await openChromium(options);
  await page.goto(shop + path);
  await page.locator('#ask').waitFor();
  await pause(400);
  await page.evaluate(() => window.privet.open());
  const frame = await widgetFrame(page);
  await start(frame);
  await say(frame, words);
  await pause(300);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await close();
}
