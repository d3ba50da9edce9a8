// Programs talk to the bot: OpenAI's own client, and Rasa's REST channel as its documentation calls it. Without a key there is no such
// interface; a sender is bound to its key or session token; what is kept is opened by nobody who has the disk; errors have each API's shape.
import { execFile, spawnSync } from 'node:child_process';
import { createHmac, hkdfSync } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import OpenAI from 'openai';
import { counter, openWorld, pause, until } from './world.mjs';

const { check, end } = counter();
const world = await openWorld({ settings: '\nprogram_turns_per_s: 200\n' });
const key = (...words) => spawnSync(world.program, ['key', ...words, '--config', world.config], { encoding: 'utf8' });
const post = async (path, body, token, extra = {}) => {
  const answer = await fetch(world.chat + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}), ...extra } });
  const text = await answer.text();
  let json = null;
  try { json = JSON.parse(text); } catch { /* events, lines */ }
  return { status: answer.status, headers: answer.headers, text, json };
};
const rest = (sender, message, token, metadata) => post('/webhooks/rest/webhook', { sender, message, ...(metadata ? { metadata } : {}) }, token);
const texts = (answer) => answer.json.map((one) => one.text ?? '').join('\n');
const isRasaError = (answer, status) => answer.status === status && answer.json?.status === 'failure' && answer.json.code === status && typeof answer.json.message === 'string'
  && typeof answer.json.reason === 'string';
const isOpenAiError = (answer, status) => answer.status === status && typeof answer.json?.error?.message === 'string' && typeof answer.json.error.type === 'string'
  && 'param' in answer.json.error && 'code' in answer.json.error;

// Off until a key is made.
check('without a key there is no REST channel', isRasaError(await rest('u1', 'hello', 'pvk_x'), 404));
check('without a key there are no completions', isOpenAiError(await post('/v1/chat/completions', { model: 'shop', messages: [{ role: 'user', content: 'hello' }] }), 404));
check('without a key there are no models', (await fetch(`${world.chat}/v1/models`)).status === 404);

const made = key('add', 'the warehouse');
const secret = made.stdout.trim();
check('a key is made and shown once', made.status === 0 && /^pvk_[A-Za-z0-9_-]{54}$/.test(secret), made);
check('it says that nothing is sealed', /not sealed/.test(made.stderr));
const other = key('add', 'another').stdout.trim();
check('keys are listed by id, day and name', /^[0-9a-f]{16} {2}\d{4}-\d\d-\d\d {2}the warehouse$/m.test(key('list').stdout), key('list').stdout);
check('and not shown', !key('list').stdout.includes(secret.slice(4, 20)));

