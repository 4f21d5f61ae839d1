import type { Context as HttpContext } from 'hono';
import { assertCan, can, findStaff, logAccess, staffHref } from '../access/index.ts';
import { downloadOf, findFile, handedFiles } from '../attachments/index.ts';
import { findCase } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { langOf, siteOf, type WebEnv } from '../http.ts';
import { type FormErrors, type FormValues, renderPage, translator } from '../web/index.ts';
import { openingValues } from './answer.ts';
import { AnsweredPage } from './answered-page.tsx';
import { assignReview } from './assign.ts';
import { AssignPage, LEAST_BUSY } from './assign-page.tsx';
import { reviewClock } from './clock.ts';
import { ClosedPage } from './closed-page.tsx';
import { previewCorrections } from './corrections.ts';
import { m } from './messages.ts';
import { openReview } from './openings.ts';
import { ReviewPage } from './review-page.tsx';
import { candidatesFor } from './reviewers.ts';
import { reviewOf } from './reviews-of-case.ts';
import { namesOf } from './systems.ts';
import { type WayIn, wayIn } from './way-in.ts';

type C = HttpContext<WebEnv>;

/** One request: the page that this person may have of it. What shows the file is logged before it is shown. */
export async function showReview(ctx: Context, c: C, reviewId: string, tried?: TriedPart): Promise<Response> {
  const { staff } = c.var;
  if (!can(staff, 'review.assign')) assertCan(staff, 'review.decide');
  const way = await wayIn(ctx, staff, reviewId);
  const saved = c.req.query('saved') !== undefined;
  switch (way.to) {
    case 'closed':
      return closedPage(ctx, c, way);
    case 'assign':
      return assignPage(ctx, c, way, { given: c.req.query('given') !== undefined, saved, tried });
    case 'qualify':
      return c.redirect(`${staffHref(langOf(c), staff.authorityId, 'reviews')}/${reviewId}/qualify`, 303);
    case 'answered':
      return answeredPage(ctx, c, way);
    case 'answer': {
      await opened(ctx, c, way, 'review.read');
      const { row, life } = way;
      await openReview(ctx, { authorityId: staff.authorityId, reviewId, staffId: staff.staffId });
      const view = await readDecision(ctx, staff.authorityId, row.decision_id);
      const review = reviewOf(row, life, ctx.clock.now());
      const said = review.asked.corrections;
      const { assessed, corrections } = await previewCorrections(view.system, view.facts, said);
      const shown = (
        <ReviewPage
          review={review}
          view={view}
          values={openingValues(view, said, langOf(c))}
          preview={{ corrections, explanation: assessed.explanation, effect: assessed.effect }}
          saved={saved}
          tried={tried}
          staffId={staff.staffId}
        />
      );
      return renderPage(c, siteOf(ctx, c), shown, { status: tried === undefined ? 200 : 422 });
    }
  }
}

/** A form beside the answer that was refused: what was typed and what is wrong with it. */
export interface TriedPart {
  readonly part: 'documents' | 'extend';
  readonly values: FormValues;
  readonly errors: FormErrors;
}

/** Logs that this person now reads the person's data. */
export function opened(ctx: Context, c: C, { row }: WayIn, action: string): Promise<void> {
  const { authorityId, staffId } = c.var.staff;
  return logAccess(ctx, { authorityId, actor: staffId, action, caseId: row.case_id, purpose: 'review' });
}

export async function closedPage(ctx: Context, c: C, way: WayIn & { to: 'closed' }): Promise<Response> {
  const shown = (
    <ClosedPage
      closure={way.closure}
      review={way.row}
      clock={reviewClock(way.row, ctx.clock.now())}
      staffId={c.var.staff.staffId}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown, { status: 403 });
}

