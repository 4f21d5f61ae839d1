import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, ROLES, type Role, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { type FormErrors, type FormValues, renderPage, translator } from '../web/index.ts';
import {
  type Chosen,
  freshPasses,
  lastDiagnosis,
  missingModules,
  takeDiagnosis,
  takeQuiz,
  unanswered,
} from './attempts.ts';
import { listCertificates } from './certificates.ts';
import { ModulePage, SkillsPage, TrainingPage, trainingHref } from './course-pages.tsx';
import { courseOf, diagnosisFor, type QuizQuestion } from './courses.ts';
import { courseMessages } from './messages-courses.ts';
import { DiagnosisPage, QuizPage, QuizResultPage } from './quiz-pages.tsx';
import { skillsMap } from './skills.ts';
import { legalDay } from './validity.ts';

type C = HttpContext<WebEnv>;
type Asked = readonly Pick<QuizQuestion, 'id' | 'text' | 'choices'>[];

/** Diagnosis, modules and quizzes for everybody who works here; the skills map for who manages them. */
export function coursePages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/training` as const;
  const guards = [staffOnly(ctx, 'own.read'), csrfGuard(ctx)] as const;
  const me = (c: C) => ({ authorityId: c.var.staff.authorityId, staffId: c.var.staff.staffId });

  app.get(base, ...guards, async (c) => {
    const { staff } = c.var;
    const now = ctx.clock.now();
    const shown = (
      <TrainingPage
        staff={staff}
        certificates={await listCertificates(ctx, staff.authorityId, me(c))}
        today={legalDay(now)}
        passes={await freshPasses(ctx.store.read, me(c), now)}
        diagnosis={await lastDiagnosis(ctx, me(c))}
        diagnoses={staff.roles
          .map((role) => ({ role, questions: diagnosisFor(role).length }))
          .filter(({ questions }) => questions > 0)}
        maySeeSkills={can(staff, 'staff.manage')}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.get(`${base}/skills`, staffOnly(ctx, 'staff.manage'), csrfGuard(ctx), async (c) => {
    const { authorityId } = c.var.staff;
    const shown = <SkillsPage authorityId={authorityId} skills={await skillsMap(ctx, authorityId)} />;
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.get(`${base}/modules/:module`, ...guards, (c) => {
    const { authorityId } = c.var.staff;
    const shown = <ModulePage authorityId={authorityId} course={courseOf(c.req.param('module'))} />;
    return renderPage(c, siteOf(ctx, c), shown);
  });

  const quizPage = (c: C, fault: { values?: FormValues; errors?: FormErrors } = {}) => {
    const course = courseOf(c.req.param('module') ?? '');
    const shown = <QuizPage authorityId={c.var.staff.authorityId} course={course} {...fault} />;
    return renderPage(c, siteOf(ctx, c), shown, { status: fault.errors ? 422 : 200 });
  };
  app.get(`${base}/modules/:module/quiz`, ...guards, (c) => quizPage(c));

  app.post(`${base}/modules/:module/quiz`, ...guards, async (c) => {
    const course = courseOf(c.req.param('module'));
    const chosen = await chosenIn(c, course.questions);
    const errors = errorsOf(c, course.questions, chosen);
    if (errors !== undefined) return quizPage(c, { values: chosen, errors });
    const result = await takeQuiz(ctx, me(c), course.id, chosen);
    const missing = await missingModules(ctx.store.read, me(c), ctx.clock.now());
    const shown = (
      <QuizResultPage
        authorityId={c.var.staff.authorityId}
        course={course}
        result={result}
        chosen={chosen}
        missing={missing}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  const diagnosisPage = (c: C, fault: { values?: FormValues; errors?: FormErrors } = {}) => {
    const role = roleOf(c);
    const { authorityId } = c.var.staff;
    const shown = (
      <DiagnosisPage authorityId={authorityId} role={role} questions={diagnosisFor(role)} {...fault} />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: fault.errors ? 422 : 200 });
  };
  app.get(`${base}/diagnosis/:role`, ...guards, (c) => diagnosisPage(c));

  app.post(`${base}/diagnosis/:role`, ...guards, async (c) => {
    const role = roleOf(c);
    const questions = diagnosisFor(role);
    const chosen = await chosenIn(c, questions);
    const errors = errorsOf(c, questions, chosen);
    if (errors !== undefined) return diagnosisPage(c, { values: chosen, errors });
    await takeDiagnosis(ctx, me(c), role, chosen);
    return c.redirect(trainingHref(langOf(c), c.var.staff.authorityId), 303);
  });
  return app;
}

/** One of the person's own roles, if there is a diagnosis for it. Throws `not-found`. */
function roleOf(c: C): Role {
  const role = ROLES.find((known) => known === c.req.param('role'));
  if (role !== undefined && c.var.staff.roles.includes(role) && diagnosisFor(role).length > 0) return role;
  throw new PlatformError('not-found', 'There is no diagnosis for this role.');
}

async function chosenIn(c: C, questions: Asked): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    questions.flatMap(({ id }) => (typeof body[id] === 'string' ? [[id, body[id]]] : [])),
  );
}

function errorsOf(c: C, questions: Asked, chosen: Chosen): FormErrors | undefined {
  const t = translator(courseMessages, langOf(c));
  const missing = unanswered(questions, chosen);
  if (missing.length === 0) return undefined;
  const n = (id: string) => questions.findIndex((q) => q.id === id) + 1;
  return Object.fromEntries(missing.map((id) => [id, t('missing', { n: n(id) })]));
}
