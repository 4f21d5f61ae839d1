import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, listStaff, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { type OwnSystem, readSystemState } from '../register/own-systems.ts';
import { readPublicSystem } from '../register/public-register.ts';
import { type FormErrors, type FormValues, readDate, renderPage, translator } from '../web/index.ts';
import { answerApplicability, questionsOf } from './applicability.ts';
import { recordDocument } from './documents.ts';
import { documentsAsked, dutiesOf } from './duties.ts';
import { DutiesPage } from './duty-views.tsx';
import { EvidencePage } from './evidence-view.tsx';
import { AnswerPage, LawPage, LawSection } from './law-views.tsx';
import { m } from './messages.ts';

type C = HttpContext<WebEnv>;
interface Fault {
  readonly values: FormValues;
  readonly errors: FormErrors;
}

/** Duties with their evidence, and the questions of law behind them: read by everybody, written by staff. */
export function conformityPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();

  app.get(`${LANG}/register/:authority/:system/duties`, async (c) => {
    const { authority, system: id } = c.req.param();
    const system = await readPublicSystem(ctx, authority, id);
    const questions = await questionsOf(ctx, authority, id);
    const shown = (
      <DutiesPage
        system={system}
        duties={await dutiesOf(ctx, system)}
        laws={<LawSection questions={questions} />}
      />
    );
    return renderPage(c, { ...siteOf(ctx, c, authority), human: system.record.humanContact }, shown);
  });

  const base = `${LANG}/staff/:authority/systems/:system` as const;
  const guards = [staffOnly(ctx, 'assessment.write'), csrfGuard(ctx)] as const;
  const ownOf = (c: C) => readSystemState(ctx, c.var.staff.authorityId, c.req.param('system') ?? '');

  const evidencePage = async (c: C, fault?: Fault) => {
    const system = await ownOf(c);
    const duties = await dutiesOf(ctx, asPublic(system));
    const mayRecord = can(c.var.staff, 'evidence.record');
    const shown = <EvidencePage system={system} duties={duties} mayRecord={mayRecord} {...fault} />;
    return renderPage(c, siteOf(ctx, c), shown, { status: fault === undefined ? 200 : 422 });
  };
  app.get(`${base}/conformity`, ...guards, (c) => evidencePage(c));

  app.post(`${base}/conformity`, staffOnly(ctx, 'evidence.record'), csrfGuard(ctx), async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const values = await textsOf(c);
    const system = await ownOf(c);
    const t = translator(m, langOf(c));
    try {
      await recordDocument(ctx, {
        authorityId,
        systemId: system.systemId,
        name: values.name ?? '',
        date: readDate(values, 'date') ?? '',
        reference: values.reference ?? '',
        by,
        asked: documentsAsked(await dutiesOf(ctx, asPublic(system))),
      });
    } catch (error) {
      const field = faultIn(error, ['name', 'date', 'reference'] as const);
      const key = { name: 'badName', date: 'badDate', reference: 'badReference' } as const;
      return evidencePage(c, { values, errors: { [field]: t(key[field]) } });
    }
    return c.redirect(`/${langOf(c)}/staff/${authorityId}/systems/${system.systemId}/conformity`, 303);
  });

  app.get(`${base}/applicability`, ...guards, async (c) => {
    const system = await ownOf(c);
    const { authorityId, systemId } = system;
    const names = new Map((await listStaff(ctx, authorityId)).map((s) => [s.staffId, s.name]));
    const here = `/${langOf(c)}/staff/${authorityId}/systems/${systemId}/applicability`;
    const may = can(c.var.staff, 'applicability.answer');
    const shown = (
      <LawPage
        system={system}
        questions={await questionsOf(ctx, authorityId, systemId)}
        names={names}
        hrefOf={may ? ({ pack, question }) => `${here}/${pack}/${question.id}` : undefined}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  const question = `${base}/applicability/:pack/:question` as const;
  const answering = [staffOnly(ctx, 'applicability.answer'), csrfGuard(ctx)] as const;
  const answerPage = async (c: C, fault?: Fault) => {
    const system = await ownOf(c);
    const all = await questionsOf(ctx, system.authorityId, system.systemId);
    const found = all.find(
      (q) => q.pack === c.req.param('pack') && q.question.id === c.req.param('question'),
    );
    if (found === undefined) throw new PlatformError('not-found', 'There is no such question.');
    const shown = <AnswerPage system={system} question={found} {...fault} />;
    return renderPage(c, siteOf(ctx, c), shown, { status: fault === undefined ? 200 : 422 });
  };
  app.get(question, ...answering, (c) => answerPage(c));

  app.post(question, ...answering, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const { system: systemId, pack, question: id } = c.req.param();
    const values = await textsOf(c);
    const t = translator(m, langOf(c));
    if (values.answer !== 'yes' && values.answer !== 'no')
      return answerPage(c, { values, errors: { answer: t('badAnswer') } });
    try {
      await answerApplicability(ctx, {
        authorityId,
        systemId,
        pack,
        question: id,
        answer: values.answer === 'yes',
        because: values.because ?? '',
        until: readDate(values, 'until') ?? 'not a day',
        by,
      });
    } catch (error) {
      const field = faultIn(error, ['because', 'until'] as const);
      const key = { because: 'badBecause', until: 'badUntil' } as const;
      return answerPage(c, { values, errors: { [field]: t(key[field]) } });
    }
    return c.redirect(`/${langOf(c)}/staff/${authorityId}/systems/${systemId}/applicability`, 303);
  });
  return app;
}

/** A draft has duties too: it is read as it would stand in the register. */
export function asPublic(system: OwnSystem) {
  const { authorityId, systemId, record, updatedAt } = system;
  return { authorityId, systemId, record, publishedAt: updatedAt, logIndex: undefined };
}

/** The field that an error is about; anything else is thrown on. */
function faultIn<F extends string>(error: unknown, fields: readonly F[]): F {
  const where = error instanceof PlatformError && error.code === 'invalid-request' ? error.details.where : '';
  const field = fields.find((one) => one === where);
  if (field === undefined) throw error;
  return field;
}

async function textsOf(c: C): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
