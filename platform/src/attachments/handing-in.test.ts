import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import type { Hono } from 'hono';
import { eraseCase, readyToErase } from '../../test/erasing.ts';
import { formWith, jpeg, pdf, png, pngText } from '../../test/files-to-attach.ts';
import { AUTHORITY_A, AUTHORITY_B, makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { openedBy } from '../../test/opened-file.ts';
import { qualified, reasonsText, refusalBy, staffMember, type TestStaff } from '../../test/reviewing.ts';
import { makeStaff, signedIn, type Visitor } from '../../test/visitor.ts';
import { webApp } from '../../test/web-app.ts';
import { listAccess, type WebEnv } from '../access/index.ts';
import { caseLife, recordCaseEvent } from '../cases/events.ts';
import { citizenPages } from '../citizen/index.ts';
import { counterPages } from '../counter/index.ts';
import { formatManifest, MANIFEST, parseManifest } from '../escalation/archive/manifest.ts';
import { readZip, writeZip } from '../escalation/archive/zip.ts';
import { issueBundle, verifyArchive } from '../escalation/index.ts';
import { caseReceipts, receiptsOfCase, verifyReceiptText } from '../notices/index.ts';
import { proveComplete } from '../prove-complete.ts';
import { askForDocuments, assignReview, decideReview, reviewsOfCase } from '../reviews/index.ts';
import { reviewPages } from '../reviews/pages.tsx';
import { typed } from '../store/index.ts';
import { forgetFiles, handedFiles, openFile, stagedFiles, stageFile } from './index.ts';
import { CASE_FILES_MOST, FILE_MOST, UPLOAD_MOST } from './limits.ts';
import type { AttachmentTables } from './tables.ts';

const A = { authorityId: AUTHORITY_A } as const;
const AT = '/fr/case/review';
const PAYSLIP = { name: 'fiche de paie.pdf', bytes: pdf(['(NeedleInThePayslip)']) };
const PHOTO = { name: '../photo\u202e.jpeg', bytes: jpeg(), type: 'text/html' };
const HTML = {
  name: 'innocent.pdf',
  bytes: Buffer.from('<script>alert(1)</script>'),
  type: 'application/pdf',
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let p: TestPlatform;
let app: Hono<WebEnv>;
let staff: Record<'author' | 'reviewer' | 'other' | 'supervisor' | 'agent', TestStaff>;
before(async () => {
  p = await makePlatform();
  app = webApp(citizenPages(p), reviewPages(p), counterPages(p));
  const add = (account: string, roles: Parameters<typeof staffMember>[2]) =>
    staffMember(p, account, roles, { password: null, certifiedTo: '2028-02-01', delegatedTo: '2028-02-01' });
  staff = {
    author: await add('author', ['reviewer']),
    reviewer: await add('reviewer', ['reviewer']),
    other: await add('other', ['reviewer']),
    supervisor: await add('supervisor', ['supervisor']),
    agent: await add('agent', ['counter']),
  };
});
after(() => p.dispose());

type Files = Parameters<typeof formWith>[1];
async function sendFiles(
  visitor: Visitor,
  path: string,
  files: Files,
  {
    fields = {} as Record<string, string>,
    from = path,
    headers = {} as Record<string, string>,
    csrf = '',
  } = {},
) {
  const token = csrf || (await visitor.token(from));
  const body = formWith({ csrf: token, ...fields }, files);
  const response = await visitor.request(path, { method: 'POST', body, headers });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}
const signIn = (who: TestStaff) => signedIn(p, app, AUTHORITY_A, who.staffId);
const holder = (caseId: string) => ({ ...A, caseId, holder: 'citizen' as const });
const staged = async (caseId: string) => (await stagedFiles(p, holder(caseId))).map(({ name }) => name);
const one = async (caseId: string) => {
  const [review] = await reviewsOfCase(p, AUTHORITY_A, caseId);
  assert.ok(review);
  return review;
};
const rows = (table: keyof AttachmentTables, ids: readonly string[]) =>
  typed<AttachmentTables>(p.store.read)
    .selectFrom(table)
    .selectAll()
    .where('attachment_id', 'in', ids)
    .execute();

async function refused() {
  const { caseId, decisionId } = await refusalBy(p, staff.author);
  return { caseId, decisionId, person: await openedBy(p, app, caseId) };
}

/** A refusal of which a review was asked, with these files; given to the reviewer. */
async function asked(files: Files = [PAYSLIP, PHOTO], { given = true } = {}) {
  const { caseId, decisionId, person } = await refused();
  await person.post(`${AT}/ground`, { ground: 'want-person' });
  await person.post(`${AT}/text`, { text: '' });
  await sendFiles(person, `${AT}/files`, files);
  await person.post(`${AT}/contact`, {});
  await person.post(`${AT}/who`, { who: 'self' });
  assert.equal((await person.post(`${AT}/check`, {})).location, `${AT}/sent`);
  const { reviewId } = await one(caseId);
  if (given) {
    await qualified(p, reviewId);
    await assignReview(p, { ...A, reviewId, to: staff.reviewer.staffId, by: staff.supervisor.staffId });
  }
  return { caseId, decisionId, person, reviewId };
}

test('files are chosen, judged by their bytes, let go of, listed, and sealed with the request', async () => {
  const { caseId, person } = await refused();
  await person.post(`${AT}/ground`, { ground: 'want-person' });
  await person.post(`${AT}/text`, { text: '' });
  const first = await sendFiles(person, `${AT}/files`, [PAYSLIP, HTML, PHOTO]);
  assert.equal(first.status, 422);
  assert.match(first.html, /<bdi>innocent\.pdf<\/bdi>[^<]*ce n’est ni un PDF/);
  assert.doesNotMatch(first.html, /alert\(1\)|\u202e/);
  assert.deepEqual(await staged(caseId), ['fiche de paie.pdf', 'photo.jpeg']);

  const more = await sendFiles(person, `${AT}/files`, [{ name: 'x.png', bytes: png() }], {
    fields: { more: 'yes' },
  });
  assert.equal(more.status, 200, 'who adds more stays on the page');
  const third = (await stagedFiles(p, holder(caseId)))[2]?.file ?? '';
  assert.equal((await sendFiles(person, `${AT}/files`, [], { fields: { remove: third } })).status, 200);
  assert.deepEqual(await staged(caseId), ['fiche de paie.pdf', 'photo.jpeg']);
  assert.deepEqual([await rows('attachments', [third]), p.vault.has(AUTHORITY_A, third)], [[], false]);

  assert.equal((await sendFiles(person, `${AT}/files`, [])).location, `${AT}/contact`);
  await person.post(`${AT}/contact`, {});
  await person.post(`${AT}/who`, { who: 'self' });
  assert.match((await person.get(`${AT}/check`)).html, /fiche de paie\.pdf.*photo\.jpeg/s);
  await person.post(`${AT}/check`, {});
  const { files } = await one(caseId);
  assert.deepEqual(
    files.map(({ name, type, bytes, sha256: hash, atCounter }) => [name, type, bytes, hash, atCounter]),
    [
      ['fiche de paie.pdf', 'pdf', PAYSLIP.bytes.length, sha256(PAYSLIP.bytes), false],
      ['photo.jpeg', 'jpeg', PHOTO.bytes.length, sha256(PHOTO.bytes), false],
    ],
  );
  assert.deepEqual(await staged(caseId), []);
  assert.match((await person.get(`${AT}/follow`)).html, /Fichiers remis.*fiche de paie\.pdf/s);

  const receipts = await caseReceipts(p, AUTHORITY_A, caseId);
  const verdict = await verifyReceiptText(p, receipts);
  assert.ok(verdict.kind === 'valid');
  const opened = verdict.receipts.find(({ facts }) => facts.type === 'review-requested');
  assert.equal((opened?.facts.files as { sha256: string }[] | undefined)?.[0]?.sha256, sha256(PAYSLIP.bytes));
  for (const name of readdirSync(p.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const content = readFileSync(join(name.parentPath, name.name));
    for (const needle of ['NeedleInThePayslip', 'fiche de paie.pdf', sha256(PAYSLIP.bytes)]) {
      assert.ok(!content.includes(needle), `${needle} stands in clear in ${name.name}`);
    }
  }
});

test('a download is an attachment of a fixed type that nothing shows, for the person alone', async () => {
  const { caseId, person } = await asked();
  const [payslip, photo] = (await one(caseId)).files;
  const answer = await person.request(`/fr/case/files/${photo?.file}`);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PHOTO.bytes);
  const headers = Object.fromEntries(answer.headers);
  assert.equal(headers['content-type'], 'image/jpeg', 'never what the sender said');
  assert.equal(
    headers['content-disposition'],
    `attachment; filename="photo.jpeg"; filename*=UTF-8''photo.jpeg`,
  );
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['content-security-policy'], "sandbox; default-src 'none'; frame-ancestors 'none'");
  assert.equal(headers['cache-control'], 'no-store');
  const { entries } = await listAccess(p, AUTHORITY_A, { caseId });
  assert.ok(entries.some(({ actor, action }) => actor === 'citizen' && action === 'file.read'));

  const { person: somebodyElse } = await refused();
  assert.equal((await somebodyElse.get(`/fr/case/files/${payslip?.file}`)).status, 404);
  const stranger = await app.request(`/fr/case/files/${payslip?.file}`);
  assert.deepEqual([stranger.status, stranger.headers.get('location')], [303, '/fr/case']);
  assert.equal((await person.get(`/fr/case/files/fil_${'0'.repeat(24)}`)).status, 404);
});

test('the desk: who reads the request reads its files, logged; nobody else does', async () => {
  const { caseId, reviewId } = await asked();
  const [payslip] = (await one(caseId)).files;
  const at = `/fr/staff/${AUTHORITY_A}/reviews/${reviewId}`;
  const reviewer = await signIn(staff.reviewer);
  const page = await reviewer.get(at);
  assert.ok(page.html.includes(`${at}/files/${payslip?.file}`) && page.html.includes(sha256(PAYSLIP.bytes)));
  const answer = await reviewer.request(`${at}/files/${payslip?.file}`);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PAYSLIP.bytes);
  const { entries } = await listAccess(p, AUTHORITY_A, { caseId });
  assert.ok(entries.some((e) => e.actor === staff.reviewer.staffId && e.action === 'file.read'));

  const colleague = await makeStaff(p, AUTHORITY_B, ['reviewer', 'supervisor']);
  const elsewhere = await signedIn(p, app, AUTHORITY_B, colleague);
  for (const [who, visitor, status] of [
    ['who decided', await signIn(staff.author), 403],
    ['another reviewer', await signIn(staff.other), 403],
    ['who gives requests to others', await signIn(staff.supervisor), 403],
    ['an agent of the counter', await signIn(staff.agent), 403],
    ['another authority', elsewhere, 404],
  ] as const) {
    const refusal = await visitor.get(`${at}/files/${payslip?.file}`);
    assert.equal(refusal.status, status, who);
    assert.ok(!refusal.html.includes('NeedleInThePayslip'), who);
  }
  assert.equal((await app.request(`${at}/files/${payslip?.file}`)).status, 303);
  const other = await asked();
  assert.equal((await reviewer.get(`${at}/files/${(await one(other.caseId)).files[0]?.file}`)).status, 404);
});