// Rasa's REST channel.
check('GET /webhooks/rest/ says ok', (await (await fetch(`${world.chat}/webhooks/rest/`)).json()).status === 'ok');
const hello = await rest('u1', 'where is my order?', secret);
check('a message is answered in Rasa’s form', hello.status === 200 && Array.isArray(hello.json) && hello.json.every((one) => one.recipient_id === 'u1'), hello.text);
check('the first answer says that this is a machine, and not sealed', /machine/.test(hello.json[0].text) && /not sealed/.test(hello.json[0].text) && hello.json[0].text.includes('/notice'), hello.json[0]);
check('so does a header', hello.headers.get('privet-sealed') === 'no');
const asked = await rest('u1', 'PR-10002', secret);
check('the dialogue goes on: the order number is asked, then the postcode', /postcode/i.test(texts(asked)) && !/machine/.test(texts(asked)), asked.text);
check('and its end comes', /PR-10002/.test(texts(await rest('u1', '10115', secret))));
await rest('canary', 'does the walnut nightingale sing at Canary Wharf', secret);
await rest('canary', 'and the second violet otter', secret);
// The whole folder is stolen, with all keys of the server; the store has the program's key as a hash alone.
const stolen = join(world.folder, 'stolen');
cpSync(join(world.folder, 'demo'), stolen, { recursive: true });
const attack = (...words) => new Promise((done) => {
  execFile(join(process.env.PRIVET_BUILD ?? 'build', 'tests/attack'), [stolen, ...words], (error, text) => done({ status: error?.code ?? 0, ...JSON.parse(text.trim().split('\n').pop()) }));
});
const blind = await attack();
check('a thief with the folder and every key of the server reads no turn', blind.status === 0 && blind.entries === 10 && blind.turns === 0 && blind.wraps === 0 && blind.leaks === 0, blind);
// protocol/channel.md, section 10: whoever has the API key makes the sender's own key of it.
const ownKey = (keyText, site, sender) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(site.length);
  const raw = Buffer.from(keyText.slice(4), 'base64url').subarray(8);
  const made = Buffer.from(hkdfSync('sha256', raw, 'privet/1 sender', Buffer.concat([length, Buffer.from(site + sender)]), 32));
  return createHmac('sha256', made).update('history').update(Buffer.from([1])).digest('hex');
};
const owner = await attack('--ahk', ownKey(secret, 'shop', 'canary'));
check('whoever has the API key reads that sender’s, and no other', owner.status === 1 && owner.turns === 4, owner);
check('another key reads nothing of it', (await attack('--ahk', ownKey(other, 'shop', 'canary'))).turns === 0);

await rest('u9', 'where is my order PR-10002', secret);
const apart = await rest('u9', '10115', other);
check('the same sender of another key is somebody else', /machine/.test(texts(apart)) && !/PR-10002/.test(texts(apart)), apart.text);
const wrongAnswer = await rest('buttons', 'where is my order', secret);
const cancel = wrongAnswer.json.flatMap((one) => one.buttons ?? [])[0];
check('buttons have title and payload', cancel === undefined || (typeof cancel.title === 'string' && cancel.payload.length > 0), cancel);
check('a payload is a button that was pressed', /stopped/i.test(texts(await rest('buttons', '/cancel', secret))));
const found = await rest('cards', 'mugs under 20 euro', secret);
check('products are text, and cards for programs that draw them', found.json.some((one) => one.custom?.cards?.length > 0 && /€/.test(one.text)), found.text);
const lines = (await post('/webhooks/rest/webhook?stream=true', { sender: 'lines', message: 'hello' }, secret));
check('stream=true gives an object per line', lines.headers.get('content-type').startsWith('text/event-stream') && lines.text.trim().split('\n').map((one) => JSON.parse(one)).every((one) => one.recipient_id === 'lines'), lines.text);
const german = await rest('de', 'wo ist meine Bestellung', secret, { language: 'de' });
check('in its language', /Maschine/.test(texts(german)) && /nicht versiegelt/.test(texts(german)), german.text);
const models = await (await fetch(`${world.chat}/v1/models`, { headers: { Authorization: `Bearer ${secret}` } })).json();
const shown = await rest('shown', 'hello', secret, { notice: models.data[0].notice.version });
check('a program that has shown the notice is not told it again', !/not sealed/.test(texts(shown)), shown.text);
const card = await rest('card', 'my card is 4111 1111 1111 1111', secret);
check('the guard stands before programs, too', card.status === 200 && !card.text.includes('4111 1111'), card.text);

// A sender's token.
const session = (await post('/webhooks/rest/session', { sender: 'browser-7', seconds: 600 }, secret)).json;
check('a session token is made for one sender', /^pvs_/.test(session.token) && session.sender === 'browser-7', session);
check('it speaks for that sender', (await rest('browser-7', 'where is my order?', session.token)).status === 200);
check('the key goes on in the same conversation', /postcode/i.test(texts(await rest('browser-7', 'PR-10002', secret))));
check('it does not speak for another', isRasaError(await rest('u1', 'hello', session.token), 403));
check('nor makes tokens', isRasaError(await post('/webhooks/rest/session', { sender: 'u1' }, session.token), 403));
check('nor erases', isRasaError(await post('/webhooks/rest/erase', { sender: 'browser-7' }, session.token), 403));
const bent = session.token.slice(0, -1) + (session.token.endsWith('A') ? 'B' : 'A');
check('one that was changed does not', isRasaError(await rest('browser-7', 'hello', bent), 403) || isRasaError(await rest('browser-7', 'hello', bent), 401));
const long = session.token.slice(0, 16) + (session.token[16] === 'A' ? 'B' : 'A') + session.token.slice(17);
check('nor one whose end was moved', [401, 403].includes((await rest('browser-7', 'hello', long)).status));

