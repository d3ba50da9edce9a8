// What 40 typed words leave behind. They are typed into the real widget while somebody records the line and a session recorder runs in the
// host page; then they are looked for in the recording, in every process's memory, in the log and in every file of the data folder.
//   PRIVET_WAIT (3): seconds from the last turn to the look into memory
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { answerTo, openBrowser, openPanel, say, start, words } from './browser.mjs';
import { searchFolder, searchProcess, wordsIn } from './memory.mjs';
import { counter, openWorld, pause } from './world.mjs';

const wait = Number(process.env.PRIVET_WAIT ?? 3);
const { check, end } = counter();
const word = () => `zq${[...randomBytes(12)].map((byte) => String.fromCharCode(97 + byte % 26)).join('')}`;
const canaries = Array.from({ length: 40 }, word);
const stems = canaries.map((one) => one.slice(0, 10)); // a stemmer may have cut the end off
const none = (found) => found.length === 0;

// Somebody on the line, with every byte of both directions.
function listen(port, inner) {
  const heard = [];
  const server = createServer((browser) => {
    const front = connect(inner, '127.0.0.1');
    for (const [from, to] of [[browser, front], [front, browser]]) {
      from.on('data', (piece) => { heard.push(piece); to.write(piece); });
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  return new Promise((done) => { server.listen(port, '127.0.0.1', () => done({ bytes: () => Buffer.concat(heard), stop: () => server.close() })); });
}

// What is said with each canary: plain talk, questions, flows under way, a callback's address that is kept, markup, long text.
function sentences() {
  const rest = [...canaries];
  const next = () => rest.pop();
  const out = [`my name is ${next()} and I need help`, 'where is my order PR-10001', `${next()}`, '50667', 'I want to talk to a person', 'yes', `${next()}@example.org`,
    `<b>${next()}</b> **bold** [link](https://x.example/${next()})`, `do you have a red ${next()} mug?`, `how long does delivery to ${next()} take?`,
    `${next()} `.repeat(60).trim(), `"${next()}" \\ {"text":"${next()}"}`, `Größe ﬁne é̂̂̂ ${next()}ö für ${next()}?`, `ｗｉｄｅ ${next()} 日本語 ${next()}`];
  const frames = (one) => [`tell me about ${one}`, `is ${one} any good?`, `my order ${one} is late`, `${one}`, `I am ${one}, hello`, `lamps for ${one} under 50 euros`];
  while (rest.length) {
    const one = next();
    out.push(frames(one)[rest.length % 6]);
  }
  return out;
}

// The host page: the recorder first, then the snippet, and a field of the page's own that the recorder does see.
function hostPage(world) {
  const snippet = readFileSync(join(world.folder, 'demo/snippet.html'), 'utf8');
  return `<!doctype html><html lang="en"><head><title>Shop</title><script>${readFileSync('tests/recorder.js', 'utf8')}</script></head><body><input id="own">${snippet}</body></html>`;
}

async function talk(page, frame) {
  let answers = '';
  for (const text of sentences()) answers += `\n${await say(page, frame, text)}`;
  await answerTo(frame, () => frame.click('.quick button')).catch(() => undefined);
  return answers;
}

// Sentences of the bot's answers that stand neither in a public text of the server nor in the program itself.
function answersOf(text, known) {
  return [...new Set(text.split(/\n|(?<=[.!?]) /).map((one) => one.trim()).filter((one) => one.length >= 24 && !known.includes(one)))];
}

async function drive(world, browser, line) {
  const { page, leave } = await browser.visitor();
  await page.goto(`${world.shop}/`);
  await page.focus('#own');
  const own = word();
  await page.keyboard.type(own);
  const frame = await openPanel(page);
  await start(frame);
  const answers = await talk(page, frame);
  const shown = await words(frame);
  check('the visitor sees all that was typed', canaries.every((one) => shown.includes(one)), canaries.filter((one) => !shown.includes(one)));

  const recorded = (await page.evaluate(() => window.recorded)).join('\n');
  check(`the recorder works: it kept ${recorded.length} characters, the page's own field and the loader's messages among them`,
    recorded.includes(own) && recorded.includes('"privet":"hello"') && /frame document|frame text refused/.test(recorded), recorded.slice(0, 400));
  check('and saw not one typed word', none(wordsIn(Buffer.from(recorded), stems)), wordsIn(Buffer.from(recorded), stems));
  const replies = answersOf(answers, await (await fetch(`${world.chat}/w/shop`)).text() + readFileSync(world.program, 'utf8'));
  check(`nor one of ${replies.length} sentences of the bot`, replies.length > 5 && none(replies.filter((one) => recorded.includes(one))), replies);

  await pause(wait * 1000);
  check('the search finds what a process does hold', searchProcess(world.children().front, [world.shop]).found.length > 0);
  for (const [name, pid] of Object.entries({ parent: world.server.pid, ...world.children() })) {
    const { bytes, found } = searchProcess(pid, name === 'core' ? stems : [...stems, ...replies]);
    check(`${name}: none of it in ${(bytes / 1048576).toFixed(1)} MB of memory, ${wait} s after the last turn`, none(found), found);
  }
  const heard = line.bytes();
  check(`none of it on the line, ${heard.length} bytes`, heard.length > 40000 && none(wordsIn(heard, [...stems, ...replies])), wordsIn(heard, [...stems, ...replies]));
  check('none of it in the log', world.log.includes('"serving"') && none(wordsIn(Buffer.from(world.log), [...stems, ...replies])));
  const { bytes, found } = searchFolder(join(world.folder, 'demo'), [...stems, ...replies]);
  check(`none of it in any file, ${bytes} bytes`, bytes > 50000 && none(found), found);
  await leave();
}

const world = await openWorld({ behind: true, page: hostPage });
const line = await listen(world.port, world.inner);
const browser = await openBrowser('chromium');
try {
  await drive(world, browser, line);
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await browser.close();
line.stop();
await world.close();
end();