test('nothing is kept of a form without its token, from elsewhere, or whose token comes late', async () => {
  const { caseId, person } = await refused();
  const path = `${AT}/files`;
  const { person: other } = await refused();
  const late = formWith({ csrf: '' }, []);
  late.delete('csrf');
  late.append('files', new Blob([new Uint8Array(PAYSLIP.bytes)]), 'x.pdf');
  late.append('csrf', await person.token(path));
  assert.equal((await person.request(path, { method: 'POST', body: late })).status, 403);
  for (const send of [
    () => sendFiles(person, path, [PAYSLIP], { csrf: 'x' }),
    async () => sendFiles(person, path, [PAYSLIP], { csrf: await other.token(path) }),
    () => sendFiles(person, path, [PAYSLIP], { headers: { origin: 'https://evil.example' } }),
    () => sendFiles(person, path, [PAYSLIP], { headers: { 'sec-fetch-site': 'cross-site' } }),
  ]) {
    assert.equal((await send()).status, 403);
  }
  assert.deepEqual(await staged(caseId), []);
});

test('what is too large is refused early, with the words still there', async () => {
  const { caseId, person, reviewId } = await asked([]);
  await askForDocuments(p, {
    ...A,
    reviewId,
    documents: ['income'],
    text: 'Le bulletin.',
    lang: 'fr',
    staffId: staff.reviewer.staffId,
  });
  const path = `${AT}/${reviewId}/documents`;
  const from = `${AT}/follow`;
  const fields = { documents: 'Voici mes trois bulletins.' };
  const large = { name: 'scan.jpg', bytes: jpeg({ size: FILE_MOST }) };
  const one = await sendFiles(person, path, [large, PAYSLIP], { fields, from });
  assert.equal(one.status, 422);
  assert.match(one.html, /<bdi>scan\.jpg<\/bdi>[^<]*il dépasse 10\sMo/);
  assert.ok(one.html.includes('Voici mes trois bulletins.'));
  assert.deepEqual(await staged(caseId), ['fiche de paie.pdf'], 'the good one is kept');

  const announced = { 'content-length': String(UPLOAD_MOST + 1) };
  const early = await sendFiles(person, path, [PAYSLIP], { fields, from, headers: announced });
  assert.equal(early.status, 413);
  assert.ok(early.html.includes('Voici mes trois bulletins.') && early.html.includes('dépassent 16'));

  const token = await person.token(from);
  let pulled = 0;
  const head = `--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${token}\r\n--b\r\nContent-Disposition: form-data; name="documents"\r\n\r\nMots\r\n--b\r\nContent-Disposition: form-data; name="files"; filename="x.pdf"\r\n\r\n`;
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.from(pulled === 0 ? head : 'x'.repeat(65_536)));
      pulled += 65_536;
    },
  });
  const answer = await person.request(path, {
    method: 'POST',
    body: endless,
    duplex: 'half',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  } as RequestInit);
  assert.equal(answer.status, 413);
  assert.ok(pulled < UPLOAD_MOST + 4 * 65_536, `${pulled} bytes were read`);
  assert.match(await answer.text(), /Mots/);

  const sent = await sendFiles(person, path, [], { fields, from });
  assert.equal(sent.location, from);
  const brought = (await reviewsOfCase(p, AUTHORITY_A, caseId))[0];
  assert.equal(brought?.documents?.brought?.text, 'Voici mes trois bulletins.');
  assert.deepEqual(
    brought?.files.map(({ name }) => name),
    ['fiche de paie.pdf'],
  );
});

