import { Hono, type Context as HttpContext } from 'hono';
import { csrfGuard, staffOnly } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { LANG, langOf, siteOf, type WebEnv } from '../../http.ts';
import { type FormErrors, type FormValues, readDate, renderPage, translator } from '../../web/index.ts';
import { recordBasis } from '../basis.ts';
import { declarePlan } from '../plan.ts';
import { loadMonitor } from './load.ts';
import { declarations } from './messages-declarations.ts';
import { formOf, planOf } from './plan-form.ts';
import { BasisPage, PlanPage } from './plan-page.tsx';

type Http = HttpContext<WebEnv>;

async function fields(c: Http): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );
}

/** The forms by which a system comes to be watched: the supervisor's declaration and the legal basis. */
export function declarationPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/monitoring/:system` as const;
  const load = (c: Http) => loadMonitor(ctx, c.var.staff, c.req.param('system') ?? '', langOf(c));
  const declare = [staffOnly(ctx, 'monitoring.declare'), csrfGuard(ctx)] as const;
  const record = [staffOnly(ctx, 'attribute-basis.record'), csrfGuard(ctx)] as const;

  app.get(`${base}/plan`, ...declare, async (c) => {
    const view = await load(c);
    const values = { ...formOf(view.watched?.declared.plan) };
    return renderPage(c, siteOf(ctx, c), <PlanPage view={view} values={values} />);
  });

  app.post(`${base}/plan`, ...declare, async (c) => {
    const view = await load(c);
    const values = await fields(c);
    const d = translator(declarations, langOf(c));
    const again = (errors: FormErrors) =>
      renderPage(c, siteOf(ctx, c), <PlanPage view={view} values={values} errors={errors} />, {
        status: 422,
      });
    const read = planOf({ ...formOf(undefined), ...values }, view.watched?.declared.plan, view.system.record);
    if ('fault' in read) {
      const { field, line } = read.fault;
      const words = {
        groups: d('groupsWrong', { line: line || '–' }),
        tolerance: d('toleranceWrong'),
        justification_ar: d('justificationMissing'),
        justification_fr: d('justificationMissing'),
        on_breach: d('groupsWrong', { line: '–' }),
      };
      return again({ [field]: words[field] });
    }
    try {
      const { authorityId, staffId } = c.var.staff;
      await declarePlan(ctx, { authorityId, systemId: view.system.systemId, plan: read.plan, by: staffId });
    } catch (error) {
      if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
      const [fault] = error.details.faults ?? [];
      return again({ groups: d('groupsWrong', { line: `${fault?.where ?? ''} ${fault?.what ?? ''}` }) });
    }
    return c.redirect(`${view.here}?done=yes`, 303);
  });

  app.get(`${base}/basis`, ...record, async (c) => {
    const view = await load(c);
    const names = view.watched?.declared.plan.attributes.map(({ name }) => name) ?? [];
    return renderPage(c, siteOf(ctx, c), <BasisPage view={view} values={{ attributes: names.join(' ') }} />);
  });

  app.post(`${base}/basis`, ...record, async (c) => {
    const view = await load(c);
    const values = await fields(c);
    const { basis, errors } = readBasis(values, translator(declarations, langOf(c)));
    const again = (wrong: FormErrors) =>
      renderPage(c, siteOf(ctx, c), <BasisPage view={view} values={values} errors={wrong} />, {
        status: 422,
      });
    if (Object.keys(errors).length > 0) return again(errors);
    const { authorityId, staffId } = c.var.staff;
    await recordBasis(ctx, { authorityId, systemId: view.system.systemId, basis, by: staffId });
    return c.redirect(`${view.here}?done=yes`, 303);
  });
  return app;
}

type Say = ReturnType<typeof translator<keyof (typeof declarations)['messages']>>;

function readBasis(values: FormValues, d: Say): { basis: unknown; errors: FormErrors } {
  const text = (name: string) => String(values[name] ?? '').trim();
  const title = Object.fromEntries(
    (['ar', 'fr'] as const)
      .map((lang) => [lang, text(`title_${lang}`)] as const)
      .filter(([, given]) => given !== ''),
  );
  const attributes = text('attributes')
    .split(/[\s,]+/)
    .filter((name) => name !== '');
  const [from, to] = [readDate(values, 'from'), readDate(values, 'to')];
  const errors: Record<string, FormErrors[string]> = {};
  if (Object.keys(title).length === 0) errors.title_ar = d('basisTitleMissing');
  if (attributes.length === 0 || attributes.some((name) => !/^[a-z][a-z0-9_]{0,39}$/.test(name))) {
    errors.attributes = d('basisAttributesWrong');
  }
  if (!from) errors.from = d('dayWrong');
  if (!to || (from && to < from)) errors.to = d('dayWrong');
  const article = text('article');
  return { basis: { attributes, title, ...(article === '' ? {} : { article }), from, to }, errors };
}
