// The client against a server in a few lines and whoever sits between them: nothing is sent to a server that is not the right one,
// nothing is lost or said twice, and no key ever seals two different requests.

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ascii, base64url, hex, join, number, random, text, type Bytes } from './bytes.ts';
import { Client } from './client.ts';
import { makeKeys, type Keys } from './keys.ts';
import { CHAT, flipped, NOW, refuses, Server, SHOP, worldMake, type World } from './testing.ts';

type Meddle = (path: string, answer: Bytes, count: number, body: Bytes) => Response | Bytes | Error;

interface Host {
  readonly sent: Map<string, Set<string>>; // sid and turn → different bodies
  readonly said: Record<string, unknown>[];
  readonly opens: () => number;
  readonly reply: (make: (request: Record<string, unknown>, count: number) => Record<string, unknown>) => void;
}

function headOf(body: Bytes): string {
  return hex(body.slice(5, 25));
}

/** Puts a server behind fetch. `meddle` stands between: it may answer in the server's place. */
function serve(t: TestContext, world: World, meddle: Meddle = (_, answer) => answer): Host {
  const sent = new Map<string, Set<string>>();
  const said: Record<string, unknown>[] = [];
  const cache = new Map<string, Bytes>();
  const servers = new Map<string, Server>();
  let opens = 0;
  let count = 0;
  let make = (request: Record<string, unknown>, _: number): Record<string, unknown> => ({ kind: 'reply', id: request['id'] });
  const turn = async (body: Bytes): Promise<Bytes> => {
    sent.set(headOf(body), (sent.get(headOf(body)) ?? new Set()).add(hex(body)));
    const known = cache.get(hex(body));
    if (known) return known;
    const server = servers.get(hex(body.slice(5, 21)));
    assert.ok(server);
    const request = JSON.parse(text(await server.open(body), 'bad-request')) as Record<string, unknown>;
    said.push(request);
    const reply = await server.reply(body, ascii(JSON.stringify({ v: 1, ...make(request, said.length) })));
    cache.set(hex(body), reply);
    return reply;
  };
  const answer = async (path: string, body: Bytes): Promise<Bytes> => {
    if (path === '/.well-known/privet') return ascii(JSON.stringify({ identity: world.identity, keys: world.keys, root: world.root }));
    if (path === '/v1/turn') return turn(body);
    opens++;
    const server = new Server();
    servers.set(hex(server.sid), server);
    return server.accept(world, body.slice(0, 571));
  };
  t.mock.method(globalThis, 'fetch', async (path: string, init?: { body?: Bytes }) => {
    const body = init?.body ?? new Uint8Array();
    const out = meddle(path, await answer(path, body), path === '/v1/turn' ? ++count : 0, body);
    if (out instanceof Error) throw out;
    return out instanceof Response ? out : new Response(out);
  });
  t.mock.method(Date, 'now', () => Number(NOW) * 1000);
  // The waits between two tries are over at once; whoever tries for ever is left waiting, and its test fails.
  let waits = 0;
  t.mock.method(globalThis, 'setTimeout', (run: () => void) => { if (++waits < 100) setImmediate(run); });
  (globalThis as unknown as { location: { origin: string } }).location = { origin: CHAT };
  return { sent, said, opens: () => opens, reply: (other) => { make = other; } };
}

function refusal(error: string, status = 400): Response {
  return new Response(JSON.stringify({ error }), { status });
}

const say = (words: string): Record<string, unknown> => ({ kind: 'say', id: words, text: words });

function noKeySealedTwice(host: Host): void {
  assert.ok(host.sent.size > 0);
  for (const [place, bodies] of host.sent) assert.equal(bodies.size, 1, `two bodies at ${place}`);
}

async function clientFor(world: World, change: Partial<Keys> = {}, origin = SHOP, root = world.root): Promise<Client> {
  return new Client({ ...(await makeKeys()), ...change }, origin, root, null);
}

test('turns go one after the other in one session, the proof with the first alone', async (t) => {
  const world = await worldMake();
  const host = serve(t, world);
  const client = await clientFor(world);
  await Promise.all([client.ask(say('one')), client.ask(say('two')), client.ask(say('three'))]);
  assert.deepEqual(host.said.map((one) => one['text']), ['one', 'two', 'three']);
  assert.deepEqual(host.said.map((one) => 'proof' in one), [true, false, false]);
  assert.equal(host.opens(), 1);
  noKeySealedTwice(host);
});

