import { Hono, type Context as HttpContext } from 'hono';
import { assertCan, can, csrfGuard, type Staff, staffOnly } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { LANG, langOf, siteOf, type WebEnv } from '../../http.ts';
import { listSystems } from '../../register/own-systems.ts';
import { renderPage, translator } from '../../web/index.ts';
import { acknowledgeAlert, findAlert, listAlerts, standingEvidence } from '../alerts.ts';
import { readCube } from '../cell-store.ts';
import { cellsCsv } from '../export.ts';
import { auditParts, procedureOf, subgroupsOf } from '../measure.ts';
import { officersOf } from '../officers.ts';
import { watched } from '../plan.ts';
import { lagOf } from '../state.ts';
import { strataOf } from '../watches.ts';
import { AlertPage } from './alert.tsx';
import { declarationPages } from './declaration-pages.tsx';
import { type Chosen, GroupsPage } from './groups.tsx';
import { loadMonitor, type MonitorView, officerName } from './load.ts';
import { alertMessages } from './messages-alerts.ts';
import { OfficersPage } from './officers.tsx';
import { OverviewPage, UnwatchedPage } from './overview.tsx';
import { ProcedurePage } from './procedure.tsx';
import { SubgroupsPage } from './subgroups.tsx';
import { type SystemSummary, SystemsPage } from './systems.tsx';
import { TimePage } from './time.tsx';
import { TruthPage } from './truth.tsx';

type Http = HttpContext<WebEnv>;

