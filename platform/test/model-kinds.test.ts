import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { decide } from '../src/decisions/decide.ts';
import { readDecision } from '../src/decisions/view.ts';
import { caseReceipts, verifyReceiptText } from '../src/notices/index.ts';
import { openReader } from '../src/open-reader.ts';
import { proveComplete } from '../src/prove-complete.ts';
import type { Facts } from '../src/register/inputs.ts';
import { publishVersion } from '../src/register/publish.ts';
import { changeStatus } from '../src/register/status.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from './make-platform.ts';
import { FILES_OF_NUMBERS, type FileOfSomeKind } from './registered-models.ts';
import { addressFile, type ModelServer, modelServer, rulesFile } from './rules-and-address.ts';

let p: TestPlatform;
let server: ModelServer;
before(async () => {
  server = await modelServer();
  p = await makePlatform({ system: false });
});
after(() => {
  server.close();
  return p.dispose();
});

/** Facts as an agency sends them: decimals as JSON numbers. */
const asSent = (facts: Facts) =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' && /^-?[0-9.]+$/.test(value) ? Number(value) : value,
    ]),
  );

async function publish(systemId: string, { bytes, record }: FileOfSomeKind): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(p, AUTHORITY_A, systemId, record, { bytes, sha256 });
  await changeStatus(p, { authorityId: AUTHORITY_A, systemId, to: 'live', by: 'stf_test' });
}

const FILES: Readonly<Record<string, () => FileOfSomeKind>> = {
  ...FILES_OF_NUMBERS,
  'decision rules': rulesFile,
  'a model behind an address': () => addressFile(server.origin),
};

for (const [place, [name, make]] of Object.entries(FILES).entries()) {
  test(`${name}: registered, decided, read again by replay, with a receipt`, async () => {
    const file = make();
    const systemId = `kind-${place}`;
    await publish(systemId, file);
    const effects = new Set<string>();
    for (const [n, facts] of file.cases.slice(0, 20).entries()) {
      const answer = await decide(p, {
        caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
        systemId,
        idempotencyKey: `kind-${place}-${n}`,
        body: { subject: `S-${place}-${n}`, input: asSent(facts) },
      });
      const view = await readDecision(p, AUTHORITY_A, answer.decision);
      effects.add(view.effect);
      assert.equal(answer.status, view.effect === 'adverse' ? 'awaiting-person' : 'effective');
      assert.equal(
        answer.outcome?.reasons.length,
        view.effect === 'adverse' ? undefined : view.explanation.contributions.length,
      );
      if (n === 0) {
        const receipts = await caseReceipts(p, AUTHORITY_A, answer.case);
        assert.equal((await verifyReceiptText(p, receipts)).kind, 'valid');
      }
    }
    assert.equal(effects.size, 2);
  });
}

// Beside the platform's own connection, as an auditor reads; on another store the command's own tests do.
test('the store of all these kinds holds exactly what its log tells of', {
  skip: process.env.TAALIL_TEST_STORE === 'postgres',
}, async () => {
  await p.ledger.published(AUTHORITY_A);
  const store = await openReader({ folder: p.folder });
  try {
    const proof = { store, vault: p.vault, fenceFolder: join(p.folder, 'fence') };
    const { findings, entries } = await proveComplete(proof, AUTHORITY_A);
    assert.deepEqual(findings.list, []);
    assert.ok(entries > 100);
  } finally {
    await store.close();
  }
});