test('a session that is over, and a way that leads elsewhere, are answered as browsers that still send can show', async () => {
  const { caseId, person } = await asked([]);
  const csrf = await person.token('/fr/case/decision');
  const elsewhere = formWith({ csrf }, [PAYSLIP]);
  let read = 0;
  const bytes = new Response(elsewhere);
  const body = bytes.body?.pipeThrough(
    new TransformStream({
      transform(piece: Uint8Array, out) {
        read += piece.length;
        out.enqueue(piece);
      },
    }),
  );
  const headers = { 'content-type': bytes.headers.get('content-type') ?? '' };
  const waits = { method: 'POST', body, duplex: 'half', headers } as RequestInit;
  const pending = await person.request(`${AT}/files`, waits);
  assert.equal(pending.status, 303, 'a request waits already: this leads to it');
  assert.ok(read > PAYSLIP.bytes.length, 'and the form was read to its end');
  p.clock.moveTo(p.clock.now().add({ hours: 13 }));
  const ended = await person.request(`${AT}/files`, { method: 'POST', body: formWith({ csrf }, [PAYSLIP]) });
  assert.equal(ended.status, 401);
  assert.match(await ended.text(), /name="reference"/);
  assert.deepEqual(await staged(caseId), []);
});

test('files are added to a request that waits, and taken back until it is answered', async () => {
  const { caseId, person, reviewId } = await asked();
  const from = `${AT}/follow`;
  assert.equal((await sendFiles(person, `${AT}/${reviewId}/files`, [], { from })).status, 422);
  const added = await sendFiles(
    person,
    `${AT}/${reviewId}/files`,
    [{ name: 'attestation.png', bytes: png() }],
    {
      from,
      fields: { documents: 'Une attestation de plus.' },
    },
  );
  assert.equal(added.location, from);
  const { files, added: words } = await one(caseId);
  assert.deepEqual(
    [files.map(({ name }) => name), words.map(({ text }) => text)],
    [['fiche de paie.pdf', 'photo.jpeg', 'attestation.png'], ['Une attestation de plus.']],
  );
  const [payslip, photo] = files;
  assert.ok(payslip && photo);
  const back = (file: string) => person.post(`${AT}/${reviewId}/withdraw`, { file }, from);
  assert.equal((await back(payslip.file)).location, from);
  assert.deepEqual(await rows('attachment_pieces', [payslip.file]), []);
  assert.equal(p.vault.has(AUTHORITY_A, payslip.file), false);
  assert.equal((await person.get(`/fr/case/files/${payslip.file}`)).status, 404);
  await assert.rejects(openFile(p, { ...A, caseId }, payslip), { code: 'erased' });
  assert.ok((await one(caseId)).files[0]?.withdrawnAt);
  const last = (await caseLife(p, AUTHORITY_A, caseId)).at(-1);
  assert.deepEqual([last?.type, last?.facts.sha256], ['file-withdrawn', payslip.sha256]);

  const stranger = (await asked([])).person;
  await stranger.post(`${AT}/${reviewId}/withdraw`, { file: photo.file }, from);
  assert.equal((await one(caseId)).files[1]?.withdrawnAt, undefined, 'not by somebody else');
  assert.equal((await sendFiles(stranger, `${AT}/${reviewId}/files`, [PAYSLIP], { from })).status, 404);

  await decideReview(p, {
    ...A,
    reviewId,
    staffId: staff.reviewer.staffId,
    outcome: 'rejected',
    reasons: { lang: 'fr', text: reasonsText() },
  });
  await back(photo.file);
  const after = await one(caseId);
  assert.equal(after.files[1]?.withdrawnAt, undefined, 'what the answer rests on stays');
  assert.deepEqual(await openFile(p, { ...A, caseId }, photo), PHOTO.bytes);
  await sendFiles(person, `${AT}/${reviewId}/files`, [PAYSLIP], { from });
  assert.equal((await one(caseId)).files.length, 3);
});

