// Personal data that must reach nothing: in a thousand messages and in the answer to every question of every bot, sent past the browser's
// own guard. Afterwards it is looked for in the store (also as its owner's keys open it), the log, every file and every process.
//   PRIVET_MESSAGES (1000)  PRIVET_SEED (5)
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makers, pick, random, seed } from './guard/values.mjs';
import { searchFolder, searchProcess, wordsIn } from './memory.mjs';
import { counter, openWorld, pause } from './world.mjs';

const count = Number(process.env.PRIVET_MESSAGES ?? 1000), build = process.env.PRIVET_BUILD ?? 'build';
const { check, end } = counter();
const none = (list) => list.length === 0;
seed(Number(process.env.PRIVET_SEED ?? 5));

// What is in no case kept (guard/policy.c), and how people announce it.
const frames = {
  CARD: ['my card is {v}', 'charge {v} please', '{v}', 'Kreditkarte {v}', 'ma carte bancaire est {v}', 'pay with {v} and the zip is 94110', 'the card {v} was charged twice'],
  CVV: ['the cvv is {v}', 'security code of my card: {v}', 'CVC {v}', 'Kartenprüfnummer {v}'],
  PASSWORD: ['my password is {v}', 'password: {v}', 'mein Passwort lautet {v}', 'mot de passe : {v}', 'I cannot log in, my password is {v}'],
  PIN: ['my pin is {v}', 'PIN: {v}', 'meine PIN ist {v}'],
  OTP: ['the one-time code is {v}', 'verification code {v}', 'Einmalcode: {v}'],
  API_KEY: ['my key is {v}', '{v}', 'use the token {v} for it'],
  JWT: ['here is the token {v}', '{v}'],
  US_SSN: ['my ssn is {v}', 'social security number {v}'],
  PASSPORT: ['my passport number is {v}', 'Passport no. {v}'],
  LICENCE: ["my driver's licence number is {v}", 'driving licence {v}'],
  IMEI: ['the imei is {v}', 'IMEI: {v}'],
  MAC: ['the mac address is {v}', 'router mac {v}'],
  BIRTH_DATE: ['my date of birth is {v}', 'born on {v}', 'Geburtsdatum: {v}'],
};
// Words of a password are other people's as well: one that nothing else holds.
const unlike = { PASSWORD: () => `Zq${random(1e9).toString(36)}${pick(['!', '#', '_', 'x'])}${10 + random(89)}K`, PIN: () => String(100000 + random(899999)), CVV: () => String(1000 + random(8999)) };
const compact = (text) => text.replace(/[\s-]/g, '');
// Three or four digits stand in any file by chance: those of the short ones are looked for in what was kept, in their sentence.
const is_short = (type) => ['CVV', 'PIN', 'OTP', 'BIRTH_DATE'].includes(type);

const types = Object.keys(frames), sent = [];
function canary(i, type = types[i % types.length]) {
  const value = (unlike[type] ?? makers[type])('en'), text = frames[type][Math.floor(i / types.length) % frames[type].length].replace('{v}', value);
  sent.push({ type, value, text });
  return text;
}
const parts = (number) => { const digits = compact(number), at = 4 + random(digits.length - 8); return [digits.slice(0, at), digits.slice(at)]; };

// The turns of every example conversation; at each, the canaries come first, by themselves and behind the true answer.
function conversations(folder) {
  return readdirSync(join(folder, 'chats')).map((name) => readFileSync(join(folder, 'chats', name), 'utf8').split('\n').filter((line) => line.startsWith('> ')).map((line) => line.slice(2)));
}

function script(folder) {
  const lines = [];
  let i = 0;
  for (const said of conversations(folder)) {
    for (let at = 0; at < said.length; at++) {
      lines.push('new', ...said.slice(0, at).map((line) => `say ${line}`));
      for (let k = 0; k < 3; k++) lines.push(`say ${canary(i++)}`);
      lines.push(`say ${said[at]} ${canary(i++)}`, ...said.slice(at).map((line) => `say ${line}`), 'history');
    }
  }
  return lines;
}

function talk(world, root, lines) {
  return new Promise((done) => {
    const child = spawn(join(build, 'tests/talker'), [world.chat, root]);
    let out = '', wrong = '';
    child.stdout.on('data', (piece) => { out += piece; });
    child.stderr.on('data', (piece) => { wrong += piece; });
    child.on('close', (code) => done({ out, wrong, code }));
    child.stdin.end(`${lines.join('\n')}\n`);
  });
}

const replies = (out) => out.split('\n').filter((line) => line.startsWith('{"v":1'));
const told = (out) => replies(out).filter((line) => line.includes('"kind":"refused"') || /recogni|erkannt|reconnu|reconocido/.test(line)).length;
// What of it is in a text: whole, or without its blanks.
const leaked = (text) => { const squeezed = compact(text); return sent.filter(({ value, type }) => (is_short(type) ? new RegExp(`(?<![\\w.-])${value.replace(/[^\w]/g, '\\$&')}(?![\\w.-])`).test(text)
  : text.includes(value) || squeezed.includes(compact(value)))); };

