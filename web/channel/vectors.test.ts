// protocol/vectors/channel.json, every section but the works (work.test.ts): the numbers that C (src/channel/vectors_test.c) and TypeScript are both held to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aeadSeal } from './aead.ts';
import { ascii, bytes, hex, isEqual, join, number, sha256, type Bytes } from './bytes.ts';
import { handshakeOpen, handshakeProofText, type Session } from './handshake.ts';
import { entryAad, entryKeys, entryOpen, entryUnwrap, type Chain } from './history.ts';
import { hkdfExpand } from './hkdf.ts';
import { hpkeReceive, hpkeSend } from './hpke.ts';
import { manifestOpen, noteKeyParse } from './note.ts';
import { padWrite } from './pad.ts';
import { Refusal, type Reason } from './reason.ts';
import { recordReply, recordRequest, recordSealAll, RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL, recordHash } from './record.ts';
import { signCheck, signMake } from './sign.ts';
import { dhFrom, hexOf, load, ours, signerFrom, textOf, type Row } from './testing.ts';
import { trustCheck } from './trust.ts';

// The vectors' word for each of our reasons. A key or a frame of a note that is not well formed has one word there, three here.
const words: Partial<Record<Reason, string>> = {
  'wrong-root': 'wrong-root', 'another-key': 'bad-signature', 'bad-signature': 'bad-signature', 'bad-line': 'unknown-line',
  'not-canonical': 'not-canonical', 'not-a-note': 'not-canonical', 'bad-key': 'not-canonical', 'small-order': 'not-canonical',
  'no-longer-valid': 'expired', 'not-yet-valid': 'not-yet-valid', 'rolled-back': 'rolled-back', 'foreign-origin': 'foreign-origin',
  'another-identity': 'wrong-identity',
};

async function wordOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return words[error.reason] ?? error.reason;
  }
  return 'ok';
}

function rows(section: string, atLeast: number): Row[] {
  const all = ours(section);
  assert.ok(all.length >= atLeast, `${section}: only ${all.length}`);
  return all;
}

test('no section of the vectors is left out', () => {
  assert.deepEqual(Object.keys(load('protocol/vectors/channel.json') as object).sort(),
    ['entries', 'handshakes', 'manifests', 'notes', 'records', 'works', 'wraps']);
});

test('vectors: notes are trusted or refused as in C', async () => {
  for (const row of rows('notes', 45)) {
    const seen = { identity: BigInt(Number(row['seen_identity_serial'] ?? 0)), keys: BigInt(Number(row['seen_serial'] ?? 0)) };
    const notes = { identity: textOf(row, 'identity'), keys: textOf(row, 'keys') };
    const word = await wordOf(async () => {
      const trusted = await trustCheck(notes, textOf(row, 'root_vkey'), textOf(row, 'origin'), BigInt(Number(row['now'])), seen);
      await manifestOpen(textOf(row, 'manifest'), trusted.identity.online);
    });
    assert.equal(word, row['expect'], textOf(row, 'what'));
  }
});

test('vectors: manifests open or are refused as in C', async () => {
  for (const row of rows('manifests', 10)) {
    const online = await noteKeyParse(textOf(row, 'online_vkey'));
    assert.equal(await wordOf(() => manifestOpen(textOf(row, 'manifest'), online)), row['expect'], textOf(row, 'what'));
  }
});

async function firstFlight(row: Row): Promise<{ m1: Bytes; session: Session }> {
  const ek = await dhFrom(hexOf(row, 'ek_private'));
  const device = await signerFrom(hexOf(row, 'ds_seed'));
  const opening = await handshakeOpen(
    { key: { kid: (await sha256(ek.open)).slice(0, 8), node: 0, open: ek.open }, keysNote: textOf(row, 'keys_note'),
      origin: textOf(row, 'origin'), flags: Number(row['flags']), device: device.open, history: hexOf(row, 'ahk_public') },
    { client: await dhFrom(hexOf(row, 'c_private')), ephemeral: await dhFrom(hexOf(row, 'enc0_ephemeral_private')),
      random: hexOf(row, 'random') });
  return { m1: opening.m1, session: await opening.accept(hexOf(row, 'm2')) };
}

test('vectors: handshakes give the same bytes on the visitor’s side', async () => {
  for (const row of rows('handshakes', 3)) {
    const { m1, session } = await firstFlight(row);
    assert.equal(hex(m1), row['m1']);
    assert.equal(hex(session.sid), row['sid']);
    assert.equal(hex(session.th), row['th']);
    assert.equal(hex(session.up), row['up0']);
    assert.equal(hex(session.dn), row['dn0']);
    const welcome = hexOf(row, 'welcome_plaintext');
    assert.equal(hex(join(number(27, 2), number(session.welcome.timeMs, 8), number(session.welcome.requestBytesMax, 4),
      number(session.welcome.sessionSeconds, 4), number(session.welcome.retentionDays, 2), number(session.welcome.policy, 1),
      session.welcome.notice)), hex(welcome.slice(0, 29)));
    const device = await signerFrom(hexOf(row, 'ds_seed'));
    const proof = await signMake(device.key, handshakeProofText(session));
    assert.equal(hex(proof), row['proof']);
    assert.ok(await signCheck(device.open, handshakeProofText(session), proof));
  }
});