test('at the counter an agent takes papers in with the request, adds to it, and reads them back', async () => {
  const { caseId, decisionId } = await refusalBy(p, staff.author);
  const agent = await signIn(staff.agent);
  const counter = `/fr/staff/${AUTHORITY_A}/counter`;
  const { reference = '' } = (await p.store.lookup('cases', {
    authority_id: AUTHORITY_A,
    case_id: caseId,
  })) as {
    reference?: string;
  };
  const visit =
    (await agent.post(counter, { reference, document: 'passport', present: 'person' })).location ?? '';
  const at = `${visit}/review`;
  const typed = { ground: 'other', text: 'La personne apporte son bulletin.' };
  const bad = await sendFiles(agent, at, [HTML, PAYSLIP], { fields: typed });
  assert.deepEqual([bad.status, bad.html.includes('La personne apporte')], [422, true]);
  const readBack = await sendFiles(agent, at, [PHOTO], { fields: typed });
  assert.match(readBack.html, /fiche de paie\.pdf.*photo\.jpeg/s);
  assert.equal((await sendFiles(agent, at, [], { fields: { ...typed, do: 'send' } })).status, 303);
  const { reviewId, files, asked: request } = await one(caseId);
  assert.equal(request.filedBy.kind, 'counter');
  assert.deepEqual(
    files.map(({ name, atCounter }) => [name, atCounter]),
    [
      ['fiche de paie.pdf', true],
      ['photo.jpeg', true],
    ],
  );
  const page = await agent.get(at);
  assert.ok(page.html.includes(`${at}/files/${files[0]?.file}`));
  assert.equal((await agent.get(`${at}/files/${files[0]?.file}`)).status, 200);
  const more = { fields: { review: reviewId, text: '' }, from: at };
  assert.equal((await sendFiles(agent, `${at}/files`, [{ name: 'b.png', bytes: png() }], more)).status, 303);
  await agent.post(`${at}/withdraw`, { review: reviewId, file: files[0]?.file ?? '' }, at);
  const now = await one(caseId);
  assert.deepEqual(
    now.files.map(({ withdrawnAt }) => withdrawnAt !== undefined),
    [true, false, false],
  );
  const colleague = await signedIn(p, app, AUTHORITY_A, await makeStaff(p, AUTHORITY_A, ['counter']));
  assert.equal(
    (await colleague.get(`${at}/files/${files[1]?.file}`)).status,
    303,
    'another agent has no visit',
  );
  assert.ok(decisionId);
});

