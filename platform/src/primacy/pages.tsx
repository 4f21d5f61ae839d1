import { Hono, type Context as HttpContext } from 'hono';
import { assertCan, can, csrfGuard, listStaff, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { listSystems } from '../register/own-systems.ts';
import { renderPage, translator } from '../web/index.ts';
import { contest, contestsOf } from './contest.ts';
import { concerns, figuresOf, observed } from './figures.ts';
import { m } from './messages.ts';
import { type Fault, PrimacyPage } from './page-views.tsx';
import { acknowledge, announcePlan, presentPlan, unread } from './plan.ts';

type C = HttpContext<WebEnv>;

const FIELDS = { judgeFirstPermille: 'permille', knownAnswerEvery: 'every', dayCap: 'cap' } as const;

/** Human primacy: one's own figures, and those of the systems for the supervision and auditors. */
export function primacyPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const path = `${LANG}/staff/:authority/primacy` as const;
  const guards = [staffOnly(ctx, 'own.read'), csrfGuard(ctx)] as const;

  app.get(path, ...guards, (c) => show(ctx, c, undefined));

  app.post(path, ...guards, async (c) => {
    const { authorityId, staffId } = c.var.staff;
    const body = await c.req.parseBody();
    const value = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
    const t = translator(m, langOf(c));
    if (value('form') === 'acknowledge') {
      await acknowledge(ctx, {
        authorityId,
        staffId,
        systemId: value('system'),
        announcedAt: value('announced'),
      });
    } else if (value('form') === 'contest') {
      try {
        await contest(ctx, authorityId, staffId, value('text'));
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        return show(ctx, c, {
          form: 'contest',
          values: { text: value('text') },
          errors: { text: t('contestBad') },
        });
      }
    } else {
      assertCan(c.var.staff, 'primacy.announce');
      const number = (name: string) =>
        /^\d{1,4}$/.test(value(name).trim()) ? Number(value(name)) : Number.NaN;
      try {
        await announcePlan(ctx, {
          authorityId,
          systemId: value('system'),
          judgeFirstPermille: number('permille'),
          knownAnswerEvery: number('every'),
          dayCap: number('cap'),
          by: staffId,
        });
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        const field = FIELDS[error.details.where as keyof typeof FIELDS];
        const values = { permille: value('permille'), every: value('every'), cap: value('cap') };
        return show(ctx, c, {
          form: `announce ${value('system')}`,
          values,
          errors: { [field]: t('badNumber') },
        });
      }
    }
    return c.redirect(`${staffHref(langOf(c), authorityId)}/primacy`, 303);
  });
  return app;
}

async function show(ctx: Context, c: C, fault: Fault | undefined): Promise<Response> {
  const { staff } = c.var;
  const { authorityId, staffId } = staff;
  const decides = can(staff, 'desk.decide');
  const reads = can(staff, 'primacy.read');
  const published = (await listSystems(ctx, authorityId)).filter(({ status }) => status !== 'draft');
  const seen = await Promise.all(
    published.map(async (system) => ({ system, of: await observed(ctx, authorityId, system.systemId) })),
  );
  const nameOf = new Map(published.map(({ systemId, record }) => [systemId, record.name]));
  const page = (
    <PrimacyPage
      own={
        decides
          ? seen.map(({ system, of }) => ({
              systemId: system.systemId,
              name: system.record.name,
              figures: figuresOf(of, staffId),
            }))
          : undefined
      }
      unread={
        decides
          ? (await unread(ctx.store.read, authorityId, staffId)).flatMap((plan) => {
              const name = nameOf.get(plan.systemId);
              return name === undefined ? [] : [{ plan, name }];
            })
          : []
      }
      contests={await contestsOf(ctx, authorityId, decides || !reads ? staffId : undefined)}
      systems={
        reads
          ? await Promise.all(
              seen.map(async ({ system, of }) => ({
                systemId: system.systemId,
                name: system.record.name,
                plan: await presentPlan(ctx.store.read, authorityId, system.systemId),
                figures: figuresOf(of),
                concerns: concerns(of),
              })),
            )
          : undefined
      }
      mayAnnounce={can(staff, 'primacy.announce')}
      names={new Map((await listStaff(ctx, authorityId)).map((s) => [s.staffId, s.name]))}
      fault={fault}
    />
  );
  return renderPage(c, siteOf(ctx, c), page, { status: fault === undefined ? 200 : 422 });
}
