import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { commitmentOf, parseEntry, toBase64 } from '@taalil/transparency-log';
import { nodeSha256 } from '@taalil/transparency-log/writer';
import { AUTHORITY_A, makePlatform, SYSTEM, type TestPlatform } from '../../test/make-platform.ts';
import { newCase } from '../../test/opened-file.ts';
import { makeStaff } from '../../test/visitor.ts';
import { caseLife } from '../cases/events.ts';
import { GROUP_LEAST } from '../ledger/publication.ts';
import { setPublicationDelay } from './index.ts';

/** One decision a minute, and somebody who reads the public log every minute. */
const MINUTES = 180;
let p: TestPlatform;
let officer: string;
before(async () => {
  p = await makePlatform({ publishEveryMs: 0 });
  officer = await makeStaff(p, AUTHORITY_A, ['dpo']);
});
after(() => p.dispose());

interface Sighting {
  /** The minute in which it was decided. */
  readonly minute: number;
  readonly caseId: string;
  readonly index: number;
}
interface Step {
  /** The minute in which the onlooker saw the log grow, and its size before and after. */
  readonly at: Temporal.Instant;
  readonly from: number;
  readonly to: number;
}

async function watched(minutes: number, every = 1): Promise<{ decided: Sighting[]; steps: Step[] }> {
  const decided: Sighting[] = [];
  const steps: Step[] = [];
  const sizeNow = async () => (await p.ledger.published(AUTHORITY_A))?.size ?? 0;
  let size = await sizeNow();
  for (let minute = 0; minute < minutes; minute++) {
    p.clock.moveTo(p.clock.now().add({ minutes: 1 }));
    if (minute % every === 0) {
      const { case: caseId } = await newCase(p, minute % 2 === 0 ? 'favourable' : 'adverse');
      const [made] = await caseLife(p, AUTHORITY_A, caseId);
      decided.push({ minute, caseId, index: made?.index ?? -1 });
    }
    const now = await sizeNow();
    if (now > size) steps.push({ at: p.clock.now(), from: size, to: now });
    size = now;
  }
  return { decided, steps };
}

/** How many entries the onlooker cannot tell apart from that of somebody whose minute at the counter they know. */
function candidates({ decided, steps }: Awaited<ReturnType<typeof watched>>): number[] {
  return decided.flatMap(({ index }) => {
    const step = steps.find(({ from, to }) => index >= from && index < to);
    return step === undefined ? [] : [step.to - step.from];
  });
}

test('without a delay, one decision a minute: whoever knows the minute knows the entry, which says nothing', async () => {
  const seen = await watched(30);
  assert.deepEqual([...new Set(candidates(seen))], [1]);
});

test('with a delay of an hour, nothing is seen but the hour: the entry is one of dozens', async () => {
  await setPublicationDelay(p, { authorityId: AUTHORITY_A, systemId: SYSTEM, minutes: 60, by: officer });
  const seen = await watched(MINUTES);
  assert.ok(seen.steps.length >= 2, 'something was published');
  for (const { at, from, to } of seen.steps.slice(1)) {
    assert.equal(Math.floor(at.epochMilliseconds / 60_000) % 60, 0, `${at} tells more than the hour`);
    assert.ok(to - from >= GROUP_LEAST);
  }
  const sets = candidates(seen);
  assert.ok(sets.length > 60 && Math.min(...sets.slice(60)) >= 55, String(Math.min(...sets)));
});

test('a trickle is held back until there are several, or a day has gone by', async () => {
  const { steps } = await watched(10 * 60, 120);
  for (const { from, to } of steps.slice(1)) assert.ok(to - from >= GROUP_LEAST, `${to - from} shown alone`);
});

test('nobody guesses a fact: not with every other fact, other salts, or a likely salt', async () => {
  const { decided } = await watched(40);
  const all = new Set<string>();
  const lengths = new Set<number>();
  const places: number[] = [];
  const openings = new Map<string, Awaited<ReturnType<typeof caseLife>>[0]['openings']>();
  for (const { caseId, index } of decided) {
    const entry = await p.ledger.entry(AUTHORITY_A, index);
    lengths.add(entry.length);
    const { commitments } = parseEntry(entry);
    for (const commitment of commitments) {
      assert.ok(!all.has(commitment), 'two entries share a commitment');
      all.add(commitment);
    }
    const [made] = await caseLife(p, AUTHORITY_A, caseId);
    openings.set(caseId, made?.openings ?? []);
    const outcome = made?.openings.find(({ name }) => name === 'outcome');
    assert.ok(outcome);
    const { name, value } = outcome;
    const own = toBase64(commitmentOf({ name, value }, Buffer.from(outcome.salt, 'base64'), nodeSha256));
    places.push(commitments.indexOf(own));
  }
  assert.equal(lengths.size, 1, 'the length of an entry tells nothing');
  const mean = places.reduce((a, b) => a + b, 0) / places.length;
  assert.ok(places.every((place) => place >= 0) && Math.abs(mean - 7.5) < 5, `the outcome stands at ${mean}`);

  const salts = [...openings.values()].flatMap((list) => list.map(({ salt }) => Buffer.from(salt, 'base64')));
  const [{ caseId, index } = { caseId: '', index: 0 }] = decided;
  const known = openings.get(caseId) ?? [];
  const targeted = new Set(parseEntry(await p.ledger.entry(AUTHORITY_A, index)).commitments);
  const others = salts.filter((salt) => !known.some((own) => Buffer.from(own.salt, 'base64').equals(salt)));
  const likely = (text: string) => [
    Buffer.alloc(32),
    Buffer.alloc(32, 0xff),
    createHash('sha256').update(text).digest(),
  ];
  for (const { name, value } of known) {
    for (const salt of [...others, ...likely(JSON.stringify({ name, value })), ...likely(name)]) {
      assert.ok(!targeted.has(toBase64(commitmentOf({ name, value }, salt, nodeSha256))), name);
    }
    assert.ok(!targeted.has(createHash('sha256').update(JSON.stringify({ name, value })).digest('base64')));
  }
});