test('vectors: handshakes give the same bytes on the server’s side', async () => {
  for (const row of rows('handshakes', 3)) {
    const m1 = hexOf(row, 'm1');
    const info = join(ascii('privet/1 open\0'), await sha256(ascii(textOf(row, 'keys_note'))));
    const first = await hpkeReceive(await dhFrom(hexOf(row, 'ek_private')), m1.slice(11, 43), info);
    await first.open(m1.slice(0, 43), m1.slice(43), 'bad-seal');
    const psk = await first.export(ascii('privet/1 psk'), 32);
    assert.equal(hex(psk), row['psk']);
    const sid = hexOf(row, 'sid');
    const client = await dhFrom(hexOf(row, 'c_private'));
    const second = await hpkeSend(client.open, join(ascii('privet/1 accept\0'), await sha256(m1), sid),
      { key: psk, id: ascii('privet/1') }, await dhFrom(hexOf(row, 'enc1_ephemeral_private')));
    const head = join(Uint8Array.of(2), sid, second.enc);
    const m2 = join(head, await second.context.seal(head, hexOf(row, 'welcome_plaintext')));
    assert.equal(hex(m2), row['m2']);
    const ms = await second.context.export(join(ascii('privet/1 traffic'), await sha256(join(m1, m2))), 32);
    assert.equal(hex(ms), row['ms']);
  }
});

function joined(records: unknown): Bytes {
  return join(...(records as string[]).flatMap((one) => [number(one.length / 2, 4), new Uint8Array(Buffer.from(one, 'hex'))]));
}

test('vectors: records seal, open and step as in C', async () => {
  for (const row of rows('records', 6)) {
    const request = joined(row['request_records']);
    const reply = joined(row['reply_records']);
    const welcome = { timeMs: 0, requestBytesMax: 0, sessionSeconds: 0, retentionDays: 0, policy: 0, notice: bytes(8) };
    const session: Session = { sid: hexOf(row, 'sid'), th: bytes(32), welcome, up: hexOf(row, 'up'), dn: hexOf(row, 'dn'),
      turn: Number(row['turn']), isAsking: false };
    const answer = await recordSealAll(session.dn, await recordHash(request), session, [RECORD_REPLY_CHUNK, RECORD_REPLY_FINAL],
      hexOf(row, 'reply_plaintext'));
    assert.ok(isEqual(answer, reply));
    assert.ok(isEqual(await recordRequest(session, hexOf(row, 'request_plaintext')), request));
    assert.equal(hex(await recordReply(session, request, reply)), row['reply_plaintext']);
    assert.equal(hex(session.up), row['up_next']);
    assert.equal(hex(session.dn), row['dn_next']);
    assert.equal(session.turn, Number(row['turn']) + 1);
  }
});

test('vectors: entries seal, open and step as in C', async () => {
  for (const row of rows('entries', 6)) {
    const chain: Chain = { conversation: hexOf(row, 'conversation'), slot: hexOf(row, 'slot'), key: hexOf(row, 'chain'),
      previous: hexOf(row, 'previous'), n: Number(row['n']) };
    const author = textOf(row, 'author');
    const keys = await entryKeys(chain);
    assert.equal(hex(keys.commit), row['commit']);
    const plain = padWrite(hexOf(row, 'plaintext'));
    assert.equal(hex(await aeadSeal(keys.key, bytes(12), entryAad(chain, author, keys.commit), plain)), row['ct']);
    assert.equal(hex(await entryOpen(chain, author, keys.commit, hexOf(row, 'ct'))), row['plaintext']);
    assert.equal(hex(chain.key), row['chain_next']);
    assert.equal(hex(chain.previous), hex(await sha256(hexOf(row, 'ct'))));
  }
});

test('vectors: wraps open to the chain’s key and are made again', async () => {
  for (const row of rows('wraps', 2)) {
    const ahk = await dhFrom(hexOf(row, 'ahk_private'));
    const conversation = hexOf(row, 'conversation');
    const from = Number(row['from']);
    assert.equal(hex(await entryUnwrap(ahk, conversation, from, hexOf(row, 'wrap'))), row['chain']);
    const info = join(ascii('privet/1 wrap'), conversation, number(from, 4));
    const sent = await hpkeSend(ahk.open, info, null, await dhFrom(hexOf(row, 'ephemeral_private')));
    assert.equal(hex(join(sent.enc, await sent.context.seal(bytes(0), hexOf(row, 'chain')))), row['wrap']);
  }
});

test('vectors: the traffic keys follow from ms', async () => {
  for (const row of rows('handshakes', 3)) {
    assert.equal(hex(await hkdfExpand(hexOf(row, 'ms'), ascii('c2s'), 32)), row['up0']);
    assert.equal(hex(await hkdfExpand(hexOf(row, 'ms'), ascii('s2c'), 32)), row['dn0']);
  }
});