// OpenAI's own client.
const client = new OpenAI({ apiKey: secret, baseURL: `${world.chat}/v1`, maxRetries: 0 });
const listed = await client.models.list();
check('openai: models.list', listed.data.length === 1 && listed.data[0].id === 'shop' && listed.data[0].sealed === false, listed.data);
check('openai: models.retrieve', (await client.models.retrieve('shop')).id === 'shop');
const messages = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Where is my order?' }];
const first = await client.chat.completions.create({ model: 'shop', messages });
check('openai: a completion', first.object === 'chat.completion' && first.choices[0].finish_reason === 'stop' && /order number/i.test(first.choices[0].message.content), first);
check('openai: usage', first.usage.total_tokens === first.usage.prompt_tokens + first.usage.completion_tokens && first.usage.prompt_tokens > 0);
check('openai: the first answer says what it is', /machine/.test(first.choices[0].message.content) && first.system_fingerprint === 'not-sealed');
messages.push(first.choices[0].message, { role: 'user', content: [{ type: 'text', text: 'PR-10002' }] });
const second = await client.chat.completions.create({ model: 'shop', messages, temperature: 0.2, max_tokens: 256 });
check('openai: the conversation goes on from its messages alone', /postcode/i.test(second.choices[0].message.content) && !/machine/.test(second.choices[0].message.content), second.choices[0]);
messages.push(second.choices[0].message, { role: 'user', content: '10115' });
const stream = await client.chat.completions.create({ model: 'shop', messages, stream: true, stream_options: { include_usage: true } });
let streamed = '', chunks = 0, finish = null, usage = null;
for await (const chunk of stream) {
  chunks++;
  streamed += chunk.choices[0]?.delta?.content ?? '';
  finish = chunk.choices[0]?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}