test('the archive of the case holds every file under the hash that was sealed, and misses none', async () => {
  const { caseId, person, reviewId } = await asked();
  const [payslip, photo] = (await one(caseId)).files;
  assert.ok(payslip && photo);
  const vkey = await p.ledger.vkey(AUTHORITY_A);
  const issue = () => issueBundle(p, { ...A, caseId, lang: 'fr' });
  const verify = (archive: Uint8Array) => verifyArchive(archive, { vkey }, nodeRuntime);
  const { archive } = await issue();
  const path = `files/${payslip.file}.pdf`;
  const { files } = await verify(archive);
  assert.deepEqual(Buffer.from(files.find((file) => file.path === path)?.bytes ?? []), PAYSLIP.bytes);
  const page = Buffer.from(files.find((file) => file.path === 'fr.html')?.bytes ?? []).toString();
  assert.ok(page.includes(`href="${path}"`) && page.includes(payslip.sha256));

  /** An archive that the log signs, and whose files are not those that the receipts speak of. */
  const forged = async (
    change: (file: { path: string; bytes: Uint8Array }) => { path: string; bytes: Uint8Array }[],
  ) => {
    const all = readZip(archive);
    const own = all.filter((file) => !/^(?:manifest\.json|issued)/.test(file.path)).flatMap(change);
    const manifest = parseManifest(all.find((file) => file.path === MANIFEST)?.bytes ?? new Uint8Array());
    const list = formatManifest({
      ...manifest,
      files: own.map((file) => ({ path: file.path, bytes: file.bytes.length, sha256: sha256(file.bytes) })),
    });
    const { index } = await recordCaseEvent(p, {
      ...A,
      caseId,
      systemId: 'soutien-menages',
      type: 'bundle-issued',
      facts: { manifest: sha256(list), files: own.length },
    });
    const { text, events } = await receiptsOfCase(p, AUTHORITY_A, caseId);
    const receipt = JSON.parse(text).receipts[events.findIndex((event) => event.index === index)];
    const { formatReceipt, parseReceipt } = await import('@taalil/transparency-log');
    const issued = Buffer.from(formatReceipt(parseReceipt(JSON.stringify(receipt))));
    return writeZip([...own, { path: MANIFEST, bytes: list }, { path: 'issued.taalil.json', bytes: issued }]);
  };
  await verify(await forged((file) => [file]));
  const without = await forged((file) => (file.path === path ? [] : [file]));
  await assert.rejects(verify(without), { code: 'broken', file: `files/${payslip.file}` });
  const other = await forged((file) => [file.path === path ? { path, bytes: pdf() } : file]);
  await assert.rejects(verify(other), { code: 'broken', file: path });
  const slipped = await forged((file) =>
    file.path === path ? [file, { path: `files/fil_${'0'.repeat(24)}.pdf`, bytes: pdf() }] : [file],
  );
  await assert.rejects(verify(slipped), { code: 'broken', file: `files/fil_${'0'.repeat(24)}.pdf` });

  await person.post(`${AT}/${reviewId}/withdraw`, { file: payslip.file }, `${AT}/follow`);
  const later = await verify((await issue()).archive);
  assert.deepEqual(
    later.files.map((file) => file.path).filter((one) => one.startsWith('files/')),
    [`files/${photo.file}.jpg`],
  );
});

