// The floors of the detector, on the half of the sentences that it was not tuned on, with fewer values than measure.mjs: each line is one
// check. Last line: "N passed, N failed".
import { existsSync } from 'node:fs';
import { measure, measureChat, find } from './measure.mjs';

const here = new URL('.', import.meta.url).pathname, privet = process.env.PRIVET ?? `${here}../../build/privet`;
const intents = process.env.PRIVET_INTENTS ?? `${here}../../../shared/data/intents`;
let passed = 0, failed = 0;
function check(what, value, least, most = Infinity) {
  const good = value >= least && value <= most;
  if (good) passed++; else failed++;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}: ${value.toFixed(2)}${least > -Infinity ? `, at least ${least}` : ''}${most < Infinity ? `, at most ${most}` : ''}`);
}

const out = measure({ privet, half: 'test', count: 40 }), plain = out.plain;
const share = (set, type, kind = 'typed') => { const row = set.rows.get(type); return (100 * row[kind]) / row.n; };
for (const type of ['CARD', 'IBAN', 'EMAIL', 'IP', 'URL', 'US_SSN']) check(`recall of ${type}`, share(plain, type), 99.5);
for (const [type, least] of [['PHONE', 95], ['STREET', 85], ['PERSON', 85], ['PASSWORD', 95], ['PIN', 99], ['CVV', 95], ['OTP', 99], ['BIRTH_DATE', 98], ['VIN', 95], ['PLATE', 85],
  ['PASSPORT', 97], ['LICENCE', 97], ['BANK_ACCOUNT', 97], ['BANK_ROUTING', 99], ['MAC', 99], ['IMEI', 99], ['GPS', 99], ['WALLET', 99], ['API_KEY', 99], ['JWT', 99]])
  check(`recall of ${type}`, share(plain, type), least);
check('national numbers found, under any type', share(plain, 'NATIONAL', 'any'), 98);
check('national numbers found, under their own type', share(plain, 'NATIONAL'), 93);
check('person false alarms per 1,000 other tokens', plain.alarms.per1000, -Infinity, 10);
const kinds = Object.values(plain.harmless), sum = (key) => kinds.reduce((total, k) => total + k[key], 0);
check('orders, prices, dates, versions and tracking numbers taken for national ones, percent', (100 * sum('national')) / sum('n'), -Infinity, 1);
for (const type of ['CARD', 'IBAN', 'EMAIL', 'IP', 'URL', 'US_SSN', 'PHONE'])
  for (const name of Object.keys(out)) check(`what ${name} costs ${type}, points`, share(plain, type) - share(out[name], type), -Infinity, 1);

// Digits that stand for order numbers and the like must not become cards by chance.
const digits = Array.from({ length: 2000 }, (_, i) => String(BigInt(i + 1) * 48271n * 7919n * 104729n % 10n ** 13n).padStart(13, '1'));
const spans = find(privet, digits.map((text) => ({ text: `number ${text}` })));
check('thirteen random digits taken for something, percent', (100 * spans.filter((s) => s.length).length) / digits.length, -Infinity, 2);

if (existsSync(intents)) {
  // Names that people do give ("my name is tom") are in these lines too and are rightly altered.
  for (const [set, most] of [['clinc150', 0.5], ['hwu64', 1], ['snips', 2]]) { const s = measureChat(privet, intents)[set]; check(`lines of ${set} altered, percent`, (100 * s.altered) / s.lines, -Infinity, most); }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
