import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseReceiptBundle } from '@taalil/transparency-log';
import fc from 'fast-check';
import {
  AUTHORITY_A,
  clearCase,
  inputOf,
  makePlatform,
  SYSTEM,
  type TestPlatform,
} from '../../test/make-platform.ts';
import { decide } from '../decisions/decide.ts';
import { caseReceipts, issueCode, verifyReceiptText } from './index.ts';
import { fitting } from './receipts.ts';

let p: TestPlatform;
let stranger: TestPlatform;
before(async () => {
  p = await makePlatform();
  stranger = await makePlatform();
});
after(async () => {
  await p.dispose();
  await stranger.dispose();
});

let made = 0;
async function newCase(effect: 'favourable' | 'adverse', platform = p) {
  const person = clearCase(effect);
  const answer = await decide(platform, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: `receipt-${made++}`,
    body: { subject: person.subject, input: inputOf(person.household) },
  });
  await issueCode(platform, {
    authorityId: AUTHORITY_A,
    caseId: answer.case,
    by: { kind: 'api-key', apiKeyId: 'key_test' },
  });
  return answer.case;
}

test('the receipts of a case check out, one per event', async () => {
  const verdict = await verifyReceiptText(p, await caseReceipts(p, AUTHORITY_A, await newCase('favourable')));
  assert.equal(verdict.kind, 'valid');
  assert.deepEqual(verdict.kind === 'valid' && verdict.receipts.map((r) => r.facts.type), [
    'decision-made',
    'code-issued',
  ]);
  assert.ok(verdict.kind === 'valid' && verdict.receipts.every((r) => r.authorityId === AUTHORITY_A));
});

test('a proposal that waits for a person says no outcome in its receipt', async () => {
  const bundle = await caseReceipts(p, AUTHORITY_A, await newCase('adverse'));
  assert.equal((await verifyReceiptText(p, bundle)).kind, 'valid');
  const [proposal] = parseReceiptBundle(bundle);
  const opened = proposal?.openings.map((o) => o.name) ?? [];
  for (const closed of ['outcome', 'explanation', 'safeguard']) assert.ok(!opened.includes(closed), closed);
  assert.ok(opened.includes('input'));
});

test('a forged receipt is broken, one of another platform untrusted, anything else malformed', async () => {
  const bundle = await caseReceipts(p, AUTHORITY_A, await newCase('favourable'));
  const forged = bundle.replace('"effect":"favourable"', '"effect":"adverse"');
  assert.notEqual(forged, bundle);
  assert.equal((await verifyReceiptText(p, forged)).kind, 'broken');
  const foreign = await caseReceipts(stranger, AUTHORITY_A, await newCase('favourable', stranger));
  assert.equal((await verifyReceiptText(p, foreign)).kind, 'untrusted');
  for (const text of [
    '',
    '{}',
    '[]',
    'null',
    '{"v":1}',
    '<html>',
    bundle.slice(0, -20),
    'a'.repeat(5_000_000),
  ]) {
    assert.equal((await verifyReceiptText(p, text)).kind, 'malformed', text.slice(0, 20));
  }
});

test('receipts of two cases in one bundle do not pass as one case', async () => {
  const [a, b] = await Promise.all(
    [await newCase('favourable'), await newCase('favourable')].map((c) => caseReceipts(p, AUTHORITY_A, c)),
  );
  const mixed = JSON.stringify({
    v: 1,
    receipts: [...JSON.parse(a as string).receipts, ...JSON.parse(b as string).receipts],
  });
  assert.equal((await verifyReceiptText(p, mixed)).kind, 'broken');
});

test('whatever is changed in a receipt, it never stays valid with other content', async () => {
  const bundle = await caseReceipts(p, AUTHORITY_A, await newCase('favourable'));
  const canonical = JSON.stringify(parseReceiptBundle(bundle).map((r) => [...r.entry, r.openings, r.proof]));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bundle.length - 1),
      fc.constantFrom('0', 'A', '"', ' ', '}', '9', 'é'),
      async (at, sign) => {
        const changed = bundle.slice(0, at) + sign + bundle.slice(at + 1);
        const verdict = await verifyReceiptText(p, changed);
        if (verdict.kind !== 'valid') return;
        const same = JSON.stringify(
          parseReceiptBundle(changed).map((r) => [...r.entry, r.openings, r.proof]),
        );
        assert.equal(same, canonical);
      },
    ),
    { numRuns: 200 },
  );
});

test('a file opened very often still fits a bundle: the oldest openings are left out, never a decision', () => {
  const openings = Array.from({ length: 300 }, (_, i) => ({ type: 'code-issued' as const, i }));
  const life = [
    { type: 'decision-made' as const, i: -1 },
    ...openings,
    { type: 'review-requested' as const, i: 300 },
  ];
  const kept = fitting(life);
  assert.equal(kept.length, 256);
  assert.deepEqual([kept[0]?.i, kept[1]?.i, kept.at(-1)?.i], [-1, 46, 300]);
});