/** What an audit of the whole store against its log finds. */
async function findings() {
  const store = { ...p.store, freeze: async () => {} };
  const audited = { store, vault: p.vault, fenceFolder: join(p.folder, 'fence') };
  return (await proveComplete(audited, AUTHORITY_A)).findings.list;
}

test('a stored piece that was altered, moved or taken away is found at the reading', async () => {
  const { caseId } = await asked([
    { name: 'long.png', bytes: png({ more: [pngText('a'.repeat(600_000))] }) },
  ]);
  const [file] = (await one(caseId)).files;
  assert.ok(file);
  assert.equal((await rows('attachment_pieces', [file.file])).length, 3);
  const change = (
    set: (
      row: AttachmentTables['attachment_pieces'],
      all: AttachmentTables['attachment_pieces'][],
    ) => Uint8Array | undefined,
  ) =>
    p.store.transact(async (tx) => {
      const db = typed<AttachmentTables>(tx.db);
      const all = await db
        .selectFrom('attachment_pieces')
        .selectAll()
        .where('attachment_id', '=', file.file)
        .orderBy('piece')
        .execute();
      for (const row of all) {
        const where = db
          .updateTable('attachment_pieces')
          .where('attachment_id', '=', file.file)
          .where('piece', '=', row.piece);
        const sealed = set(row, all);
        if (sealed !== undefined) await where.set({ sealed }).execute();
      }
      return all;
    });
  const read = () => openFile(p, { ...A, caseId }, file);
  const wrong = async () => (await findings()).filter(({ where }) => where.endsWith(file.file));
  const before = await change(() => undefined);
  await change((row) => (row.piece === 1 ? Buffer.from(row.sealed).fill(7, 50, 51) : undefined));
  await assert.rejects(read(), { code: 'altered-record' });
  assert.equal((await wrong()).length, 1);
  await change((row) => before[1 - row.piece]?.sealed ?? row.sealed);
  await assert.rejects(read(), { code: 'altered-record' });
  await change((row) => before[row.piece]?.sealed);
  assert.equal((await read()).length, file.bytes);
  assert.deepEqual(await findings(), []);
  await p.store.transact(async (tx) => {
    await typed<AttachmentTables>(tx.db)
      .deleteFrom('attachment_pieces')
      .where('attachment_id', '=', file.file)
      .where('piece', '=', 2)
      .execute();
  });
  await assert.rejects(read(), { code: 'altered-record' });
});

