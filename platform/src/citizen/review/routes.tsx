import type { Hono } from 'hono';
import { chooseFiles, dropStaged, stagedFiles, statusOf } from '../../attachments/index.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { formOf, LANG, langOf, type WebEnv } from '../../http.ts';
import type { OpenedCase } from '../../notices/index.ts';
import { contestQualification, isKind, reviewsOfCase } from '../../reviews/index.ts';
import { type FormValues, renderPage, translator } from '../../web/index.ts';
import type { CitizenCase } from '../case-view.ts';
import { reviewPending } from '../decision-page.tsx';
import { caseAddress, caseOf, type PageContext, siteOfCase } from '../env.ts';
import type { Kept } from '../keep.ts';
import { request as requestWords } from '../messages-request.ts';
import { representativesOf } from '../representatives.ts';
import {
  type Asked,
  answersOf,
  answerTo,
  type Draft,
  faultsOf,
  openStep,
  STEPS,
  type Step,
  stepAfter,
} from './answers.ts';
import { CheckAnswers } from './check-answers.tsx';
import { dropDraft, readDraft, saveDraft } from './draft-store.ts';
import { filePages, holderOf } from './file-routes.tsx';
import { FollowPage, SentPage } from './follow-page.tsx';
import { previewFor } from './preview.tsx';
import type { Tried } from './request-parts.tsx';
import { sendRequest } from './requests.ts';
import { StartPage } from './start-page.tsx';
import { StepPage } from './step-page.tsx';

function parseStep(name: string | undefined): Step | undefined {
  return STEPS.find((step) => step === name);
}

/** The question that a form's address belongs to. */
export function stepOfPath(path: string): Step | undefined {
  return parseStep(/^\/[a-z]+\/case\/review\/([a-z]+)$/.exec(path)?.[1]);
}

/** Puts back what was typed when a session ended. Returns the question to show. */
export async function restoreKept(ctx: Context, of: OpenedCase, kept: Kept): Promise<Step | undefined> {
  const step = parseStep(kept.step);
  if (step === undefined) return undefined;
  await saveDraft(ctx, of, { ...(await readDraft(ctx, of)), [step]: answerTo(step, kept.values) });
  return step;
}

interface Writing {
  readonly of: CitizenCase;
  readonly draft: Draft;
  readonly asked: Asked;
}

async function writing(ctx: Context, c: PageContext): Promise<Writing> {
  const of = await caseOf(ctx, c);
  const representatives = representativesOf(of.life, ctx.clock.now());
  return { of, draft: await readDraft(ctx, of), asked: { record: of.record, representatives } };
}