check('openai: streamed, in several pieces, with its end and usage', chunks > 3 && /PR-10002/.test(streamed) && finish === 'stop' && usage?.completion_tokens > 0, { chunks, streamed, finish, usage });
const whole = await client.chat.completions.create({ model: 'shop', messages });
check('openai: the same whole', whole.choices[0].message.content === streamed, [whole.choices[0].message.content, streamed]);
const runner = client.chat.completions.stream({ model: 'shop', messages: [{ role: 'user', content: 'hello' }] });
check('openai: its stream helper', /machine/.test((await runner.finalChatCompletion()).choices[0].message.content));
const kept = await client.chat.completions.create({ model: 'shop', user: 'customer-9', messages: [{ role: 'user', content: 'how long do I have to send something back?' }] });
check('openai: a link is whole', /https?:\/\//.test(kept.choices[0].message.content) && /30 days/.test(kept.choices[0].message.content), kept.choices[0].message.content);
const fails = async (make) => { try { await make(); return null; } catch (error) { return error; } };
const noKey = await fails(() => new OpenAI({ apiKey: 'pvk_wrong', baseURL: `${world.chat}/v1`, maxRetries: 0 }).chat.completions.create({ model: 'shop', messages }));
check('openai: AuthenticationError', noKey instanceof OpenAI.AuthenticationError && noKey.code === 'invalid_api_key', noKey);
check('openai: NotFoundError', (await fails(() => client.chat.completions.create({ model: 'gpt-9', messages }))) instanceof OpenAI.NotFoundError);
check('openai: BadRequestError, with its parameter', (await fails(() => client.chat.completions.create({ model: 'shop', messages: [] })))?.param === 'messages');
check('openai: an image is refused', (await fails(() => client.chat.completions.create({ model: 'shop', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.example/y.png' } }] }] }))) instanceof OpenAI.BadRequestError);

// Wrong types, wrong bodies.
for (const [what, body] of [['no JSON', '{'], ['a list', []], ['a number as sender', { sender: 7, message: 'x' }], ['no message', { sender: 'x' }], ['a list as message', { sender: 'x', message: [] }],
  ['a long sender', { sender: 'x'.repeat(201), message: 'x' }], ['a sender with a line break', { sender: 'x\ny', message: 'x' }], ['metadata that is a text', { sender: 'x', message: 'x', metadata: 'y' }],
  ['a message of 5,000 letters', { sender: 'x', message: 'ä'.repeat(5000) }], ['nothing but blanks', { sender: 'x', message: ' \u200b ' }], ['deep nesting', '{"sender":'.repeat(3000)]])
  check(`Rasa: ${what} is refused in its shape`, isRasaError(await post('/webhooks/rest/webhook', body, secret), 400));
for (const [what, body] of [['no JSON', 'x'], ['no model', { messages }], ['a number as content', { model: 'shop', messages: [{ role: 'user', content: 7 }] }], ['an unknown role', { model: 'shop', messages: [{ role: 'king', content: 'x' }] }],
  ['a last word of the assistant', { model: 'shop', messages: [{ role: 'user', content: 'x' }, { role: 'assistant', content: 'y' }] }], ['two answers', { model: 'shop', messages, n: 2 }],
  ['a text as stream', { model: 'shop', messages, stream: 'yes' }], ['an empty message', { model: 'shop', messages: [{ role: 'user', content: '' }] }], ['doubled members', '{"model":"shop","model":"shop","messages":[]}']])
  check(`OpenAI: ${what} is refused in its shape`, isOpenAiError(await post('/v1/chat/completions', body, secret), 400));
check('Rasa: an oversized body', isRasaError(await post('/webhooks/rest/webhook', { sender: 'x', message: 'y'.repeat(90000) }, secret), 413));
check('OpenAI: an oversized body', isOpenAiError(await post('/v1/chat/completions', { model: 'shop', messages: [{ role: 'user', content: 'y'.repeat(90000) }] }, secret), 413));
const many = Array.from({ length: 700 }, (_, i) => ({ role: i % 2 ? 'assistant' : 'user', content: `message number ${i}` })).concat([{ role: 'user', content: 'opening hours' }]);
check('OpenAI: seven hundred messages', (await post('/v1/chat/completions', { model: 'shop', messages: many }, secret)).status === 200);
check('OpenAI: another method', isOpenAiError(await (async () => { const a = await fetch(`${world.chat}/v1/chat/completions`, { headers: { Authorization: `Bearer ${secret}` } }); return { status: a.status, json: await a.json() }; })(), 405));
check('Rasa: another address', isRasaError(await post('/webhooks/slack/webhook', {}, secret), 404));
const chunked = await new Promise((done) => {
  const one = request(`${world.chat}/webhooks/rest/webhook`, { method: 'POST', headers: { Authorization: `Bearer ${secret}`, 'Transfer-Encoding': 'chunked' } }, (answer) => {
    let text = '';
    answer.on('data', (piece) => { text += piece; }).on('end', () => done({ status: answer.statusCode, json: JSON.parse(text) }));
  });
  one.on('error', (error) => done({ status: 0, json: null, error }));
  one.end('{}');
});
check('Rasa: a body without its length is refused in its shape', isRasaError(chunked, 400), chunked);

// At rest.
const files = (at) => readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? files(join(at, name)) : [join(at, name)]));
const data = files(join(world.folder, 'demo/data'));
const seen = (words) => data.filter((file) => readFileSync(file).includes(words));
check('no word, no sender and no key is in the store', data.length >= 2 && ['nightingale', 'violet otter', 'canary', 'browser-7', 'customer-9', secret, secret.slice(20, 40)].every((words) => seen(words).length === 0),
  ['nightingale', 'canary', 'browser-7', secret].map(seen));
check('the names of keys are', seen('the warehouse').length > 0);
check('nor in any log', !world.log.includes('nightingale') && !world.log.includes(secret) && !world.log.includes('canary'));

const erased = (await post('/webhooks/rest/erase', { sender: 'u1' }, secret)).json;
check('a sender is erased', erased.status === 'ok' && erased.entries === 6, erased);
check('and begins anew', /machine/.test(texts(await rest('u1', 'PR-10002', secret))));
await rest('again', 'where is my order?', secret);
await world.stop();
await world.start();
check('a dialogue outlives the server', /postcode/i.test(texts(await rest('again', 'PR-10002', secret))));
check('a session token does not', [401, 403].includes((await rest('browser-7', 'hello', session.token)).status));
const two = await Promise.all([rest('race', 'hello', secret), rest('race', 'opening hours', secret), rest('race', 'thanks', secret)]);
check('messages of one sender at once are answered, or told to come again', two.every((one) => one.status === 200 || isRasaError(one, 503)) && two.some((one) => one.status === 200), two.map((one) => one.status));

// Keys end, and are not guessed.
const id = /^([0-9a-f]{16}).*another$/m.exec(key('list').stdout)[1];
check('a key is removed', key('remove', id).status === 0 && !key('list').stdout.includes('another'));
check('and ends at once', isRasaError(await rest('u1', 'hello', other), 401));
check('what there is not can’t be removed', key('remove', id).status === 1 && key('remove', 'zz').status === 1 && key('add', '').status === 1);
let statuses = [];
for (let i = 0; i < 40; i++) statuses.push((await rest('u1', 'hello', `pvk_${'A'.repeat(50)}${String(i).padStart(4, 'A')}`)).status);
check('guesses are refused, and soon not even looked at', statuses.slice(0, 10).every((one) => one === 401) && statuses.includes(429), statuses);
check('in its shape', isRasaError(await rest('u1', 'hello', secret), 429));
await pause(3000);
check('a moment later the right key is welcome', (await rest('u1', 'hello', secret)).status === 200);

// A Rasa project, imported and served while the server runs, answers its old clients. The real ones too, where they are there.
const real = ['../shared/data/rasa', '../../shared/data/rasa'].find((at) => existsSync(at));
for (const [project, said, wanted] of [['tests/rasa/bakery', ['cake order', '/inform{"flavour": "cherry"}', '3'], /telephone/],
  ...(real ? [[`${real}/helpdesk-assistant`, ['I need to open an incident', 'someone@example.org', '/inform{"priority":"high"}'], /problem description/],
    [`${real}/financial-demo`, ['i want to transfer money', '/affirm', 'Latisha'], /How much money/]] : [])]) {
  const folder = join(world.folder, `imported-${project.split('/').pop()}`);
  const made = spawnSync(world.program, ['import', 'rasa', project, folder, '--basis', 'contract', '--purpose', 'to do what you ask for'], { encoding: 'utf8' });
  const before = world.log.split('"bot_in_service"').length;
  for (const name of readdirSync(world.bot)) rmSync(join(world.bot, name), { recursive: true }); // core may read this folder, and no other of its name
  cpSync(folder, world.bot, { recursive: true });
  await until(() => world.log.split('"bot_in_service"').length > before, 10000, `${project} is served\n${made.stderr}${world.log.slice(-600)}`);
  const answers = [];
  for (const one of said) answers.push(texts(await rest(`client of ${project}`, one, secret)));
  check(`${project}: imported, served, and its form goes on over the REST channel`, wanted.test(answers.at(-1)), answers);
}

await world.close();
end();