/** The monitor for supervisors and auditors: systems, what differs, how sure that is, alerts. */
export function monitoringPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/monitoring` as const;
  const read = [staffOnly(ctx, 'monitoring.read'), csrfGuard(ctx)] as const;
  const show = (c: Http, page: Parameters<typeof renderPage>[2], status?: 422 | 409) =>
    renderPage(c, siteOf(ctx, c), page, status && { status });

  app.get(base, staffOnly(ctx, 'own.read'), csrfGuard(ctx), async (c) => {
    const { staff } = c.var;
    if (!can(staff, 'attribute-basis.record')) assertCan(staff, 'monitoring.read');
    return show(c, <SystemsPage staff={staff} systems={await summaries(ctx, staff)} />);
  });

  app.route('/', declarationPages(ctx));

  app.get(`${base}/:system`, staffOnly(ctx, 'own.read'), csrfGuard(ctx), async (c) => {
    const { staff } = c.var;
    if (!can(staff, 'attribute-basis.record')) assertCan(staff, 'monitoring.read');
    const view = await loadMonitor(ctx, staff, c.req.param('system'), langOf(c));
    if (view.watched === undefined) return show(c, <UnwatchedPage view={view} />);
    const audited = can(staff, 'monitoring.read')
      ? auditParts(view.watched, view.cells, view.newest?.from)
      : [];
    return show(c, <OverviewPage view={view} audited={audited} />);
  });

  app.get(`${base}/:system/groups`, ...read, async (c) => {
    const view = await viewOf(ctx, c);
    const chosen: Chosen = {
      period: periodOf(c),
      part: partOf(c),
    };
    return show(
      c,
      <GroupsPage
        view={view}
        audited={auditParts(view.watched, view.cells, fromOf(view, chosen))}
        chosen={chosen}
      />,
    );
  });

  app.get(`${base}/:system/procedure`, ...read, async (c) => {
    const view = await viewOf(ctx, c);
    const chosen = { period: periodOf(c) };
    const asked = c.req.query('by');
    const attribute =
      view.watched.dimensions.find(({ name }) => name === asked) ?? view.watched.dimensions[0];
    const { authorityId, systemId } = view.watched;
    const page = (
      <ProcedurePage
        view={view}
        funnel={procedureOf(view.watched, view.cells, { from: fromOf(view, chosen) })}
        attribute={attribute?.name ?? ''}
        chosen={chosen}
        reviews={await readCube(ctx.store.read, authorityId, systemId, 'reviews')}
      />
    );
    return show(c, page);
  });

  app.get(`${base}/:system/time`, ...read, async (c) => {
    const view = await viewOf(ctx, c);
    const evidence = await standingEvidence(ctx, view.watched);
    return show(c, <TimePage view={view} evidence={evidence} watch={c.req.query('watch')} />);
  });

  app.get(`${base}/:system/officers`, ...read, async (c) => {
    const view = await viewOf(ctx, c);
    const { authorityId, systemId } = view.watched;
    const officers = officersOf(await readCube(ctx.store.read, authorityId, systemId, 'officers'));
    const names = new Map<string, string>();
    for (const { officer } of officers?.standOut ?? [])
      names.set(officer, await officerName(ctx, authorityId, officer));
    return show(c, <OfficersPage view={view} officers={officers} names={names} />);
  });

  app.get(`${base}/:system/truth`, ...read, async (c) => {
    const view = await viewOf(ctx, c);
    const chosen = { period: periodOf(c) };
    const [all] = auditParts(view.watched, view.cells, fromOf(view, chosen));
    return show(c, <TruthPage view={view} audits={all?.audits ?? []} chosen={chosen} />);
  });

  app.get(`${base}/:system/subgroups`, ...read, async (c) => {
    const view = await viewOf(ctx, c);
    const chosen: Chosen = { period: periodOf(c), part: partOf(c) };
    const strata = [
      undefined,
      ...(view.watched.declared.plan.within.length > 0 ? strataOf(view.watched) : []),
    ];
    const selection = { from: fromOf(view, chosen), within: strata[chosen.part] };
    const search = subgroupsOf(view.watched, view.cells, selection);
    return show(c, <SubgroupsPage view={view} search={search} chosen={chosen} strata={strata} />);
  });

  app.get(`${base}/:system/cells.csv`, staffOnly(ctx, 'monitoring.export'), async (c) => {
    const view = await viewOf(ctx, c);
    return c.body(cellsCsv(view.watched, view.cells), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${view.watched.systemId}-cells.csv"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  const alertPage = async (
    c: Http,
    wrong?: { note: string; error: 'noteShort' | 'already'; status: 422 | 409 },
  ) => {
    const view = await viewOf(ctx, c);
    const alert = await findAlert(ctx.store.read, view.watched.authorityId, c.req.param('alert') ?? '');
    if (alert.systemId !== view.watched.systemId)
      throw new PlatformError('not-found', 'There is no such alert.');
    const by =
      alert.acknowledged && (await officerName(ctx, view.watched.authorityId, alert.acknowledged.by));
    const page = (
      <AlertPage
        view={view}
        alert={alert}
        by={by}
        done={c.req.query('done') === 'yes'}
        values={wrong && { note: wrong.note }}
        errors={wrong && { note: translator(alertMessages, langOf(c))(wrong.error) }}
      />
    );
    return show(c, page, wrong?.status);
  };
  app.get(`${base}/:system/alerts/:alert`, ...read, (c) => alertPage(c));

  app.post(`${base}/:system/alerts/:alert`, ...read, async (c) => {
    const { staff } = c.var;
    assertCan(staff, 'alert.acknowledge');
    const sent = (await c.req.parseBody()).note;
    const note = typeof sent === 'string' ? sent : '';
    const { system, alert } = c.req.param();
    try {
      await acknowledgeAlert(ctx, {
        authorityId: staff.authorityId,
        alertId: alert,
        by: staff.staffId,
        note,
      });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.code === 'invalid-request') return alertPage(c, { note, error: 'noteShort', status: 422 });
      if (error.code === 'conflict') return alertPage(c, { note, error: 'already', status: 409 });
      throw error;
    }
    return c.redirect(
      `/${langOf(c)}/staff/${staff.authorityId}/monitoring/${system}/alerts/${alert}?done=yes`,
      303,
    );
  });
  return app;
}

/** A watched system of the person's authority. Throws `not-found` where nothing is declared. */
async function viewOf(ctx: Context, c: Http): Promise<MonitorView> {
  const view = await loadMonitor(ctx, c.var.staff, c.req.param('system') ?? '', langOf(c));
  if (view.watched !== undefined) return view;
  throw new PlatformError('not-found', 'Nobody has declared how this system is watched.', {
    mend: 'A supervisor declares it on the page of the system.',
  });
}

function partOf(c: Http): number {
  return Number(c.req.query('part')?.match(/^\d{1,2}$/)?.[0] ?? 0);
}

function periodOf(c: Http): Chosen['period'] {
  return c.req.query('period') === 'all' ? 'all' : 'version';
}

function fromOf(view: MonitorView, { period }: Pick<Chosen, 'period'>): string | undefined {
  return period === 'all' ? undefined : view.newest?.from;
}

async function summaries(ctx: Context, { authorityId }: Staff): Promise<readonly SystemSummary[]> {
  const systems = await listSystems(ctx, authorityId);
  return Promise.all(
    systems.map(async (system): Promise<SystemSummary> => {
      const found = await watched(ctx, authorityId, system.systemId);
      const alerts = await listAlerts(ctx.store.read, authorityId, system.systemId);
      return {
        system,
        watched: found !== undefined,
        lag: found === undefined ? undefined : await lagOf(ctx.store.read, found),
        open: alerts.filter(({ status }) => status === 'open').length,
      };
    }),
  );
}
