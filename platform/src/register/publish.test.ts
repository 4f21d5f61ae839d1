import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  AUTHORITY_A,
  AUTHORITY_B,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { modelFile } from '../../worlds/soutien-menages/model.ts';
import { RECORD } from '../../worlds/soutien-menages/record.ts';
import { PlatformError } from '../errors.ts';
import { type Publication, publishVersion } from './publish.ts';
import { changeStatus } from './status.ts';

let p: TestPlatform;
before(async () => {
  p = await makePlatform();
});
after(() => p.dispose());

const V1 = modelFile({ version: 1, fault: false });
const V2 = modelFile({ version: 2, fault: false });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const upload = (bytes: Uint8Array) => ({ bytes, sha256: sha256(bytes) });
const publish = (
  system: string,
  record: unknown,
  model = upload(V1),
  authority = AUTHORITY_A,
): Promise<Publication> => publishVersion(p, authority, system, record, model, 'key_test');

async function refused(act: Promise<unknown>): Promise<PlatformError> {
  act.catch(() => undefined);
  const before = await p.ledger.checkpoint(AUTHORITY_A);
  const error = await act.then(
    () => assert.fail('was accepted'),
    (e: unknown) => e,
  );
  assert.ok(error instanceof PlatformError, String(error));
  assert.equal(await p.ledger.checkpoint(AUTHORITY_A), before, 'something was sealed');
  return error;
}

type Changed = Record<string, unknown>;
const changed = (change: (record: Changed & { inputs: Changed[] }) => void): unknown => {
  const record = structuredClone(RECORD) as unknown as Changed & { inputs: Changed[] };
  change(record);
  return record;
};
const input = (name: string, change: (input: Changed) => void) =>
  changed((record) => change(record.inputs.find((i) => i.name === name) as Changed));

const INVALID: readonly [string, unknown, string][] = [
  ['an unknown key', changed((r) => Object.assign(r, { colour: 'green' })), '/record'],
  ['an unknown language', changed((r) => Object.assign(r, { name: { de: 'Hilfe' } })), '/record/name'],
  ['a text in no language', changed((r) => Object.assign(r, { purpose: {} })), '/record/purpose'],
  ['an empty text', changed((r) => Object.assign(r, { name: { fr: '  ' } })), '/record/name/fr'],
  [
    'a text that turns its surroundings round',
    changed((r) => Object.assign(r, { name: { fr: 'a\u202eb' } })),
    '/record/name/fr',
  ],
  ['half a character', changed((r) => Object.assign(r, { name: { fr: 'a\ud800' } })), '/record/name/fr'],
  ['no human contact', changed((r) => Object.assign(r, { humanContact: undefined })), '/record/humanContact'],
  ['an impact level of 5', changed((r) => Object.assign(r, { impactLevel: 5 })), '/record/impactLevel'],
  ['a norm pack that is not there', changed((r) => Object.assign(r, { norms: ['zz'] })), '/record/norms/0'],
  ['no input', changed((r) => Object.assign(r, { inputs: [] })), '/record/inputs'],
  ['an input twice', changed((r) => r.inputs.push(r.inputs[0] as Changed)), '/record/inputs/'],
  [
    'advice about housing (I6)',
    input('rooms', (i) => Object.assign(i, { actionable: { justification: { fr: 'Agrandir' } } })),
    '/actionable',
  ],
  ['a range that is none', input('rooms', (i) => Object.assign(i, { minimum: 30 })), '/minimum'],
  [
    'a value twice',
    input('milieu', (i) => (i.values as unknown[]).push((i.values as unknown[])[0])),
    '/values/2',
  ],
  ['a bound finer than its decimals', input('land', (i) => Object.assign(i, { minimum: 0.25 })), '/minimum'],
  ['not an object', 'record', '/record'],
];

for (const [what, record, where] of INVALID) {
  test(`a record with ${what} is refused and changes nothing`, async () => {
    const { code, details } = await refused(publish('other-system', record));
    assert.equal(code, 'invalid-record');
    const places = [details.where ?? '', ...(details.faults ?? []).map((fault) => fault.where)];
    assert.ok(
      places.some((place) => place.includes(where)),
      `${where} is not among ${places.join(', ')}`,
    );
  });
}

