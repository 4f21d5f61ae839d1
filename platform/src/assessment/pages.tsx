import { type Question, visible } from '@taalil/norms';
import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, listStaff, type Staff, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { readSystemState } from '../register/own-systems.ts';
import { committed } from '../store/index.ts';
import { competence } from '../training/index.ts';
import { type FormErrors, type FormValues, renderPage, translator } from '../web/index.ts';
import {
  type AnswerFault,
  openAssessment,
  opensMore,
  returnAssessment,
  saveAnswers,
  submitAssessment,
  withdrawAssessment,
} from './answering.ts';
import { approveAssessment } from './approve.ts';
import { m } from './messages.ts';
import { AnswerText, fieldOf } from './parts.tsx';
import { publicAssessmentPages } from './public-pages.tsx';
import {
  type AnswerValue,
  type AssessmentView,
  assessmentsOf,
  authorsOf,
  plainAnswers,
  readAssessment,
} from './read.ts';
import { type ApprovalStanding, AssessmentListPage, AssessmentPage, SectionPage } from './staff-pages.tsx';

type C = HttpContext<WebEnv>;

/** A form's fields: what came in, untouched. */
async function formOf(c: C): Promise<Record<string, string | string[]>> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value === 'string') return [[name, value]];
      return Array.isArray(value) ? [[name, value.filter((v) => typeof v === 'string')]] : [];
    }),
  );
}

/** The impact assessment of systems: staff answer, hand over, approve; everybody reads what was approved. */
export function assessmentPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const list = `${LANG}/staff/:authority/systems/:system/assessments` as const;
  const one = `${LANG}/staff/:authority/assessments/:id{asm_[0-9a-z]{24}}` as const;
  const section = `${one}/sections/:page{[A-Za-z0-9-]{1,60}}` as const;
  // A section has up to forty answers of some thousands of characters each.
  const guards = [staffOnly(ctx, 'assessment.write'), csrfGuard(ctx, { most: 1024 * 1024 })] as const;

  const listPage = async (c: C, fault?: { values: FormValues; errors: FormErrors }) => {
    const { authorityId } = c.var.staff;
    const system = await readSystemState(ctx, authorityId, c.req.param('system') ?? '');
    const shown = (
      <AssessmentListPage
        system={system}
        assessments={await assessmentsOf(ctx, authorityId, system.systemId)}
        {...fault}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: fault === undefined ? 200 : 422 });
  };

  app.get(list, ...guards, (c) => listPage(c));

  app.post(list, ...guards, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const values = await formOf(c);
    const t = translator(m, langOf(c));
    try {
      const { assessmentId } = await openAssessment(ctx, {
        authorityId,
        systemId: c.req.param('system'),
        rule: String(values.rule ?? ''),
        by,
      });
      return c.redirect(`${staffHref(langOf(c), authorityId)}/assessments/${assessmentId}`, 303);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.details.where !== 'rule') throw error;
      const key = error.code === 'conflict' ? 'alreadyOpen' : 'whichMissing';
      return listPage(c, { values, errors: { rule: t(key) } });
    }
  });

  const overview = async (
    c: C,
    fault: { moved?: boolean; values?: FormValues; errors?: FormErrors } = {},
  ) => {
    const view = await readAssessment(ctx, c.var.staff.authorityId, c.req.param('id') ?? '');
    const shown = (
      <AssessmentPage
        view={view}
        system={await readSystemState(ctx, view.authorityId, view.systemId)}
        standing={await standingOf(ctx, c.var.staff, view)}
        names={await namesOf(ctx, view.authorityId)}
        {...fault}
      />
    );
    const status = fault.moved ? 409 : fault.errors ? 422 : 200;
    return renderPage(c, siteOf(ctx, c), shown, { status });
  };

  app.get(one, ...guards, (c) => overview(c));

  app.post(`${one}/:act{submit|withdraw|approve|return}`, ...guards, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const { id: assessmentId, act } = c.req.param();
    const hand = { authorityId, assessmentId, by };
    const values = await formOf(c);
    try {
      if (act === 'submit') await submitAssessment(ctx, hand);
      else if (act === 'withdraw') await withdrawAssessment(ctx, hand);
      else if (act === 'approve') await approveAssessment(ctx, { ...hand, seen: Number(values.seen) });
      else await returnAssessment(ctx, { ...hand, note: String(values.note ?? '') });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.code === 'conflict') return overview(c, { moved: true });
      if (error.details.where === 'note') {
        return overview(c, { values, errors: { note: translator(m, langOf(c))('noteMissing') } });
      }
      throw error;
    }
    return c.redirect(`${staffHref(langOf(c), authorityId)}/assessments/${assessmentId}`, 303);
  });

  const sectionPage = async (
    c: C,
    fault: { values?: FormValues; errors?: FormErrors; told?: 'saved' | 'more' } = {},
  ) => {
    const view = await readAssessment(ctx, c.var.staff.authorityId, c.req.param('id') ?? '');
    const page = c.req.param('page') ?? '';
    if (!view.instrument.questionnaire.pages.some((p) => p.id === page))
      throw new PlatformError('not-found', 'The questionnaire has no such section.');
    if (view.status !== 'draft') return overview(c);
    const stored = [...view.answers].map(([id, { value }]) => [fieldOf(id), value] as const);
    const shown = (
      <SectionPage
        view={view}
        page={page}
        names={await namesOf(ctx, view.authorityId)}
        told={fault.told}
        values={{ ...Object.fromEntries(stored), ...fault.values }}
        errors={fault.errors}
        seen={view.revision}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: fault.errors ? 422 : 200 });
  };

  app.get(section, ...guards, (c) => {
    const told = c.req.query('told');
    return sectionPage(c, told === 'saved' || told === 'more' ? { told } : {});
  });

  app.post(section, ...guards, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const { id: assessmentId, page } = c.req.param();
    const values = await formOf(c);
    const before = await readAssessment(ctx, authorityId, assessmentId);
    const { questionnaire } = before.instrument;
    const asked = askedIn(before, page, String(values.asked ?? ''));
    const answers = Object.fromEntries(asked.map((question) => [question.id, answerIn(values, question)]));
    const seen = Number(values.seen);
    const hand = { authorityId, assessmentId, by };
    let faults: readonly AnswerFault[];
    try {
      faults = await saveAnswers(ctx, { ...hand, answers, seen: Number.isInteger(seen) ? seen : -1 });
    } catch (error) {
      if (error instanceof PlatformError && error.code === 'conflict') return overview(c, { moved: true });
      throw error;
    }
    if (faults.length > 0) return sectionPage(c, { values, errors: await errorsOf(c, before, faults) });
    const shown = visible(questionnaire, plainAnswers(before.answers)).questions;
    const here = `${staffHref(langOf(c), authorityId)}/assessments/${assessmentId}`;
    if (await opensMore(ctx, { ...hand, page, before: shown }))
      return c.redirect(`${here}/sections/${page}?told=more`, 303);
    const next = nextOf(await readAssessment(ctx, authorityId, assessmentId), page);
    return c.redirect(next === undefined ? here : `${here}/sections/${next}?told=saved`, 303);
  });

  /** What is wrong with each answer, in words; somebody else's answer is shown beside one's own. */
  async function errorsOf(c: C, view: AssessmentView, faults: readonly AnswerFault[]): Promise<FormErrors> {
    const t = translator(m, langOf(c));
    const names = await namesOf(ctx, view.authorityId);
    const now = await readAssessment(ctx, view.authorityId, view.assessmentId);
    const questions = now.instrument.questionnaire.pages.flatMap((page) => page.questions);
    const WORDS = { 'too-long': 'errorLong', 'not-text': 'errorText', 'no-choice': 'errorChoice' } as const;
    return Object.fromEntries(
      faults.map(({ question: id, fault }) => {
        if (fault !== 'meanwhile') return [fieldOf(id), t(WORDS[fault])];
        const theirs = now.answers.get(id);
        const question = questions.find((q) => q.id === id);
        const answer = theirs && question && <AnswerText question={question} value={theirs.value} />;
        const name = names.get(theirs?.by ?? '') || t('somebody');
        return [fieldOf(id), t('errorMeanwhile', { name, answer: answer ?? '' })];
      }),
    );
  }

  app.route('/', publicAssessmentPages(ctx));
  return app;
}