test('a lost answer is asked for with the same bytes', async (t) => {
  const world = await worldMake();
  const host = serve(t, world, (path, answer, count) => (path === '/v1/turn' && count <= 3 ? new Error('lost') : answer));
  const client = await clientFor(world);
  const waits: string[] = [];
  client.onWait = (reason) => { waits.push(reason); };
  assert.equal((await client.ask(say('one'))).kind, 'reply');
  assert.deepEqual(host.said.length, 1);
  assert.deepEqual(waits, ['network', 'network', 'network', '']);
  noKeySealedTwice(host);
});

test('a flooded server is worked for, without a word of the visitor’s, and what was worked for opens', async (t) => {
  const world = await worldMake();
  const challenge = join(number(6, 1), random(20));
  const opens: Bytes[] = [];
  const host = serve(t, world, (path, answer, _, body) => {
    if (path !== '/v1/open') return answer;
    opens.push(body);
    if (body.length === 571 || opens.length < 3) return new Response(JSON.stringify({ error: 'work', work: base64url(challenge) }), { status: 429 });
    return answer;
  });
  const client = await clientFor(world);
  const waits: string[] = [];
  client.onWait = (reason) => { waits.push(reason); };
  await client.ask(null);
  assert.deepEqual(waits, ['work', 'work', '']);
  assert.deepEqual(opens.map((one) => one.length), [571, 600, 600]);
  assert.deepEqual(opens[2]?.slice(0, 571), opens[0]);
  assert.deepEqual(opens[2]?.slice(571, 592), challenge);
  assert.equal(host.said.length, 0);
});

test('work without end, or without measure, is not done: the server counts as busy', async (t) => {
  const world = await worldMake();
  const asked = [join(number(2, 1), random(20)), join(number(60, 1), random(20))];
  for (const challenge of asked) {
    let opens = 0;
    serve(t, world, (path, answer) => {
      if (path !== '/v1/open' || ++opens > 12) return answer;
      return new Response(JSON.stringify({ error: 'work', work: base64url(challenge) }), { status: 429 });
    });
    const client = await clientFor(world);
    const waits: string[] = [];
    client.onWait = (reason) => { waits.push(reason); };
    await client.ask(null);
    assert.ok(waits.includes('busy') && waits.at(-1) === '', waits.join(' '));
    t.mock.restoreAll();
  }
});

test('who asks too fast waits as long as told, and the message goes once more', async (t) => {
  const world = await worldMake();
  const host = serve(t, world);
  host.reply((request, count) => (count === 1 ? { kind: 'error', error: 'wait', seconds: 7 } : { kind: 'reply', id: request['id'] }));
  const client = await clientFor(world);
  const waits: unknown[] = [];
  client.onWait = (reason, seconds) => { waits.push(seconds ? [reason, seconds] : reason); };
  assert.equal((await client.ask(say('one'))).kind, 'reply');
  assert.deepEqual(waits, [['fast', 7], '']);
  assert.deepEqual(host.said.map((one) => one['id']), ['one', 'one']);
  assert.equal(host.opens(), 1);
  noKeySealedTwice(host);
});

test('a proxy’s page is a lost connection, and busy is waited for', async (t) => {
  const world = await worldMake();
  const host = serve(t, world, (path, answer, count) =>
    (path !== '/v1/turn' || count > 2 ? answer : count === 1 ? new Response('<html>', { status: 502 }) : refusal('busy', 503)));
  const client = await clientFor(world);
  await client.ask(say('one'));
  assert.equal(host.said.length, 1);
});

test('whoever refuses in between, with whichever word, no key seals two requests', async (t) => {
  const world = await worldMake();
  for (const word of ['bad-request', 'bad-seal', 'replay', 'out-of-order', 'bad-proof', 'foreign-origin', 'unknown-key', 'unknown-session',
    'expired', 'too-large', 'broken', 'wrong-root', 'stopped', 7, null]) {
    const host = serve(t, world, (path, answer, count) => (path === '/v1/turn' && count <= 2 ? refusal(word as string) : answer));
    const client = await clientFor(world);
    // The first may be refused in the end or go through in another session; the second is another text in any case.
    await client.ask(say('my secret')).catch(() => undefined);
    await client.ask({ kind: 'erase' }).catch(() => undefined);
    await client.ask(say('another')).catch(() => undefined);
    noKeySealedTwice(host);
    t.mock.restoreAll();
  }
});