test('a model file with another hash than stated is refused', async () => {
  for (const stated of [sha256(V2), sha256(V1).toUpperCase(), sha256(V1).slice(1), '', 'é'.repeat(64)]) {
    const { code, details } = await refused(publish(SYSTEM, RECORD, { bytes: V1, sha256: stated }));
    assert.equal(code, 'invalid-model');
    assert.equal(details.where, '/model/sha256');
  }
});

test('what is no model file is refused', async () => {
  const { code } = await refused(publish(SYSTEM, RECORD, upload(Buffer.from('{"format":"other"}'))));
  assert.equal(code, 'invalid-model');
});

const UNFIT: readonly [string, unknown, RegExp][] = [
  [
    'lacks a fact of the model',
    changed((r) =>
      r.inputs.splice(
        r.inputs.findIndex((i) => i.name === 'rooms'),
        1,
      ),
    ),
    /does not declare/,
  ],
  [
    'lacks a reason of the model',
    changed((r) => Object.assign(r, { reasons: (r.reasons as unknown[]).slice(1) })),
    /does not name/,
  ],
  [
    'lets in more than the model reads',
    input('rooms', (i) => Object.assign(i, { maximum: 10_000 })),
    /beyond the model's range/,
  ],
  [
    'names a value that the model does not know',
    input('milieu', (i) => (i.values as unknown[]).push({ value: 'lunar', label: { fr: 'lunaire' } })),
    /does not know: lunar/,
  ],
  [
    'declares another type',
    input('rooms', (i) => {
      for (const key of ['minimum', 'maximum', 'unit']) delete i[key];
      i.type = 'boolean';
    }),
    /the model reads integer/,
  ],
  ['has finer decimals', input('land', (i) => Object.assign(i, { decimals: 3 })), /decimals/],
];

for (const [what, record, why] of UNFIT) {
  test(`a record that ${what} is refused with that model`, async () => {
    const { code, details } = await refused(publish('other-system', record));
    assert.equal(code, 'invalid-model');
    assert.match((details.faults ?? []).map((fault) => fault.what).join(), why);
  });
}

test('the same record and model again change nothing; another of either is a version', async () => {
  const system = 'versions';
  const first = await publish(system, RECORD);
  assert.deepEqual(
    [first.outcome, first.version, first.modelVersion, first.status],
    ['registered', 1, 1, 'draft'],
  );
  const checkpoint = await p.ledger.checkpoint(AUTHORITY_A);
  assert.deepEqual(await publish(system, RECORD), { ...first, outcome: 'unchanged' });
  assert.equal(await p.ledger.checkpoint(AUTHORITY_A), checkpoint);
  const second = await publish(system, RECORD, upload(V2));
  assert.deepEqual([second.outcome, second.version, second.modelVersion], ['published', 2, 2]);
  const back = await publish(system, RECORD, upload(V1));
  assert.deepEqual([back.version, back.modelVersion], [3, 1]);
  const renamed = await publish(
    system,
    changed((r) => Object.assign(r, { name: { fr: 'Autre nom' } })),
    upload(V1),
  );
  assert.equal(renamed.version, 4);
});

test('of two publications at once one is told that it came second', async () => {
  const both = await Promise.allSettled([publish('race', RECORD), publish('race', RECORD, upload(V2))]);
  const [won, lost] = [
    both.filter((r) => r.status === 'fulfilled'),
    both.filter((r) => r.status === 'rejected'),
  ];
  assert.equal(won.length, 1);
  assert.equal((lost[0] as PromiseRejectedResult).reason.code, 'conflict');
});

test('a retired system takes no version', async () => {
  await publish('withdrawn', RECORD);
  await changeStatus(p, {
    authorityId: AUTHORITY_A,
    systemId: 'withdrawn',
    to: 'retired',
    reason: { fr: 'Erreur' },
    by: 'stf_x',
  });
  assert.equal((await refused(publish('withdrawn', RECORD, upload(V2)))).code, 'conflict');
});

test("B's system of the same name is B's own", async () => {
  const mine = await publish('namesake', RECORD);
  await publish('namesake', RECORD, upload(V2), AUTHORITY_B);
  assert.deepEqual(await publish('namesake', RECORD), { ...mine, outcome: 'unchanged' });
});

test('a bound with decimals can be sealed', async () => {
  const record = input('land', (i) => Object.assign(i, { minimum: 0.5 }));
  assert.equal((await publish('fractions', record)).outcome, 'registered');
});
