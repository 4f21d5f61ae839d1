import type { Context as HttpContext } from 'hono';
import { assertCan, logAccess, staffHref } from '../access/index.ts';
import type { Context } from '../context.ts';
import { readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { formOf, langOf, siteOf, type WebEnv } from '../http.ts';
import { type FormErrors, type FormValues, LANGS, renderPage, translator } from '../web/index.ts';
import { askForDocuments, DOCUMENT_KINDS } from './documents.ts';
import { extendReview } from './extend.ts';
import { isKind } from './kinds.ts';
import { kinds } from './messages-kinds.ts';
import { qualifyRequest } from './qualify.ts';
import { QualifyPage } from './qualify-page.tsx';
import { closedPage, showReview } from './request-routes.tsx';
import { reviewOf } from './reviews-of-case.ts';
import { wayIn } from './way-in.ts';

type C = HttpContext<WebEnv>;

const text = (values: FormValues, name: string) => {
  const value = values[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
};
const langIn = (values: FormValues, field: string, c: C) =>
  LANGS.find((one) => one === text(values, field)) ?? langOf(c);
const addressOf = (c: C, reviewId: string) =>
  `${staffHref(langOf(c), c.var.staff.authorityId, 'reviews')}/${reviewId}`;

/** The page on which the desk qualifies a request, also one that is qualified already. Reading it is logged. */
export async function qualifyPage(
  ctx: Context,
  c: C,
  reviewId: string,
  more: { values?: FormValues; errors?: FormErrors } = {},
): Promise<Response> {
  const { staff } = c.var;
  assertCan(staff, 'request.qualify');
  const way = await wayIn(ctx, staff, reviewId);
  if (way.to === 'closed' && way.closure.why !== 'other') return closedPage(ctx, c, way);
  if (way.row.status === 'decided') return c.redirect(addressOf(c, reviewId), 303);
  const { authorityId, staffId } = staff;
  const { case_id: caseId, decision_id: decisionId } = way.row;
  await logAccess(ctx, { authorityId, actor: staffId, action: 'request.read', caseId, purpose: 'qualify' });
  const shown = (
    <QualifyPage
      row={way.row}
      review={reviewOf(way.row, way.life, ctx.clock.now())}
      view={await readDecision(ctx, authorityId, decisionId)}
      {...more}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown, { status: more.errors === undefined ? 200 : 422 });
}

export async function qualify(ctx: Context, c: C, reviewId: string): Promise<Response> {
  const { authorityId, staffId: by } = c.var.staff;
  const t = translator(kinds, langOf(c));
  const values = await formOf(c);
  const kind = text(values, 'kind');
  if (!isKind(kind)) return qualifyPage(ctx, c, reviewId, { values, errors: { kind: t('chooseKind') } });
  try {
    const lang = langIn(values, 'lang', c);
    await qualifyRequest(ctx, { authorityId, reviewId, kind, because: text(values, 'because'), lang, by });
  } catch (error) {
    const errors = refusal(error, { because: t('words'), kind: t('sameKind') });
    if (errors === undefined) throw error;
    return qualifyPage(ctx, c, reviewId, { values, errors });
  }
  return c.redirect(`${addressOf(c, reviewId)}?saved`, 303);
}

/** Asks for the missing documents. What is refused leads back to the request, with what was typed. */
export async function ask(ctx: Context, c: C, reviewId: string): Promise<Response> {
  const { authorityId, staffId } = c.var.staff;
  const values = await formOf(c);
  const chosen = [values.documents ?? []].flat();
  try {
    await askForDocuments(ctx, {
      authorityId,
      reviewId,
      staffId,
      documents: DOCUMENT_KINDS.filter((kind) => chosen.includes(kind)),
      text: text(values, 'documentsText'),
      lang: langIn(values, 'documentsLang', c),
    });
  } catch (error) {
    const t = translator(kinds, langOf(c));
    const refused = refusal(error, { documents: t('documentsChoose'), text: t('words') });
    if (refused === undefined) throw error;
    const { text: documentsText, ...others } = refused;
    const errors = documentsText === undefined ? others : { ...others, documentsText };
    return showReview(ctx, c, reviewId, { part: 'documents', values, errors });
  }
  return c.redirect(`${addressOf(c, reviewId)}?saved`, 303);
}

export async function extend(ctx: Context, c: C, reviewId: string): Promise<Response> {
  const { authorityId, staffId: by } = c.var.staff;
  const values = await formOf(c);
  const ground = text(values, 'ground');
  try {
    const lang = langIn(values, 'becauseLang', c);
    await extendReview(ctx, { authorityId, reviewId, ground, because: text(values, 'because'), lang, by });
  } catch (error) {
    const t = translator(kinds, langOf(c));
    const errors = refusal(error, {
      ground: t(ground === '' ? 'extendChoose' : 'extendNoMore'),
      because: t('words'),
      due: t('extendNoMore'),
      extended: t('extendNoMore'),
    });
    if (errors === undefined) throw error;
    const first = Object.values(errors)[0];
    return showReview(ctx, c, reviewId, { part: 'extend', values, errors: { ...errors, ground: first } });
  }
  return c.redirect(`${addressOf(c, reviewId)}?saved`, 303);
}

/** The words at the field that mends it; undefined for what no field can mend. */
function refusal(error: unknown, words: FormErrors): FormErrors | undefined {
  if (!(error instanceof PlatformError) || error.status >= 500) return undefined;
  const { where = '' } = error.details;
  const said = words[where];
  return said === undefined ? undefined : { [where]: said };
}