test('a case takes so many files and no more, and not too many in a short time', async () => {
  const { caseId, person } = await refused();
  for (let i = 0; i < CASE_FILES_MOST; i++) await stageFile(p, holder(caseId), { ...PHOTO, type: 'jpeg' });
  const full = await sendFiles(person, `${AT}/files`, [PAYSLIP]);
  assert.equal(full.status, 422);
  assert.match(full.html, /le dossier est plein/);
  const many = Array.from({ length: 45 }, (_, i) => ({ ...HTML, name: `${i}.pdf` }));
  const often = await sendFiles(person, `${AT}/files`, many);
  assert.equal(often.status, 429);
  assert.match(often.html, /Trop de fichiers en peu de temps/);
  p.clock.moveTo(p.clock.now().add({ minutes: 10 }));
  assert.equal((await sendFiles(person, `${AT}/files`, [HTML])).status, 422);
});

test('what was chosen and never sent goes after a month, with its key', async () => {
  const { caseId } = await refused();
  const { file } = await stageFile(p, holder(caseId), { ...PAYSLIP, type: 'pdf' });
  p.clock.moveTo(p.clock.now().add({ hours: 24 * 29 }));
  await forgetFiles(p);
  assert.deepEqual(await staged(caseId), ['fiche de paie.pdf']);
  p.clock.moveTo(p.clock.now().add({ hours: 48 }));
  await forgetFiles(p);
  assert.deepEqual([await rows('attachments', [file]), await rows('attachment_pieces', [file])], [[], []]);
  assert.equal(p.vault.has(AUTHORITY_A, file), false);
});

test('the erasure of the case ends its files: no row, nothing that opens them, every receipt still valid', async () => {
  const people = await readyToErase(p);
  const { caseId, reviewId } = await asked();
  await decideReview(p, {
    ...A,
    reviewId,
    staffId: staff.reviewer.staffId,
    outcome: 'rejected',
    reasons: { lang: 'fr', text: reasonsText() },
  });
  const files = handedFiles(await caseLife(p, AUTHORITY_A, caseId));
  const ids = files.map(({ file }) => file);
  const kept = await rows('attachment_pieces', ids);
  assert.equal(kept.length, 2);
  const receipts = await caseReceipts(p, AUTHORITY_A, caseId);
  p.clock.moveTo(p.clock.now().add({ hours: 24 * 500 }));
  const { recordNotification } = await import('../notices/index.ts');
  const day = '2026-04-03';
  await recordNotification(p, {
    ...A,
    caseId,
    decisionId: (await one(caseId)).decisionId,
    mode: 'hand',
    date: day,
    proof: { document: 'slip', on: day },
    to: 'la personne',
    by: { kind: 'staff', staffId: staff.agent.staffId },
  });
  p.clock.moveTo(p.clock.now().add({ hours: 24 * 500 }));
  await eraseCase(p, caseId, people.officer, people.second);
  assert.deepEqual([await rows('attachments', ids), await rows('attachment_pieces', ids)], [[], []]);
  await p.store.transact(async (tx) => {
    for (const row of kept) tx.append('attachment_pieces', { ...row });
  });
  for (const file of files) await assert.rejects(openFile(p, { ...A, caseId }, file), { code: 'erased' });
  assert.equal((await verifyReceiptText(p, receipts)).kind, 'valid');
});