/** Asking for a review, one question a page; every answer is kept as it is typed, sealed under the case's key. */
export function reviewPages(ctx: Context, app: Hono<WebEnv>): void {
  const at = `${LANG}/case/review`;
  const to = (c: PageContext, page: string) => c.redirect(caseAddress(c, page), 303);

  /** Nothing to ask while a person examines the file, and nothing twice while a request has no answer. */
  app.use(`${at}/*`, async (c, next) => {
    if (/\/(?:follow|sent|rev_[0-9a-z]{24}\/[a-z]+)$/.test(c.req.path)) return next();
    const { present, waiting, life } = await caseOf(ctx, c);
    if (waiting) return to(c, 'decision');
    if (reviewPending(life, present.row.decision_id)) return to(c, 'review/follow');
    return next();
  });

  app.get(at, async (c) => {
    const { of, draft, asked } = await writing(ctx, c);
    const page = <StartPage begun={Object.keys(draft).length > 0} next={openStep(draft, asked) ?? 'check'} />;
    return renderPage(c, siteOfCase(ctx, c, of), page);
  });

  app.post(`${at}/discard`, async (c) => {
    await dropDraft(ctx, await caseOf(ctx, c));
    await dropStaged(ctx, holderOf(c));
    return to(c, 'review');
  });

  app.get(`${at}/check`, async (c) => {
    const { of, draft, asked } = await writing(ctx, c);
    const answers = answersOf(draft, asked);
    if (answers === undefined) return to(c, `review/${openStep(draft, asked) ?? 'ground'}`);
    const { representatives } = asked;
    const preview = await previewFor(of, answers.corrections);
    const staged = await stagedFiles(ctx, holderOf(c));
    const page = <CheckAnswers {...{ of, answers, representatives, preview, staged }} />;
    return renderPage(c, siteOfCase(ctx, c, of), page);
  });

  app.post(`${at}/check`, async (c) => {
    const { of, draft, asked } = await writing(ctx, c);
    const answers = answersOf(draft, asked);
    if (answers === undefined) return to(c, `review/${openStep(draft, asked) ?? 'ground'}`);
    try {
      const files = { holder: 'citizen', files: await stagedFiles(ctx, holderOf(c)) } as const;
      await sendRequest(ctx, of, answers, { lang: langOf(c), files });
    } catch (error) {
      if (error instanceof PlatformError && error.code === 'conflict') {
        return to(c, error.details.where === 'files' ? 'review/check' : 'review/follow');
      }
      throw error;
    }
    await dropDraft(ctx, of);
    return to(c, 'review/sent');
  });

  app.get(`${at}/sent`, async (c) => {
    const of = await caseOf(ctx, c);
    const last = (await reviewsOfCase(ctx, of.authorityId, of.caseId))[0];
    if (last === undefined) return to(c, 'review');
    return renderPage(c, siteOfCase(ctx, c, of), <SentPage of={of} request={last} now={ctx.clock.now()} />);
  });

  app.get(`${at}/follow`, (c) => followed(ctx, c));

  const request = `${at}/:review{rev_[0-9a-z]{24}}` as const;

  app.post(`${request}/contest`, (c) =>
    tell(ctx, c, 'contest', 'text', async ({ authorityId, caseId }, values, words) => {
      const reviewId = c.req.param('review');
      const kind = isKind(values.kind) ? values.kind : undefined;
      await contestQualification(ctx, { authorityId, caseId, reviewId, kind, text: words });
    }),
  );

  filePages(ctx, app, (c, tried) => followed(ctx, c, tried));

  app.get(`${at}/:step`, async (c) => {
    const step = parseStep(c.req.param('step'));
    if (step === undefined) return c.notFound();
    const { of, draft, asked } = await writing(ctx, c);
    const staged = step === 'files' ? await stagedFiles(ctx, holderOf(c)) : [];
    const page = (
      <StepPage of={of} step={step} draft={draft} representatives={asked.representatives} staged={staged} />
    );
    return renderPage(c, siteOfCase(ctx, c, of), page);
  });

  app.post(`${at}/:step`, async (c) => {
    const step = parseStep(c.req.param('step'));
    if (step === undefined) return c.notFound();
    const { of, draft: before, asked } = await writing(ctx, c);
    if (step === 'files') return filesQuestion(ctx, c, { of, draft: { ...before, files: {} }, asked });
    const draft = { ...before, [step]: answerTo(step, await formOf(c)) };
    await saveDraft(ctx, of, draft);
    const faults = faultsOf(step, draft, asked);
    if (Object.keys(faults).length === 0) return to(c, `review/${stepAfter(step, draft, asked) ?? 'check'}`);
    const page = (
      <StepPage of={of} step={step} draft={draft} faults={faults} representatives={asked.representatives} />
    );
    return renderPage(c, siteOfCase(ctx, c, of), page, { status: 422 });
  });
}

/** The question of files: those that are good are kept, and the page comes back for the others or for more. */
async function filesQuestion(ctx: Context, c: PageContext, { of, draft, asked }: Writing): Promise<Response> {
  const { values, refused, staged, removed } = await chooseFiles(ctx, c, holderOf(c));
  if (refused.length === 0 && !removed && values.more === undefined) {
    await saveDraft(ctx, of, draft);
    return c.redirect(caseAddress(c, `review/${stepAfter('files', draft, asked) ?? 'check'}`), 303);
  }
  const shown = { of, draft, staged, refused, representatives: asked.representatives };
  return renderPage(c, siteOfCase(ctx, c, of), <StepPage {...shown} step="files" />, {
    status: statusOf(refused),
  });
}

async function followed(ctx: Context, c: PageContext, tried?: Tried): Promise<Response> {
  const of = await caseOf(ctx, c);
  const requests = await reviewsOfCase(ctx, of.authorityId, of.caseId);
  const staged = await stagedFiles(ctx, holderOf(c));
  const page = <FollowPage of={of} requests={requests} now={ctx.clock.now()} tried={tried} staged={staged} />;
  return renderPage(c, siteOfCase(ctx, c, of), page, { status: tried?.status ?? 200 });
}

type Said = (of: CitizenCase, values: FormValues, words: string) => Promise<void>;

/** Takes what the person says about a request of theirs. Sent twice, or too late to matter, it leads to where it stands. */
async function tell(
  ctx: Context,
  c: PageContext,
  form: Tried['form'],
  field: string,
  say: Said,
): Promise<Response> {
  const { csrf: _, ...values } = await formOf(c);
  const words = values[field];
  try {
    await say(await caseOf(ctx, c), values, typeof words === 'string' ? words : '');
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.code === 'invalid-request') {
      const errors = { [field]: translator(requestWords, langOf(c))('writeWords') };
      return followed(ctx, c, { reviewId: c.req.param('review') ?? '', form, values, errors, status: 422 });
    }
    if (error.code !== 'conflict') throw error;
  }
  return c.redirect(caseAddress(c, 'review/follow'), 303);
}