test('a reply that was meddled with ends the session, and what is said next has keys of its own', async (t) => {
  const world = await worldMake();
  for (const change of [(body: Bytes) => flipped(body, 100), (body: Bytes) => body.slice(0, 300), () => new Uint8Array(), () => ascii('x'.repeat(600))]) {
    const host = serve(t, world, (path, answer, count) => (path === '/v1/turn' && count === 1 ? change(answer) : answer));
    const client = await clientFor(world);
    await refuses(['bad-record', 'cut-off'], () => client.ask(say('my secret')));
    assert.equal((await client.ask({ kind: 'erase' })).kind, 'reply');
    assert.equal(host.opens(), 2);
    noKeySealedTwice(host);
    t.mock.restoreAll();
  }
});

test('a refusal by a name that is not the protocol’s is not believed', async (t) => {
  const world = await worldMake();
  serve(t, world, (path, answer) => (path === '/v1/turn' ? refusal('wrong-root') : answer));
  await refuses('broken', async () => (await clientFor(world)).ask(say('one')));
  t.mock.restoreAll();
  serve(t, world, (path, answer) => (path === '/v1/turn' ? refusal('foreign-origin', 403) : answer));
  await refuses('foreign-origin', async () => (await clientFor(world)).ask(say('one')));
});

test('a message that is too large is not sent', async (t) => {
  const world = await worldMake();
  const host = serve(t, world);
  const client = await clientFor(world);
  await refuses('too-large', () => client.ask(say('x'.repeat(66000))));
  assert.equal(host.sent.size, 0);
  assert.equal((await client.ask(say('short'))).kind, 'reply');
});

test('nothing is sent to a server whose notes are not right', async (t) => {
  const world = await worldMake();
  const other = await worldMake(undefined, 'chat.evil');
  const cases: readonly (readonly [string, Promise<Client>])[] = [
    ['foreign-origin', clientFor(world, {}, 'https://evil.example')], ['wrong-root', clientFor(world, {}, SHOP, other.root)],
    ['wrong-root', clientFor(world, { pinnedRoot: other.root })], ['wrong-root', clientFor(world, {}, SHOP, '')],
    ['wrong-root', clientFor(world, { pinnedRoot: other.root }, CHAT, '')], ['rolled-back', clientFor(world, { serial: NOW * 1000n + 1n })],
    ['rolled-back', clientFor(world, { identitySerial: 8n })], ['bad-key', clientFor(world, {}, SHOP, 'nobody')],
  ];
  for (const [reason, client] of cases) {
    const host = serve(t, world);
    await refuses(reason as 'wrong-root', async () => (await client).ask(say('one')));
    assert.equal(host.opens(), 0);
    assert.equal((await client).keys.pinnedRoot === '' || (await client).keys.pinnedRoot === other.root, true);
    t.mock.restoreAll();
  }
});

test('the chat’s own page trusts at first use and pins what it saw', async (t) => {
  const world = await worldMake();
  serve(t, world);
  const client = await clientFor(world, {}, CHAT, '');
  await client.ask(say('one'));
  assert.equal(client.keys.pinnedRoot, world.root);
  assert.equal(client.keys.identitySerial, 7n);
  assert.equal(client.keys.serial, NOW * 1000n);
});

test('notes that are no notes are refused, and an M2 that was meddled with too', async (t) => {
  const world = await worldMake();
  for (const notes of ['{"identity":1,"keys":2}', '{}']) {
    serve(t, world, (path, answer) => (path === '/.well-known/privet' ? ascii(notes) : answer));
    await refuses('not-a-note', async () => (await clientFor(world)).ask(say('one')), notes);
    t.mock.restoreAll();
  }
  serve(t, world, (path, answer) => (path === '/v1/open' ? flipped(answer, 60) : answer));
  await refuses('bad-welcome', async () => (await clientFor(world)).ask(say('one')));
});
