// Hostile strings typed by a visitor, and in the place of a bot's answers, articles, products and tables, drawn by the real widget and the
// full-page chat: nothing of them runs, no query is another, no log line is forged, no cell of a CSV is a formula.
//   node tests/hostile.mjs     PRIVET_HOSTILE (360): how many strings; 10000 is the whole set     PRIVET_SEED (1)
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerTo, openBrowser, openPanel, start, words } from './browser.mjs';
import { hostiles } from './hostile_strings.mjs';
import { counter, openWorld, until } from './world.mjs';

const count = Number(process.env.PRIVET_HOSTILE ?? 360), seed = Number(process.env.PRIVET_SEED ?? 1);
const strings = hostiles(count, seed), texts = strings.map((one) => one.text);
const { check, end } = counter();
const groups = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
const say_size = count > 1000 ? 4 : 1, answer_size = 12, pages_max = 400;
const none = (list) => list.length === 0;

// A bot whose every text is hostile: answers in turn, an article and a row of a table for each group, products by fours.
function writeBot(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['knowledge', 'tables']) mkdirSync(join(folder, name), { recursive: true });
  const quoted = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).replace(/\\ud[89ab]../gi, '').replace(/\\ud[c-f]../gi, '\\ufffd');
  const cell = (text) => `"${text.replace(/"/g, '""').replace(/[\r\n]/g, ' ')}"`;
  // HTML, and links that lead elsewhere, are refused when a bot is loaded: here they stand escaped, as an author would have to write them.
  const escaped = (text) => text.replace(/[<[\](`*_~#|]/g, '\\$&').replace(/[{}]/g, (c) => (c === '{' ? '｛' : '｝')).replace(/\n+/g, '\n').replace(/\u0000/g, '');
  const answers = groups(texts, answer_size);
  const variants = answers.map((group) => `  - text: {en: ${quoted(group.map(escaped).join('\n\n'))}}`);
  writeFileSync(join(folder, 'bot.yaml'), `version: "1"
name: Hostile
languages: [en]
disclosure: {en: "I am a machine."}
links: ["*.hostile.example", hostile.example, "127.0.0.1"]
intents:
- intent: next_page
  examples: {en: "- turn the page\\n- next page please\\n- show the next page"}
  action: utter_page
- intent: show_row
  examples: {en: "- look into the table\\n- show a row of the table\\n- open the table"}
slots:
  row: {type: text, max: 20}
tables:
  rows: {file: tables/rows.csv, key: [row]}
responses:
  utter_ask_row:
  - text: {en: "Which row?"}
  utter_row:
  - text: {en: "Row: {rows.a}"}
  utter_no_row:
  - text: {en: "No such row."}
  utter_page:
${variants.join('\n')}
flows:
  rows:
    description: shows a row
    start: [show_row]
    steps:
    - collect: row
    - lookup: rows
      next:
      - if: not slots.found
        then: none
      - else: tell
    - id: tell
      action: utter_row
      next: END
    - id: none
      action: utter_no_row
      next: END
`);
  writeFileSync(join(folder, 'tables/rows.csv'), `row,a\n${answers.map((group, i) => `row${i}q,${cell(group.join(' '))}`).join('\n')}\n`);
  answers.forEach((group, i) => writeFileSync(join(folder, `knowledge/a${i}.md`), `---\ntitle: Topic wz${i}k\nlanguage: en\n---\n${group.map(escaped).join('\n\n')}\n`));
  writeFileSync(join(folder, 'products.csv'), `id,title,description,category,price,currency,stock,url,image\n${groups(texts, 4).map((group, i) =>
    `P-${i},${cell(`vase pz${Math.floor(i / 3)}k ${group.join(' ')}`)},${cell(group[0])},vases,9.90,EUR,5,/p/${i},`).join('\n')}\n`);
  return answers.length;
}

// In every document before its own scripts. What ran says so here, in a dialog, in a refusal of the policy, or on the line.
function watchDocument() {
  window.__seen = [];
  let owned;
  Object.defineProperty(window, '__owned', { get: () => owned, set: (value) => { owned = value; window.__seen.push(`owned ${value}`); } });
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = (text) => { window.__seen.push(`${name} ${text}`); };
  document.addEventListener('securitypolicyviolation', (event) => window.__seen.push(`policy ${event.violatedDirective} ${event.blockedURI}`));
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((one) => [...one.addedNodes]).filter((one) => one.nodeType === 1).flatMap((one) => [one, ...one.querySelectorAll('*')])) {
      if (/^(script|iframe|object|embed|form|meta|base|link|style|math|marquee|template)$/i.test(node.tagName)) window.__seen.push(`element ${node.tagName}`);
      for (const { name, value } of node.attributes)
        if (/^on|^srcdoc$|^style$/i.test(name) || (/^(src|href|action|data|srcset|poster)$/i.test(name) && /^\s*(javascript|data|vbscript):/i.test(value))) window.__seen.push(`attribute ${node.tagName} ${name}`);
    }
  }).observe(document, { childList: true, subtree: true });
}

async function watchPage(page, world, foreign) {
  if (page.addInitScript) await page.addInitScript(watchDocument);
  else await page.evaluateOnNewDocument(watchDocument);
  page.on('dialog', (dialog) => { foreign.push(`dialog ${dialog.message()}`); dialog.dismiss().catch(() => undefined); });
  page.on('request', (request) => { if (![world.chat, world.shop].some((own) => request.url().startsWith(own)) && !/^(data|blob|about):/.test(request.url())) foreign.push(request.url()); });
}

// Puts the text where typing puts it: key by key would take hours.
const type = (page, frame, text) => answerTo(frame, async () => {
  await frame.evaluate((typed) => {
    const box = document.querySelector('textarea');
    box.focus();
    box.value = typed;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
  await frame.focus('textarea');
  await page.keyboard.press('Enter');
});

async function openPlace(browser, world, place, foreign) {
  const { page, leave } = await browser.visitor();
  await watchPage(page, world, foreign);
  if (place === 'chat') await page.goto(`${world.chat}/chat`);
  const frame = place === 'chat' ? page.mainFrame() : await openPanel(page, world.shop);
  await start(frame);
  return { page, frame, leave };
}

// Says everything, in as many visits as keep a page short. What the bot said that is of the strings, and what was seen to run.
async function hold(browser, world, place, lines) {
  const found = { seen: [], foreign: [], answered: 0, shown: new Set() };
  for (const visit of groups(lines, pages_max)) {
    const { page, frame, leave } = await openPlace(browser, world, place, found.foreign);
    for (const line of visit) {
      const answer = await type(page, frame, line).catch(async (error) => { throw new Error(`${JSON.stringify(line)}: ${error.message}; ${await words(frame, '.status')}`); });
      found.answered++;
      for (const [mark] of answer.matchAll(/hzq\w+?x/g)) found.shown.add(mark);
    }
    found.seen.push(...await frame.evaluate(() => window.__seen), ...await page.evaluate(() => window.__seen));
    await leave();
  }
  return found;
}

// Of the store, as another program reads it: the schema, whole pages, entries by author.
function storeOf(world) {
  const script = `import sqlite3,json,sys
db=sqlite3.connect("file:"+sys.argv[1]+"?mode=ro",uri=True)
print(json.dumps({"schema":db.execute("select group_concat(sql) from (select sql from sqlite_master order by name)").fetchone()[0],"whole":db.execute("pragma integrity_check").fetchone()[0],
"entries":db.execute("select author,count(*) from entry group by author").fetchall(),"sum":db.execute("select coalesce(sum(entries),0) from conversation").fetchone()[0]}))`;
  const made = spawnSync('python3', ['-c', script, join(world.folder, 'demo/data/store.db')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return JSON.parse(made.stdout);
}

function checkLog(world, messages) {
  const lines = world.log.split('\n').filter(Boolean), bad = [], events = new Map();
  for (const line of lines) {
    try {
      const { at, role, event } = JSON.parse(line);
      if (!Number.isInteger(at) || !/^(parent|front|core|vault|courier|privet)$/.test(role) || !/^[a-z_]+$/.test(event)) bad.push(line);
      events.set(event, (events.get(event) ?? 0) + 1);
    } catch { bad.push(line); }
  }
  check(`each of ${lines.length} log lines is one of ours, and none is forged`, lines.length > 0 && none(bad) && !/forged|hzq|\x1b/.test(world.log), bad.slice(0, 3));
  const suspects = events.get('message_suspect') ?? 0;
  check(`${suspects} of ${messages} messages raised the alarm, one line each at most`, suspects > messages / 3 && suspects <= messages, suspects);
}

function checkCells(privet) {
  const rows = groups(texts.map((text) => text.replace(/[\r\n]+/g, ' ')), 3);
  const input = `a,b,c\n${rows.map((row) => row.map((text) => `"${text.replace(/"/g, '""')}"`).join(',')).join('\n')}\n1,-2.5,+3\n`;
  const made = spawnSync(privet, ['redact', '--csv'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const cells = made.stdout.split('\n').filter(Boolean).flatMap((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, '').replace(/""/g, '"')));
  const formulas = cells.filter((cell) => /^[\s\u00a0]*[=+\-@＝＋－＠]/u.test(cell) && !/^[+-]?[\d.,]+$/.test(cell));
  check(`${cells.length} cells of privet redact --csv, and none that a spreadsheet runs`, made.status === 0 && cells.length > count && none(formulas), [made.stderr, ...formulas.slice(0, 3)]);
  check('numbers stay numbers', made.stdout.endsWith('1,-2.5,+3\n'), made.stdout.slice(-40));
}

const world = await openWorld({ settings: 'handshakes_per_s: 1000\n' });
try {
  await world.stop();
  const pages = writeBot(world.bot);
  await world.start();
  const before = storeOf(world), typed = groups(texts, say_size).map((group) => group.join('\n'));
  const asked = [...Array.from({ length: pages }, () => 'turn the page'), ...Array.from({ length: pages }, (_, i) => `wz${i}k`),
    ...Array.from({ length: Math.ceil(texts.length / 12) }, (_, i) => `vase pz${i}k`), ...Array.from({ length: pages }, (_, i) => ['show a row of the table', `row${i}q`]).flat()];
  let messages = 0;
  for (const name of ['chromium', 'firefox']) {
    const browser = await openBrowser(name), few = name === 'firefox' ? 6 : 1;
    for (const place of ['widget', 'chat']) {
      for (const [what, lines] of [['as a visitor', typed], ['from the bot', asked]]) {
        const some = lines.filter((_, i) => i % few === 0 || (what === 'from the bot' && few > 1 && i % few === 1)), began = Date.now();
        const found = await hold(browser, world, place, some);
        messages += what === 'as a visitor' ? some.length : 0;
        check(`${name}, ${place}, ${what}: ${some.length} messages, ${found.shown.size} strings answered, nothing ran (${Math.round((Date.now() - began) / 1000)} s)`,
          found.answered === some.length && none(found.seen) && none(found.foreign), [found.seen.slice(0, 5), found.foreign.slice(0, 5)]);
        if (what === 'from the bot' && few === 1) check(`${name}, ${place}: they were really there`, found.shown.size > count * 0.6, found.shown.size);
      }
    }
    await browser.close();
  }
  await until(() => true, 1000, 'the log');
  const after = storeOf(world), of = new Map(after.entries);
  check('the store has the tables it had, whole', after.schema === before.schema && after.whole === 'ok', after);
  check(`and an entry for each of ${of.get('v')} messages and one for its answer, no more`, of.get('v') === of.get('b') && after.sum === of.get('v') + of.get('b'), after.entries);
  check('no command ran', none(readdirSync('/tmp').filter((one) => /^owned-hzq/.test(one))));
  checkLog(world, messages);
  checkCells(world.program);
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-3000)}`);
}
await world.close();
end();
