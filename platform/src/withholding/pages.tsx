import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, type Staff, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
import { findCaseByReference } from '../cases/cases.ts';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { currentDecisionRow } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { parseReference } from '../ids.ts';
import type { SystemRecord } from '../register/record.ts';
import { listSystemIds, loadSystem, systemState } from '../register/systems.ts';
import { type FormErrors, type FormValues, readDate, renderPage, translator } from '../web/index.ts';
import { askOpening, carryOutOpening, listOpenings } from './court.ts';
import { m } from './messages.ts';
import { approveWithholding, askWithholding, endWithholding, listWithholdings } from './orders.ts';
import { WithheldPage } from './page.tsx';

type C = HttpContext<WebEnv>;

/** The staff's page of withheld reasons: ask, approve, end; record a court's order and carry it out. */
export function withholdingPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/withheld` as const;
  const guards = [staffOnly(ctx, 'own.read'), csrfGuard(ctx)] as const;

  app.get(base, ...guards, (c) => show(ctx, c));
  app.post(base, ...guards, async (c) => {
    const { authorityId, staffId } = allowed(c).staff;
    const values = await typed(c);
    const systemId = c.req.query('system') ?? '';
    try {
      await askWithholding(ctx, { authorityId, systemId, terms: termsOf(values), by: staffId });
    } catch (error) {
      return again(ctx, c, 'ask', values, error);
    }
    return c.redirect(home(c), 303);
  });
  for (const [act, run] of [
    ['approve', approveWithholding],
    ['end', endWithholding],
  ] as const) {
    app.post(`${base}/:id/${act}`, ...guards, async (c) => {
      const { authorityId, staffId } = allowed(c).staff;
      await run(ctx, { authorityId, withholdingId: c.req.param('id') ?? '', by: staffId });
      return c.redirect(home(c), 303);
    });
  }
  app.post(`${base}/court`, ...guards, async (c) => {
    const { authorityId, staffId } = allowed(c).staff;
    const values = await typed(c);
    try {
      const decisionId = await decisionOf(ctx, authorityId, one(values.reference));
      const order = { court: one(values.court), number: one(values.number), date: readDate(values, 'date') };
      await askOpening(ctx, { authorityId, decisionId, order, by: staffId });
    } catch (error) {
      return again(ctx, c, 'court', values, error);
    }
    return c.redirect(home(c), 303);
  });
  app.post(`${base}/court/:id`, ...guards, async (c) => {
    const { authorityId, staffId } = allowed(c).staff;
    const openingId = c.req.param('id') ?? '';
    return c.body(await carryOutOpening(ctx, { authorityId, openingId, by: staffId }), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${openingId}.taalil.json"`,
      'Cache-Control': 'no-store',
    });
  });
  return app;
}

const home = (c: C) => staffHref(langOf(c), c.var.staff.authorityId, 'withheld');
const one = (value: FormValues[string]) => (typeof value === 'string' ? value.trim() : (value?.[0] ?? ''));
const many = (value: FormValues[string]) =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function allowed(c: C): { staff: Staff } {
  const { staff } = c.var;
  if (!(['withholding.ask', 'withholding.approve', 'withheld.open'] as const).some((p) => can(staff, p)))
    throw new PlatformError('forbidden', 'Your role does not include this.');
  return { staff };
}

async function typed(c: C): Promise<FormValues> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}

function localizedOf(values: FormValues, name: string) {
  const texts = (['fr', 'ar'] as const).map((lang) => [lang, one(values[`${name}_${lang}`])] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

function termsOf(values: FormValues) {
  return {
    reasons: many(values.reasons),
    inputs: many(values.inputs),
    basis: {
      title: localizedOf(values, 'title'),
      article: one(values.article),
      source: one(values.source),
      certainty: one(values.certainty),
    },
    because: localizedOf(values, 'because'),
    until: readDate(values, 'until') ?? '',
  };
}

/** Fields of the form by the place of a fault. */
const FIELDS: Readonly<Record<string, string>> = {
  '/reasons': 'reasons',
  '/inputs': 'inputs',
  '/basis/title': 'title_fr',
  '/basis/article': 'article',
  '/basis/source': 'source',
  '/basis/certainty': 'certainty',
  '/because': 'because_fr',
  '/until': 'until',
  '/court': 'court',
  '/number': 'number',
  '/date': 'date',
  reference: 'reference',
};

function again(ctx: Context, c: C, of: 'ask' | 'court', values: FormValues, error: unknown) {
  if (!(error instanceof PlatformError) || error.status >= 500) throw error;
  const t = translator(m, langOf(c));
  const places = error.details.faults?.map(({ where }) => where) ?? [error.details.where ?? ''];
  const errors: Record<string, FormErrors[string]> = {};
  for (const place of places) {
    const field = Object.entries(FIELDS).find(([start]) => place.startsWith(start))?.[1];
    if (field === undefined) throw error;
    errors[field] = t(one(values[field]) === '' ? 'missing' : 'wrong');
  }
  return show(ctx, c, { of, values, errors }, 422);
}

async function decisionOf(ctx: Context, authorityId: string, text: string): Promise<string> {
  const reference = parseReference(text);
  const found = reference === undefined ? undefined : await findCaseByReference(ctx, reference);
  const row =
    found?.authorityId === authorityId ? await currentDecisionRow(ctx, authorityId, found.caseId) : undefined;
  if (row === undefined)
    throw new PlatformError('not-found', 'There is no such case in this authority.', { where: 'reference' });
  return row.decision_id;
}

async function show(
  ctx: Context,
  c: C,
  wrong?: { of: 'ask' | 'court'; values: FormValues; errors: FormErrors },
  status: 200 | 422 = 200,
) {
  const { staff } = allowed(c);
  const { authorityId } = staff;
  const systems = new Map<string, SystemRecord>();
  for (const id of await listSystemIds(ctx.store.read, authorityId)) {
    const state = await systemState(ctx.store, authorityId, id);
    if (state !== undefined)
      systems.set(id, (await loadSystem(ctx.store.read, authorityId, id, state.version)).record);
  }
  const chosen = c.req.query('system');
  const page = (
    <WithheldPage
      staff={staff}
      base={home(c)}
      today={legalDay(ctx.clock.now())}
      systems={systems}
      rows={await listWithholdings(ctx, authorityId)}
      openings={await listOpenings(ctx, authorityId)}
      chosen={chosen !== undefined && systems.has(chosen) ? chosen : undefined}
      {...wrong}
    />
  );
  return renderPage(c, siteOf(ctx, c), page, { status });
}
