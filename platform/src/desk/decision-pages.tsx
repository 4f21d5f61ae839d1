import { Hono } from 'hono';
import { csrfGuard, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import type { DecisionView } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import {
  ExercisePage,
  findExercise,
  JudgeFirstPage,
  mustJudgeFirst,
  plantIfDue,
  primacyMessages,
  recordJudgement,
} from '../primacy/index.ts';
import { type FormErrors, type FormValues, renderPage, translator } from '../web/index.ts';
import { LegalBasisTexts, RecordedFacts } from './case-parts.tsx';
import { confirmProposal, overrideProposal } from './decide-proposal.ts';
import { dropDraft, readDraft, saveDraft } from './drafts.ts';
import { firstSignatureOf } from './first-signature.ts';
import { type Answered, answered, formErrors, readForm } from './form.tsx';
import { waitingIn } from './queue.ts';
import { openProposal } from './reading.ts';
import {
  blockNow,
  type C,
  decidedBefore,
  draftOf,
  fingerprintOf,
  prepare,
  refused,
  showCase,
  showCheck,
} from './responses.tsx';
import { settledBy } from './settled.ts';
import { SignedFirstPage, SignedPage } from './sign-pages.tsx';
import { blockOf, deskStanding } from './standing.ts';
import { deskSystems } from './systems.ts';

/** One proposal: reading it, deciding on it, checking before signing, and what follows. */
export function decisionPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const allowed = staffOnly(ctx, 'desk.decide');
  const guard = csrfGuard(ctx);
  const path = `${LANG}/staff/:authority/desk/:decision{dec_[0-9a-z]{24}}` as const;

  const open = (c: C) => {
    const { authorityId, staffId } = c.var.staff;
    return openProposal(ctx, { authorityId, decisionId: c.req.param('decision') ?? '', staffId });
  };

  /** What stands between a person and the proposal: a file answered as an exercise, or a judgement to be given first. */
  const before = async (c: C, of: DecisionView, errors: FormErrors = {}): Promise<Response | undefined> => {
    const { authorityId, staffId } = c.var.staff;
    const { decision_id: decisionId, system_id: systemId, created_at: madeAt } = of.row;
    const exercise = await findExercise(ctx, authorityId, decisionId, staffId);
    if (exercise !== undefined && exercise.row.answered_at !== null)
      return renderPage(c, siteOf(ctx, c), <ExercisePage row={exercise.row} />);
    const work = { authorityId, decisionId, systemId, staffId };
    const judges = of.settled === undefined && (await mustJudgeFirst(ctx, work, madeAt));
    if (!judges || (await blockNow(ctx, c, of)) !== undefined) return undefined;
    const shown = (
      <JudgeFirstPage of={of} action={`${hrefOf(c, of)}/judge`} errors={errors}>
        <RecordedFacts of={of} />
        <LegalBasisTexts of={of} />
      </JudgeFirstPage>
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: Object.keys(errors).length > 0 ? 422 : 200 });
  };

  app.post(`${path}/judge`, allowed, guard, async (c) => {
    const of = await open(c);
    const { judged } = await typedValues(c);
    const { authorityId, staffId } = c.var.staff;
    const work = { authorityId, decisionId: of.row.decision_id, systemId: of.row.system_id, staffId };
    if (judged !== 'favourable' && judged !== 'adverse' && judged !== 'unsure') {
      const missing = translator(primacyMessages, langOf(c))('judgeMissing');
      return (await before(c, of, { judged: missing })) ?? c.redirect(hrefOf(c, of), 303);
    }
    await recordJudgement(ctx, work, judged);
    return c.redirect(hrefOf(c, of), 303);
  });

  app.get(path, allowed, guard, async (c) => {
    const of = await open(c);
    const first = await before(c, of);
    if (first !== undefined) return first;
    const draft = of.settled === undefined ? await readDraft(ctx, draftOf(c, of)) : undefined;
    return showCase(ctx, c, of, draft ?? { text: '' });
  });

  app.post(path, allowed, guard, async (c) => {
    const of = await open(c);
    const first = await before(c, of);
    if (first !== undefined) return first;
    const draft = readForm(of, await typedValues(c));
    if (of.settled !== undefined) return decidedBefore(ctx, c, of, draft);
    await saveDraft(ctx, draftOf(c, of), draft);
    if ((await blockNow(ctx, c, of)) !== undefined) return showCase(ctx, c, of, draft);
    const errors = formErrors(of, draft, langOf(c));
    const answers = answered(draft);
    if (answers === undefined || Object.keys(errors).length > 0) return showCase(ctx, c, of, draft, errors);
    const prepared = await prepare(ctx, c, of, answers);
    return prepared instanceof Response ? prepared : c.redirect(`${hrefOf(c, of)}/check`, 303);
  });

  app.get(`${path}/check`, allowed, guard, async (c) => {
    const of = await open(c);
    const first = await before(c, of);
    if (first !== undefined) return first;
    const answers = answered((await readDraft(ctx, draftOf(c, of))) ?? { text: '' });
    if (of.settled !== undefined || answers === undefined) return c.redirect(hrefOf(c, of), 303);
    const prepared = await prepare(ctx, c, of, answers);
    return prepared instanceof Response ? prepared : showCheck(ctx, c, prepared);
  });

  app.post(`${path}/check`, allowed, guard, async (c) => {
    const of = await open(c);
    const stands = await before(c, of);
    if (stands !== undefined) return stands;
    const draft = await readDraft(ctx, draftOf(c, of));
    if (of.settled !== undefined) return decidedBefore(ctx, c, of, draft);
    const answers = draft && answered(draft);
    if (answers === undefined) return c.redirect(hrefOf(c, of), 303);
    return sign(ctx, c, of, answers);
  });

  app.get(`${path}/signed`, allowed, guard, async (c) => {
    const of = await open(c);
    const exercise = await before(c, of);
    if (exercise !== undefined) return exercise;
    const { authorityId, staffId } = c.var.staff;
    const settled = settledBy(of);
    const first = settled === undefined && firstSignatureOf(of)?.staffId === staffId;
    if (!first && settled?.decided_by.staff !== staffId) return c.redirect(hrefOf(c, of), 303);
    const standing = await deskStanding(ctx, authorityId, staffId);
    const systems = [...(await deskSystems(ctx, authorityId)).values()];
    const mine = systems.filter((system) => blockOf(standing, system) === undefined);
    const waiting = await waitingIn(
      ctx,
      authorityId,
      mine.map((system) => system.systemId),
    );
    const page =
      settled === undefined ? (
        <SignedFirstPage of={of} {...waiting} />
      ) : (
        <SignedPage of={of} settled={settled} {...waiting} />
      );
    return renderPage(c, siteOf(ctx, c), page);
  });
  return app;
}