async function answeredPage(ctx: Context, c: C, way: WayIn): Promise<Response> {
  await opened(ctx, c, way, 'review.read');
  const { row, life } = way;
  const review = reviewOf(row, life, ctx.clock.now());
  const { answered } = review;
  if (answered === undefined) throw new PlatformError('conflict', 'This request has no answer yet.');
  const { newDecisionId } = answered;
  const shown = (
    <AnsweredPage
      review={{ ...review, answered }}
      view={await readDecision(ctx, row.authority_id, row.decision_id)}
      successor={
        newDecisionId === undefined ? undefined : await readDecision(ctx, row.authority_id, newDecisionId)
      }
      now={c.req.query('done') !== undefined}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown);
}

const READS_FILES: ReadonlySet<WayIn['to']> = new Set(['answer', 'answered', 'qualify']);

/** A file of a request, for who may read the request itself. The download is logged before. */
export async function giveFile(ctx: Context, c: C, reviewId: string, id: string): Promise<Response> {
  const way = await wayIn(ctx, c.var.staff, reviewId);
  if (way.to === 'closed') return closedPage(ctx, c, way);
  if (!READS_FILES.has(way.to)) {
    throw new PlatformError('forbidden', 'This request was not given to you.', { where: 'assigned_to' });
  }
  const file = findFile(
    handedFiles(way.life).filter((one) => one.reviewId === reviewId),
    id,
  );
  await opened(ctx, c, way, 'file.read');
  return downloadOf(ctx, { authorityId: way.row.authority_id, caseId: way.row.case_id }, file);
}

interface AssignState {
  readonly given?: boolean;
  readonly saved?: boolean;
  readonly tried?: TriedPart | undefined;
  readonly values?: FormValues;
  readonly errors?: FormErrors;
}

async function assignPage(ctx: Context, c: C, { row, life }: WayIn, state: AssignState): Promise<Response> {
  const { authorityId, staffId } = c.var.staff;
  if (row.kind === null) throw new PlatformError('conflict', 'The request is not qualified yet.');
  const shown = (
    <AssignPage
      review={row}
      full={reviewOf(row, life, ctx.clock.now())}
      self={staffId}
      reference={(await findCase(ctx, authorityId, row.case_id))?.reference ?? ''}
      systems={await namesOf(ctx, authorityId)}
      clock={reviewClock(row, ctx.clock.now(), life)}
      candidates={await candidatesFor(ctx, { ...row, kind: row.kind }, life)}
      holder={row.assigned_to === null ? undefined : await findStaff(ctx, authorityId, row.assigned_to)}
      {...state}
    />
  );
  const refused = state.errors !== undefined || state.tried !== undefined;
  return renderPage(c, siteOf(ctx, c), shown, { status: refused ? 422 : 200 });
}

const REFUSED: readonly string[] = [
  'not-independent',
  'not-certified',
  'not-competent',
  'forbidden',
  'not-found',
];

/** Gives the request to the reviewer whom the supervisor chose. */
export async function giveReview(ctx: Context, c: C, reviewId: string): Promise<Response> {
  const { staff } = c.var;
  const { authorityId, staffId: by } = staff;
  const to = String((await c.req.parseBody()).to ?? '');
  const address = `${staffHref(langOf(c), authorityId, 'reviews')}/${reviewId}`;
  const again = async (key: 'choose' | 'noLonger') => {
    const way = await wayIn(ctx, staff, reviewId);
    const errors = { to: translator(m, langOf(c))(key) };
    return way.to === 'assign' || way.to === 'answer'
      ? assignPage(ctx, c, way, { values: { to }, errors })
      : c.redirect(address, 303);
  };
  if (to === '') return again('choose');
  try {
    await assignReview(ctx, { authorityId, reviewId, ...(to === LEAST_BUSY ? {} : { to }), by });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (REFUSED.includes(error.code)) return again('noLonger');
    // A second press of the button: it is with that person already.
    if (error.code === 'conflict' && error.details.where === 'to') return c.redirect(`${address}?given`, 303);
    throw error;
  }
  return c.redirect(`${address}?given`, 303);
}
