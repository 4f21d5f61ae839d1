import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { holdsOf } from '../register/holds.ts';
import { readSystemState } from '../register/own-systems.ts';
import type { Localized } from '../register/record.ts';
import { type FormErrors, type FormValues, readDate, renderPage, translator } from '../web/index.ts';
import { answerComment, publishComment, refuseComment } from './comments.ts';
import { closeConsultation, openConsultation } from './consult.ts';
import { staffMessages } from './messages.ts';
import { publicConsultationPages } from './public-pages.tsx';
import { commentsOf, consultationsOf, GROUNDS } from './read.ts';
import { CommentPage, consultationStaffHref, SystemConsultationPage } from './staff-views.tsx';
import { withdrawComment } from './withdraw.ts';
import { WithdrawPage } from './withdraw-page.tsx';

type C = HttpContext<WebEnv>;
interface Fault {
  readonly values: FormValues;
  readonly errors: FormErrors;
}

/** Public consultations: everybody reads and comments; staff open, read, answer, close. */
export function consultationPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/systems/:system/consultation` as const;
  const one = `${base}/:comment{com_[0-9a-z]{24}}` as const;
  const guards = [staffOnly(ctx, 'consultation.run'), csrfGuard(ctx)] as const;
  const withdrawal = [staffOnly(ctx, 'comment.withdraw'), csrfGuard(ctx)] as const;
  const systemOf = (c: C) => readSystemState(ctx, c.var.staff.authorityId, c.req.param('system') ?? '');

  const overview = async (c: C, fault?: Fault) => {
    const system = await systemOf(c);
    const { authorityId, systemId } = system;
    const consultations = await Promise.all(
      (await consultationsOf(ctx, authorityId, systemId)).map(async (consultation) => ({
        consultation,
        comments: await commentsOf(ctx, consultation, 'staff'),
      })),
    );
    const held = (await holdsOf(ctx.store.read, system)).includes('consultation');
    const shown = (
      <SystemConsultationPage
        system={system}
        consultations={consultations}
        held={held}
        runs={can(c.var.staff, 'consultation.run')}
        now={ctx.clock.now()}
        {...fault}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: fault === undefined ? 200 : 422 });
  };

  app.get(base, ...withdrawal, (c) => overview(c));

  app.post(base, ...guards, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const values = await textsOf(c);
    const t = translator(staffMessages, langOf(c));
    const system = await systemOf(c);
    try {
      await openConsultation(ctx, {
        authorityId,
        systemId: system.systemId,
        question: localizedIn(values, 'question'),
        closesOn: readDate(values, 'closesOn') ?? '',
        by,
      });
    } catch (error) {
      const errors = openErrors(error);
      if (errors === undefined) throw error;
      return overview(c, { values, errors: { [errors.field]: t(errors.key) } });
    }
    return c.redirect(consultationStaffHref(langOf(c), system), 303);
  });

  app.post(`${base}/close`, ...guards, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const { consultation } = await textsOf(c);
    await closeConsultation(ctx, { authorityId, consultationId: consultation ?? '', by });
    return c.redirect(consultationStaffHref(langOf(c), await systemOf(c)), 303);
  });

  const commentPage = async (c: C, fault?: Fault) => {
    const system = await systemOf(c);
    const consultations = await consultationsOf(ctx, system.authorityId, system.systemId);
    const lists = await Promise.all(consultations.map((con) => commentsOf(ctx, con, 'staff')));
    const comment = lists.flat().find(({ commentId }) => commentId === c.req.param('comment'));
    if (comment === undefined) throw new PlatformError('not-found', 'There is no such comment.');
    return {
      system,
      comment,
      shown: () => <CommentPage system={system} comment={comment} {...fault} />,
      fault,
    };
  };

  app.get(one, ...guards, async (c) => renderPage(c, siteOf(ctx, c), (await commentPage(c)).shown()));

  app.post(one, ...guards, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const values = await textsOf(c);
    const t = translator(staffMessages, langOf(c));
    const { system, comment } = await commentPage(c);
    const moderated = { authorityId, commentId: comment.commentId, by };
    const refused = async (field: string, key: 'choose' | 'badAnswer') => {
      const { shown } = await commentPage(c, { values, errors: { [field]: t(key) } });
      return renderPage(c, siteOf(ctx, c), shown(), { status: 422 });
    };
    const back = consultationStaffHref(langOf(c), system);
    if (comment.status === 'waiting') {
      const ground = GROUNDS.find((known) => known === values.word);
      if (values.word === 'publish') await publishComment(ctx, moderated);
      else if (ground !== undefined) await refuseComment(ctx, { ...moderated, ground });
      else return refused('word', 'choose');
      return c.redirect(values.word === 'publish' ? `${back}/${comment.commentId}` : back, 303);
    }
    try {
      await answerComment(ctx, { ...moderated, answer: localizedIn(values, 'answer') });
    } catch (error) {
      if (error instanceof PlatformError && error.details.where === 'answer')
        return refused('answer_ar', 'badAnswer');
      throw error;
    }
    return c.redirect(back, 303);
  });

  const withdrawPage = async (c: C, fault?: Fault) => {
    const { system, comment } = await commentPage(c);
    const shown = <WithdrawPage system={system} comment={comment} {...fault} />;
    return renderPage(c, siteOf(ctx, c), shown, { status: fault === undefined ? 200 : 422 });
  };

  app.get(`${one}/withdraw`, ...withdrawal, (c) => withdrawPage(c));

  app.post(`${one}/withdraw`, ...withdrawal, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const values = await textsOf(c);
    const { system, comment } = await commentPage(c);
    try {
      const because = localizedIn(values, 'because');
      await withdrawComment(ctx, { authorityId, commentId: comment.commentId, by, because });
    } catch (error) {
      if (!(error instanceof PlatformError) || error.details.where !== 'because') throw error;
      const t = translator(staffMessages, langOf(c));
      return withdrawPage(c, { values, errors: { because_ar: t('badBecause') } });
    }
    return c.redirect(consultationStaffHref(langOf(c), system), 303);
  });

  app.route('/', publicConsultationPages(ctx));
  return app;
}

async function textsOf(c: C): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function localizedIn(values: Readonly<Record<string, string>>, name: string): Localized {
  return Object.fromEntries(
    (['ar', 'fr'] as const)
      .map((lang) => [lang, values[`${name}_${lang}`]?.replace(/\r\n?/g, '\n').trim() ?? ''] as const)
      .filter(([, text]) => text !== ''),
  );
}

function openErrors(error: unknown) {
  if (!(error instanceof PlatformError)) return undefined;
  if (error.details.where === 'question') return { field: 'question_ar', key: 'badQuestion' } as const;
  if (error.details.where === 'closesOn') return { field: 'closesOn', key: 'badDay' } as const;
  return error.code === 'conflict' ? ({ field: 'question_ar', key: 'alreadyOpen' } as const) : undefined;
}