function hrefOf(c: C, { row }: DecisionView): string {
  return `${staffHref(langOf(c), row.authority_id, 'desk')}/${row.decision_id}`;
}

async function typedValues(c: C): Promise<FormValues> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Signs what was shown, and nothing else. */
async function sign(ctx: Context, c: C, of: DecisionView, answers: Answered): Promise<Response> {
  const { authorityId, staffId } = c.var.staff;
  const prepared = await prepare(ctx, c, of, answers);
  if (prepared instanceof Response) return prepared;
  if ((await typedValues(c)).shown !== fingerprintOf(ctx, c, prepared))
    return showCheck(ctx, c, prepared, true);
  const draft = { word: answers.word, ...answers.reasons };
  const decision = { authorityId, decisionId: of.row.decision_id, staffId, reasons: answers.reasons };
  const decide = answers.word === 'confirm' ? confirmProposal : overrideProposal;
  try {
    await decide(ctx, decision);
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'conflict')
      return refused(ctx, c, of, draft, error);
    // Decided meanwhile, or the delegation changed: the page then says which, or shows what would be sealed now.
    const again = await prepare(ctx, c, of, answers);
    return again instanceof Response ? again : showCheck(ctx, c, again, true);
  }
  await dropDraft(ctx, draftOf(c, of));
  await plantIfDue(ctx, { authorityId, systemId: of.row.system_id, staffId });
  return c.redirect(`${hrefOf(c, of)}/signed`, 303);
}