async function namesOf(ctx: Context, authorityId: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await listStaff(ctx, authorityId)).map(({ staffId, name }) => [staffId, name]));
}

async function standingOf(ctx: Context, staff: Staff, view: AssessmentView): Promise<ApprovalStanding> {
  if (!can(staff, 'assessment.approve')) return 'waits';
  if (authorsOf(view).has(staff.staffId)) return 'author';
  try {
    const { authorityId, systemId } = view;
    const asked = { authorityId, systemId, staffId: staff.staffId, at: ctx.clock.now() };
    await competence(committed(ctx.store), { ...asked, act: 'approve-assessment' });
    return 'may';
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'not-competent') return 'no-delegation';
    throw error;
  }
}

/** The questions that the form showed: none that it did not show is taken back by being absent. */
function askedIn(view: AssessmentView, page: string, asked: string): readonly Question[] {
  const ids = new Set(asked.split(' '));
  const found = view.instrument.questionnaire.pages.find((one) => one.id === page);
  return (found?.questions ?? []).filter((q) => q.type !== 'note' && ids.has(q.id));
}

function answerIn(values: Readonly<Record<string, string | string[]>>, question: Question): AnswerValue {
  const given = values[fieldOf(question.id)] ?? '';
  if (question.type === 'many') return typeof given === 'string' ? (given === '' ? [] : [given]) : given;
  return typeof given === 'string' ? given : (given.at(-1) ?? '');
}

/** The next section in which something is asked. */
function nextOf(view: AssessmentView, page: string): string | undefined {
  const { questionnaire } = view.instrument;
  const { questions } = visible(questionnaire, plainAnswers(view.answers));
  const after = questionnaire.pages.slice(questionnaire.pages.findIndex((one) => one.id === page) + 1);
  return after.find((one) => one.questions.some((q) => questions.has(q.id)))?.id;
}
