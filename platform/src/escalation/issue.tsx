import { createHash } from 'node:crypto';
import { formatReceipt, utf8 } from '@taalil/transparency-log';
import { archivePath, handedFiles, openFile } from '../attachments/index.ts';
import { type CaseEvent, caseLife, recordCaseEvent } from '../cases/events.ts';
import { readCitizenCase } from '../citizen/case-view.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { receiptOf, receiptsOfCase } from '../notices/index.ts';
import { reviewsOfCase } from '../reviews/index.ts';
import { assetText, defineScript, type Lang, renderToString } from '../web/index.ts';
import { CASE, formatManifest, ISSUED, MANIFEST, type Manifest, RECEIPTS } from './archive/manifest.ts';
import { type ArchiveFile, writeZip } from './archive/zip.ts';
import { type BundleSource, caseJson, clockJson, rulesJson, systemFiles } from './bundle-files.ts';
import { DossierPage, PAGE_LANGUAGES, SCRIPT, STYLE } from './dossier-page.tsx';
import { README } from './readme.ts';

const BUNDLED = 'verify-bundle.js';
defineScript(BUNDLED, new URL('browser/verify-bundle.ts', import.meta.url));

export interface IssuedBundle {
  readonly reference: string;
  readonly archive: Uint8Array;
  /** The entry of the log that seals the issue. */
  readonly index: number;
}

/**
 * Makes the whole file of a case into one archive and seals its issue in the case: the entry commits to the hash of the
 * list of files, which names each with its own. So the log signs the archive, by the key that everybody has already, and
 * nobody can issue one unseen.
 *
 * Throws `not-found`, `erased`, `altered-record`; then nothing was issued.
 */
export async function issueBundle(
  ctx: Context,
  { authorityId, caseId, lang }: { authorityId: string; caseId: string; lang: Lang },
): Promise<IssuedBundle> {
  const [of, requests, { text, events }, vkeys] = await Promise.all([
    readCitizenCase(ctx, authorityId, caseId),
    reviewsOfCase(ctx, authorityId, caseId),
    receiptsOfCase(ctx, authorityId, caseId),
    ctx.ledger.vkeys(authorityId),
  ]);
  const at = stamp(ctx.clock.now());
  const source: BundleSource = { of, requests, events, at, vkeys };
  const files = [...(await attachedFiles(ctx, source)), ...(await filesOf(ctx, source, text, lang))];
  const { reference } = of.present.case;
  const manifest: Manifest = {
    v: 1,
    kind: 'taalil-bundle',
    authority: authorityId,
    case: caseId,
    reference,
    at,
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  const list = formatManifest(manifest);
  const sealed = await recordCaseEvent(ctx, {
    authorityId,
    caseId,
    systemId: of.present.row.system_id,
    type: 'bundle-issued',
    facts: { manifest: sha256(list), files: files.length },
  });
  const event = (await caseLife(ctx, authorityId, caseId)).find(({ index }) => index === sealed.index);
  const receipt = formatReceipt(await receiptOf(ctx, authorityId, event as CaseEvent));
  return {
    reference,
    index: sealed.index,
    archive: writeZip([...files, { path: MANIFEST, bytes: list }, { path: ISSUED, bytes: utf8(receipt) }]),
  };
}

/** Every file that was handed in and not taken back, as it came. Throws `altered-record`. */
async function attachedFiles(ctx: Context, { of: { authorityId, caseId, life } }: BundleSource) {
  const files: ArchiveFile[] = [];
  for (const file of handedFiles(life)) {
    if (file.withdrawnAt !== undefined) continue;
    files.push({ path: archivePath(file), bytes: await openFile(ctx, { authorityId, caseId }, file) });
  }
  return files;
}

async function filesOf(
  ctx: Context,
  source: BundleSource,
  receipts: string,
  lang: Lang,
): Promise<ArchiveFile[]> {
  const texts = new Map([
    ['README.txt', README],
    [CASE, caseJson(source)],
    [RECEIPTS, receipts],
    ['clock.json', clockJson(source)],
    ['rules.json', rulesJson(source)],
    ...systemFiles(source.of),
    [STYLE, assetText('taalil.css')],
    [SCRIPT, assetText(BUNDLED)],
  ]);
  const paths = [...texts.keys()];
  const page = (one: Lang) =>
    renderToString(
      { lang: one, path: '', demonstration: ctx.kind === 'demonstration' },
      <DossierPage source={source} paths={paths} />,
    );
  for (const one of PAGE_LANGUAGES) texts.set(`${one}.html`, await page(one));
  const first = PAGE_LANGUAGES.find((one) => one === lang) ?? 'ar';
  texts.set('index.html', texts.get(`${first}.html`) ?? '');
  return [...texts].map(([path, text]) => ({ path, bytes: utf8(text) }));
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