// Every question that a flow of the bot asks was asked in the run.
function checkQuestions(bot, out) {
  const yaml = readFileSync(join('bots', bot, 'bot.yaml'), 'utf8');
  const slots = [...new Set([...yaml.matchAll(/collect: (\w+)/g)].map((m) => m[1]))];
  const missing = slots.filter((slot) => {
    const text = new RegExp(`utter_ask_${slot}:\\s*\\n\\s*- text:\\s*(?:\\{en: |\\n\\s*en: )"([^"{]{8,24})`).exec(yaml)?.[1];
    return !text || !out.includes(text.split(/[*[]/)[0].trim());
  });
  check(`${bot}: all ${slots.length} questions of its flows were asked`, none(missing), missing);
}

async function drive(world) {
  const root = /^root: (.*)$/m.exec(readFileSync(world.config, 'utf8'))[1];
  let kept = '', messages = 0;
  for (const bot of readdirSync('bots')) {
    await world.stop();
    rmSync(world.bot, { recursive: true });
    cpSync(join('bots', bot), world.bot, { recursive: true });
    await world.start();
    const lines = script(join('bots', bot)), { out, wrong, code } = await talk(world, root, lines);
    const said = lines.filter((line) => line.startsWith('say ')).length;
    check(`${bot}: ${said} messages are answered`, code === 0 && replies(out).length === said, [wrong, replies(out).length]);
    checkQuestions(bot, replies(out).join('\n'));
    kept += out;
    messages += said;
  }
  const lines = [];
  for (let i = 0; i < count; i++) lines.push(...(i % 50 === 0 ? ['new'] : []), `say ${canary(i)}`, ...(i % 50 === 49 || i === count - 1 ? ['history'] : []));
  const many = await talk(world, root, lines);
  check(`${count} messages, each with a value: ${told(many.out)} were told of`, many.code === 0 && replies(many.out).length === count && told(many.out) >= count * 0.99, [many.wrong, told(many.out)]);
  kept += many.out;

  // A card in two messages: what was sent before its last piece is kept, the whole number nowhere.
  const pieces = Array.from({ length: 40 }, () => makers.CARD()), split = [];
  for (const number of pieces) { const [a, b] = parts(number); split.push('new', `say my card is ${a}`, `say ${b}`, 'history'); sent.push({ type: 'CARD', value: compact(number), text: `${a} | ${b}` }); }
  const cards = await talk(world, root, split), refused = replies(cards.out).filter((line) => line.includes('"kind":"refused"')).length;
  check(`of ${pieces.length} cards in two messages ${refused} were refused at the second`, cards.code === 0 && refused >= pieces.length, [cards.wrong, refused]);
  kept += cards.out;

  const found = leaked(kept);
  check(`of ${sent.length} values none is in what ${messages + count} messages left, opened with the visitors' own keys (${kept.length} letters)`, kept.length > 100000 && none(found), found.slice(0, 5));
  check('the log has none of them', world.log.includes('"message_refused"') && none(leaked(world.log)), leaked(world.log).slice(0, 5));
  const long = [...new Set(sent.filter(({ type }) => !is_short(type)).flatMap(({ value }) => [value, compact(value)]))];
  const files = searchFolder(join(world.folder, 'demo'), long);
  check(`no file has one, ${files.bytes} bytes`, files.bytes > 100000 && none(files.found), files.found.slice(0, 3));
  await pause(3000);
  for (const [name, pid] of Object.entries({ parent: world.server.pid, ...world.children() })) {
    const { bytes, found: there } = searchProcess(pid, name === 'core' ? long.slice(0, 200) : long.slice(-400));
    check(`${name}: none in ${(bytes / 1048576).toFixed(1)} MB of memory${name === 'courier' ? ', which is all that was ever on the wire to it' : ''}`, none(there), there.slice(0, 3));
  }
  const metrics = await fetch(`${world.chat}/metrics`);
  check('there are no metrics for anybody, or none with a value', metrics.status === 404 || none(leaked(await metrics.text())), metrics.status);
  check('the search finds what is there', wordsIn(Buffer.from(`x${long[0]}y`), long).length > 0 && leaked(sent[0].text).length > 0);
}

const made = spawnSync('test', ['-x', join(build, 'tests/talker')]);
const world = await openWorld({ settings: 'handshakes_per_s: 1000\n' });
try {
  if (made.status !== 0) throw new Error('tests/talker is not built');
  await drive(world);
} catch (error) {
  check('the drive came to its end', false, `${error.stack}\n${world.log.slice(-1500)}`);
}
await world.close();
end();
