import type { Context as HttpContext } from 'hono';
import { assertCan, can, staffHref } from '../access/index.ts';
import type { Context } from '../context.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { langOf, siteOf, type WebEnv } from '../http.ts';
import { type FormErrors, type FormValues, renderPage } from '../web/index.ts';
import { type AnswerFaults, decisionOf, type ReadAnswer, readAnswer } from './answer.ts';
import { faultWords, refusalWords } from './answer-errors.ts';
import { CheckPage } from './check-page.tsx';
import { type Corrections, previewCorrections } from './corrections.ts';
import { decideReview, type PreparedReview, prepareReview } from './decide-review.ts';
import type { PreviewOf } from './file-parts.tsx';
import { closedPage, opened } from './request-routes.tsx';
import { ReviewPage } from './review-page.tsx';
import { reviewOf } from './reviews-of-case.ts';
import { type WayIn, wayIn } from './way-in.ts';

type C = HttpContext<WebEnv>;
type Open = WayIn & { to: 'answer' };

interface Typed {
  readonly way: Open;
  readonly view: DecisionView;
  readonly values: FormValues;
  readonly read: ReadAnswer;
}

/**
 * The form of an answer: `preview` runs the rule on the corrected facts, `check` shows what would be signed, `sign`
 * signs it. Whatever is refused leads back to the form with everything that was typed.
 */
export async function answerReview(ctx: Context, c: C, reviewId: string): Promise<Response> {
  const { staff } = c.var;
  const { authorityId, staffId } = staff;
  const address = `${staffHref(langOf(c), authorityId, 'reviews')}/${reviewId}`;
  if (!can(staff, 'appeal.decide')) assertCan(staff, 'review.decide');
  const way = await wayIn(ctx, staff, reviewId);
  if (way.to === 'closed') return closedPage(ctx, c, way);
  // Answered already, by a second press of the button perhaps: the answer is there to read.
  if (way.to !== 'answer') return c.redirect(address, 303);
  const values = await typedValues(c);
  const view = await readDecision(ctx, authorityId, way.row.decision_id);
  const read = readAnswer(view, values);
  const typed: Typed = { way, view, values, read };
  const who = { authorityId, reviewId, staffId };
  const faults = faultWords(langOf(c), await faultsOf(typed));
  switch (values.step) {
    case 'check': {
      if (Object.keys(faults).length > 0) return form(ctx, c, typed, faults);
      const prepared = await prepareReview(ctx, decisionOf(read, who)).catch(refused);
      return prepared instanceof PlatformError
        ? refusedForm(ctx, c, typed, prepared)
        : check(ctx, c, typed, prepared);
    }
    case 'sign': {
      if (Object.keys(faults).length > 0) return form(ctx, c, typed, faults);
      const decided = await decideReview(ctx, decisionOf(read, who)).catch(refused);
      return decided instanceof PlatformError
        ? refusedForm(ctx, c, typed, decided)
        : c.redirect(`${address}?done`, 303);
    }
    default:
      return form(ctx, c, typed, faultsOfFacts(langOf(c), read));
  }
}

async function typedValues(c: C): Promise<FormValues> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function refused(error: unknown): PlatformError {
  if (error instanceof PlatformError && error.status < 500) return error;
  throw error;
}

/** Also a fault: to let the rule decide again on a record in which nothing is corrected. */
async function faultsOf(typed: Typed): Promise<AnswerFaults> {
  const { kind, faults } = typed.read;
  if (kind !== 'corrected' || Object.keys(faults).length > 0) return faults;
  const changed = Object.keys((await previewOf(typed))?.corrections ?? {}).length > 0;
  return changed ? faults : { answer: 'nothingCorrected' };
}

/** Before an answer is chosen only the facts can be wrong. */
function faultsOfFacts(lang: ReturnType<typeof langOf>, { faults }: ReadAnswer): FormErrors {
  const { answer: _answer, lang: _lang, ...facts } = faults;
  return faultWords(lang, facts);
}

async function refusedForm(ctx: Context, c: C, typed: Typed, error: PlatformError): Promise<Response> {
  const { staff } = c.var;
  const now = await wayIn(ctx, staff, typed.way.row.review_id);
  if (now.to === 'closed') return closedPage(ctx, c, now);
  if (now.to !== 'answer') {
    return c.redirect(`${staffHref(langOf(c), staff.authorityId, 'reviews')}/${now.row.review_id}`, 303);
  }
  const errors = refusalWords(langOf(c), error);
  if (errors !== undefined) return form(ctx, c, typed, errors);
  if (error.code === 'conflict') return form(ctx, c, typed, {}, 409);
  throw error;
}

async function previewOf({ view, read }: Typed): Promise<PreviewOf | undefined> {
  try {
    return await assessedWith(view, read.corrections);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'invalid-input') return undefined;
    throw error;
  }
}

async function assessedWith(view: DecisionView, wanted: Corrections): Promise<PreviewOf> {
  const { assessed, corrections } = await previewCorrections(view.system, view.facts, wanted);
  return { corrections, explanation: assessed.explanation, effect: assessed.effect };
}

async function form(ctx: Context, c: C, typed: Typed, errors: FormErrors, conflict?: 409): Promise<Response> {
  await opened(ctx, c, typed.way, 'review.read');
  const { row, life } = typed.way;
  const shown = (
    <ReviewPage
      review={reviewOf(row, life, ctx.clock.now())}
      view={typed.view}
      values={typed.values}
      errors={errors}
      preview={await previewOf(typed)}
      moved={conflict !== undefined}
      staffId={c.var.staff.staffId}
    />
  );
  const status = conflict ?? (Object.keys(errors).length > 0 ? 422 : 200);
  return renderPage(c, siteOf(ctx, c), shown, { status });
}

async function check(ctx: Context, c: C, typed: Typed, prepared: PreparedReview): Promise<Response> {
  const { kind } = typed.read;
  if (kind === undefined) throw new PlatformError('invalid-request', 'No answer was chosen.');
  await opened(ctx, c, typed.way, 'review.read');
  const shown = <CheckPage prepared={prepared} kind={kind} signer={c.var.staff} values={typed.values} />;
  return renderPage(c, siteOf(ctx, c), shown);
}
