import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PlatformError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Sealed, SealUnit, Together } from '../ledger/sequencer.ts';
import { openKeyring } from '../vault/keyring.ts';
import { SealChannel } from './seal-channel.ts';
import { type SealServer, startSealServer } from './seal-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-seals-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const keyring = openKeyring(join(folder, 'keys'), true);

/** A prepared decision as far as the channel looks into it. */
const unit = (caseId: string, together?: Together) => ({
  entry: new Uint8Array(),
  write() {},
  together,
  portable: {
    kind: 'decision',
    data: { event: { authorityId: 'a', caseId, systemId: 's', entry: new TextEncoder().encode(caseId) } },
  },
});

interface Asked {
  readonly authorityId: string;
  readonly unit: SealUnit;
}

function ledgerOf(seal: (asked: Asked) => Promise<Sealed>): { ledger: Ledger; asked: Asked[] } {
  const asked: Asked[] = [];
  const ledger = {
    seal(authorityId: string, unit: SealUnit) {
      asked.push({ authorityId, unit });
      return seal({ authorityId, unit });
    },
  } as Pick<Ledger, 'seal'> as Ledger;
  return { ledger, asked };
}

async function pair(t: { after(fn: () => unknown): void }, ledger: Ledger, keys = keyring) {
  const server: SealServer = await startSealServer(folder, keyring, ledger);
  const channel = new SealChannel(keys, async () => server.address);
  t.after(async () => {
    channel.close();
    await server.close();
  });
  return { server, channel };
}

test('a unit arrives as it was prepared, and the answer is its own', async (t) => {
  const { ledger, asked } = ledgerOf(async ({ unit }) => ({
    index: Number(unit.caseId?.slice(1)),
    size: 1_000,
  }));
  const { channel } = await pair(t, ledger);
  const places = await Promise.all(Array.from({ length: 300 }, (_, n) => channel.seal('a', unit(`c${n}`))));
  assert.deepEqual(
    places.map(({ index }) => index),
    Array.from({ length: 300 }, (_, n) => n),
  );
  assert.equal(asked.length, 300);
  assert.ok(asked.every(({ authorityId, unit }) => authorityId === 'a' && unit.systemId === 's'));
  assert.equal(new TextDecoder().decode(asked[7]?.unit.entry), 'c7');
});

test('what is held together arrives together', async (t) => {
  const { ledger, asked } = ledgerOf(async () => ({ index: 0, size: 3 }));
  const { channel } = await pair(t, ledger);
  const together: Together = { size: 3, signal: new AbortController().signal };
  const first = [channel.seal('a', unit('c1', together)), channel.seal('a', unit('c2', together))];
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(asked.length, 0);
  await Promise.all([...first, channel.seal('a', unit('c3', together))]);
  const groups = new Set(asked.map(({ unit }) => unit.together));
  assert.equal(asked.length, 3);
  assert.equal(groups.size, 1);
  assert.equal([...groups][0]?.size, 3);
});

test('a refusal comes back with its code and what to do; another error tells nothing of the inside', async (t) => {
  const { ledger } = ledgerOf(async ({ unit }) => {
    if (unit.caseId === 'c1') throw new TypeError('a secret of the inside');
    throw new PlatformError('suspended', 'The system is suspended.', { mend: 'Wait.', where: 's' });
  });
  const { channel } = await pair(t, ledger);
  await assert.rejects(channel.seal('a', unit('c0')), (error: PlatformError) => {
    assert.deepEqual([error.code, error.message], ['suspended', 'The system is suspended.']);
    assert.deepEqual(error.details, { mend: 'Wait.', where: 's' });
    return true;
  });
  await assert.rejects(channel.seal('a', unit('c1')), (error: PlatformError) => {
    assert.equal(error.code, 'store-unavailable');
    assert.doesNotMatch(JSON.stringify([error.message, error.details]), /secret/);
    return true;
  });
});

test('when the writer goes, what waits is rejected, and the next one is found', async (t) => {
  const { ledger } = ledgerOf(() => new Promise(() => {}));
  const server = await startSealServer(folder, keyring, ledger);
  let address = server.address;
  const channel = new SealChannel(keyring, async () => address);
  t.after(() => channel.close());
  const waiting = channel.seal('a', unit('c0'));
  waiting.catch(() => undefined);
  assert.equal(await channel.reaches(), true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await server.close();
  await assert.rejects(waiting, { code: 'writer-held' });
  await assert.rejects(channel.seal('a', unit('c1')), { code: 'writer-held' });
  assert.equal(await channel.reaches(), false);
  const next = await startSealServer(folder, keyring, ledgerOf(async () => ({ index: 5, size: 6 })).ledger);
  t.after(() => next.close());
  address = next.address;
  assert.deepEqual(await channel.seal('a', unit('c1')), { index: 5, size: 6 });
});

test('a process with other keys is not heard', async (t) => {
  const strange = mkdtempSync(join(tmpdir(), 'taalil-strange-'));
  t.after(() => rmSync(strange, { recursive: true, force: true }));
  const { ledger, asked } = ledgerOf(async () => ({ index: 0, size: 1 }));
  const { channel } = await pair(t, ledger, openKeyring(strange, true));
  await assert.rejects(channel.seal('a', unit('c0')), { code: 'writer-held' });
  assert.equal(asked.length, 0);
});

test('what another connection carried is refused: nothing is repeated, left out or altered', async (t) => {
  const { ledger, asked } = ledgerOf(async () => ({ index: 0, size: 1 }));
  const { server } = await pair(t, ledger);
  const heard = await listenIn(t, server.address as string);
  await heard.channel.seal('a', unit('c0'));
  await heard.channel.seal('a', unit('c1'));
  assert.equal(asked.length, 2);
  const all = Buffer.concat(heard.sent);
  const [nonce, whole] = [all.subarray(0, 16), all.subarray(16)];
  const altered = Buffer.from(whole);
  altered[altered.length - 1] = (altered.at(-1) as number) ^ 1;
  for (const said of [
    Buffer.concat([nonce, whole]),
    Buffer.concat([nonce, altered]),
    Buffer.concat([nonce, Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(40)]),
  ]) {
    const socket = connect(server.address as string);
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(said);
    await new Promise((resolve) => socket.once('close', resolve));
  }
  assert.equal(asked.length, 2);
});

/** A channel through a relay that keeps what went up. */
async function listenIn(t: { after(fn: () => unknown): void }, address: string) {
  const sent: Buffer[] = [];
  const path = join(folder, 'relay.sock');
  const relay = createServer((near) => {
    const far = connect(address);
    near.on('data', (chunk: Buffer) => {
      sent.push(chunk);
      far.write(chunk);
    });
    far.pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(path, resolve));
  const channel = new SealChannel(keyring, async () => path);
  t.after(() => {
    channel.close();
    relay.close();
  });
  return { channel, sent };
}
