import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { citizenPages } from '../src/citizen/index.ts';
import { decide } from '../src/decisions/decide.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import { readDecision } from '../src/decisions/view.ts';
import { caseReceipts, verifyReceiptText } from '../src/notices/index.ts';
import { openReader } from '../src/open-reader.ts';
import { proveComplete } from '../src/prove-complete.ts';
import type { Facts } from '../src/register/inputs.ts';
import { registerPages } from '../src/register/pages.tsx';
import { publicRegisterApi } from '../src/register/public-api.ts';
import { publishVersion } from '../src/register/publish.ts';
import { changeStatus } from '../src/register/status.ts';
import { typed } from '../src/store/index.ts';
import { AUTHORITY_A, makePlatform, type TestPlatform } from './make-platform.ts';
import { openedBy } from './opened-file.ts';
import { FILES_OF_NUMBERS, type FileOfSomeKind } from './registered-models.ts';
import { addressFile, type ModelServer, modelServer, rulesFile } from './rules-and-address.ts';
import { webApp } from './web-app.ts';

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

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

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

test('the register says of each kind how it decides, in the languages of the page and as data', async () => {
  const app = webApp(registerPages(p), publicRegisterApi(p));
  const WORDS: Readonly<Record<string, RegExp>> = {
    trees: /Des arbres de décision/,
    linear: /Une somme pondérée/,
    rules: /toute autre réponse/i,
    'black-box': /Motifs de chaque décision Approchés.*erreur type.*n’est pas conservé ici/,
  };
  const kinds = new Set<string>();
  for (const place of Object.keys(FILES).keys()) {
    const path = `${AUTHORITY_A}/kind-${place}`;
    const { decides } = (await (await app.request(`/api/v1/register/${path}`)).json()) as {
      decides: { kind: string; reasons: string; runs_again: boolean };
    };
    kinds.add(decides.kind);
    const estimated = decides.kind === 'black-box';
    assert.deepEqual(
      [decides.reasons, decides.runs_again],
      estimated ? ['approximate', false] : ['exact', true],
    );
    const text = textOf(await (await app.request(`/fr/register/${path}`)).text());
    assert.match(text, WORDS[decides.kind] ?? /./);
    assert.equal(/exactement|ce fichier et aucun autre/.test(text), !estimated);
  }
  assert.deepEqual([...kinds].sort(), ['black-box', 'linear', 'rules', 'trees']);
});

test('where the reasons are estimates, the decision and the letter say so', async () => {
  const app = webApp(citizenPages(p));
  const names = Object.keys(FILES);
  for (const name of ['decision rules', 'a model behind an address']) {
    const systemId = `kind-${names.indexOf(name)}`;
    const { case_id } = await typed<DecisionTables>(p.store.read)
      .selectFrom('decisions')
      .select('case_id')
      .where('system_id', '=', systemId)
      .where('status', '=', 'effective')
      .executeTakeFirstOrThrow();
    const visitor = await openedBy(p, app, case_id);
    for (const page of ['decision', 'letter']) {
      const { html } = await visitor.get(`/fr/case/${page}`);
      assert.equal(/Approché : les motifs/.test(textOf(html)), name !== 'decision rules', `${name}: ${page}`);
    }
  }
});

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
