import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createApp } from '../src/app.tsx';
import { caseLife } from '../src/cases/events.ts';
import { decide } from '../src/decisions/decide.ts';
import { confirmProposal } from '../src/desk/decide-proposal.ts';
import { openAtDesk } from '../src/desk/openings.ts';
import { issueCode, recordNotification } from '../src/notices/index.ts';
import { takeSnapshot } from '../src/register/snapshots.ts';
import { requestReview } from '../src/reviews/index.ts';
import { AUTHORITY_A, clearCase, inputOf, makePlatform, SYSTEM, type TestPlatform } from './make-platform.ts';
import { staffMember } from './reviewing.ts';

/** Values that stand nowhere by chance: whoever finds one in clear has found a leak. */
const PLANTED = {
  subject: 'H-ZQXJ-SUBJECT-7741',
  earnings: 98_765,
  electricity: 4_321,
  audit: 'zqxj-protected-value',
  reviewer: 'zqxjeddine',
  reasons: 'motzqxjreasons',
  request: 'motzqxjrequest',
  contact: '0699999321',
  proof: 'slipzqxj-55012',
};
/** Numbers are looked for as they stand in text; a bare 4321 could be part of a hash. */
const NEEDLES = [
  PLANTED.subject,
  PLANTED.audit,
  `Prénom-${PLANTED.reviewer}`,
  PLANTED.reasons,
  PLANTED.request,
  PLANTED.contact,
  'slipzqxj',
  `"earnings":${PLANTED.earnings}`,
  `"electricity":${PLANTED.electricity}`,
  '98 765',
  '98765',
];

let p: TestPlatform;
let reference: string;
let code: string;
let caseId: string;
let logged = '';

before(async () => {
  p = await makePlatform();
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
    logged += chunk.toString();
    return write(chunk, ...rest);
  }) as typeof process.stderr.write;
  const { staffId } = await staffMember(p, PLANTED.reviewer, ['reviewer']);
  const household = {
    ...clearCase('adverse').household,
    earnings: PLANTED.earnings,
    electricity: PLANTED.electricity,
  };
  const answer = await decide(p, {
    caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
    systemId: SYSTEM,
    idempotencyKey: 'leak-test-1',
    body: { subject: PLANTED.subject, input: inputOf(household), audit: { note: PLANTED.audit } },
  });
  caseId = answer.case;
  const decision = { authorityId: AUTHORITY_A, decisionId: answer.decision, staffId };
  await openAtDesk(p, decision);
  await confirmProposal(p, {
    ...decision,
    reasons: {
      lang: 'fr',
      text: `Vu l'article 7 ; Revenus déclarés du ménage : ${PLANTED.earnings} dirhams par mois ; ${PLANTED.reasons}.`,
    },
  });
  await recordNotification(p, {
    authorityId: AUTHORITY_A,
    caseId,
    decisionId: answer.decision,
    mode: 'hand',
    date: '2026-03-02',
    proof: { document: PLANTED.proof, on: '2026-03-02' },
    to: 'person',
    by: { kind: 'staff', staffId },
  });
  ({ reference, code } = await issueCode(p, {
    authorityId: AUTHORITY_A,
    caseId,
    by: { kind: 'staff', staffId },
  }));
  await requestReview(p, {
    authorityId: AUTHORITY_A,
    caseId,
    decisionId: answer.decision,
    ground: 'data-wrong',
    text: PLANTED.request,
    corrections: { earnings: 1_200 },
    contact: PLANTED.contact,
    filedBy: { kind: 'person' },
  });
  p.clock.moveTo(p.clock.now().add({ hours: 30 }));
  await takeSnapshot(p, AUTHORITY_A, '2026-03-02');
});
after(() => p.dispose());

/** The bytes, and the same read as base64 would hide them. */
function assertClean(name: string, bytes: Buffer): void {
  for (const needle of NEEDLES) {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      assert.ok(
        !bytes.includes(Buffer.from(needle, encoding)),
        `${name} holds "${needle}" in clear (${encoding})`,
      );
    }
    const inner = Buffer.from(needle).subarray(
      0,
      Buffer.byteLength(needle) - (Buffer.byteLength(needle) % 3),
    );
    assert.ok(!bytes.includes(inner.toString('base64')), `${name} holds "${needle}" in base64`);
  }
  assert.ok(!bytes.includes(code), `${name} holds the code`);
}

test('nothing personal is in clear in any file of the data folder', () => {
  const files = (readdirSync(p.folder, { recursive: true }) as string[]).filter((f) =>
    statSync(join(p.folder, f)).isFile(),
  );
  assert.ok(files.some((f) => f.endsWith('taalil.db')));
  for (const file of files) assertClean(file, readFileSync(join(p.folder, file)));
});

test('the search would find it: with its key the planted case opens', async () => {
  const life = JSON.stringify(await caseLife(p, AUTHORITY_A, caseId));
  for (const needle of [PLANTED.subject, PLANTED.reasons, PLANTED.request, PLANTED.reviewer])
    assert.ok(life.includes(needle));
});

test('nothing personal is on a public page, in the open data, in the log or in our own logs', async () => {
  const app = createApp(p);
  const paths = [
    ...[
      '',
      '/register',
      `/register/${AUTHORITY_A}/${SYSTEM}`,
      `/log/${AUTHORITY_A}`,
      '/human',
      '/receipt',
      '/api',
    ].flatMap((path) => ['ar', 'zgh', 'fr', 'en'].map((lang) => `/${lang}${path}`)),
    '/api/v1/register',
    `/api/v1/register/${AUTHORITY_A}/${SYSTEM}`,
    `/log/${AUTHORITY_A}/checkpoint`,
  ];
  for (const path of paths) {
    const response = await app.request(path);
    assert.equal(response.status, 200, path);
    const body = Buffer.from(await response.arrayBuffer());
    assertClean(path, body);
    assert.ok(!body.includes(reference), `${path} holds the reference`);
    assert.ok(!body.includes(caseId), `${path} holds the case id`);
  }
  for (let i = 0; ; i++) {
    const entry = await p.ledger.entry(AUTHORITY_A, i).catch(() => undefined);
    if (entry === undefined) break;
    assertClean(`entry ${i}`, Buffer.from(entry));
  }
  assertClean('our logs', Buffer.from(logged));
});
