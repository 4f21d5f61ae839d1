import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, findStaff, type Staff, staffOnly } from '../access/index.ts';
import { pagesOf } from '../access/nav.tsx';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf, type WebEnv } from '../http.ts';
import { type FormErrors, type FormValues, renderPage, translator } from '../web/index.ts';
import { staffMessages } from './messages-staff.ts';
import { listSystems, type OwnSystem, readSystemState } from './own-systems.ts';
import type { Localized } from './record.ts';
import { ACTS, changeAsStaff, type StaffAction } from './staff-status.ts';
import { ActionPage, OwnSystemPage, SystemsPage } from './staff-system-page.tsx';
import { statusReason } from './status.ts';

/** What a member of staff can do with the system as it stands. */
export function actionsFor(staff: Staff, system: OwnSystem): readonly StaffAction[] {
  return (Object.keys(ACTS) as StaffAction[]).filter(
    (action) => ACTS[action].from.includes(system.status) && can(staff, ACTS[action].permission),
  );
}

/** The staff's page of systems: how each stands, publish, suspend, re-arm, retire. */
export function staffSystemPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/systems` as const;
  const action = `${base}/:system/:action{publish|suspend|rearm|retire}` as const;
  const guards = [staffOnly(ctx, 'own.read'), csrfGuard(ctx)] as const;

  app.get(base, ...guards, async (c) => {
    const staff = allowed(c);
    return renderPage(c, siteOf(ctx, c), <SystemsPage systems={await listSystems(ctx, staff.authorityId)} />);
  });

  app.get(`${base}/:system`, ...guards, async (c) => {
    const staff = allowed(c);
    const { system, asked } = await readFor(ctx, staff, c.req.param('system'));
    const done = c.req.query('done');
    const page = (
      <OwnSystemPage
        system={system}
        actions={actionsFor(staff, system)}
        rearmBy={asked && { name: asked.name, own: asked.staffId === staff.staffId }}
        done={done === 'done' || done === 'asked' ? done : undefined}
      />
    );
    return renderPage(c, siteOf(ctx, c), page);
  });

  const form = (
    c: HttpContext<WebEnv>,
    system: OwnSystem,
    what: StaffAction,
    wrong?: { values: FormValues; errors: FormErrors; status: 409 | 422 },
  ) =>
    renderPage(
      c,
      siteOf(ctx, c),
      <ActionPage system={system} action={what} values={wrong?.values} errors={wrong?.errors} />,
      wrong && { status: wrong.status },
    );

  app.get(action, ...guards, async (c) => {
    const staff = allowed(c);
    const { system: id, action: what } = c.req.param();
    const { system } = await readFor(ctx, staff, id);
    if (!actionsFor(staff, system).includes(what as StaffAction)) return c.redirect(ownAddress(c, id), 303);
    return form(c, system, what as StaffAction);
  });

  app.post(action, ...guards, async (c) => {
    const staff = allowed(c);
    const { system: id, action: name } = c.req.param();
    const what = name as StaffAction;
    const values = await readForm(c);
    const { system } = await readFor(ctx, staff, id);
    const t = translator(staffMessages, langOf(c));
    const { reason, fault } = readReason(values, what);
    if (fault !== undefined) {
      return form(c, system, what, { values, errors: { [fault.field]: t(fault.key) }, status: 422 });
    }
    try {
      const outcome = await changeAsStaff(ctx, staff, { action: what, system, reason });
      return c.redirect(`${ownAddress(c, id)}?done=${outcome === 'done' ? 'done' : 'asked'}`, 303);
    } catch (error) {
      const key = keyOf(error);
      if (key === undefined) throw error;
      return form(c, system, what, { values, errors: { reason_ar: t(key) }, status: 409 });
    }
  });
  return app;
}

/** A system, and who asked to re-arm it; the request of somebody who has left counts no more. */
async function readFor(ctx: Context, { authorityId }: Staff, systemId: string) {
  const system = await readSystemState(ctx, authorityId, systemId);
  const asked = system.rearm && (await findStaff(ctx, authorityId, system.rearm.by));
  return asked?.active ? { system, asked } : { system: { ...system, rearm: undefined }, asked: undefined };
}

/** Whoever the menu shows this page to. */
function allowed(c: HttpContext<WebEnv>): Staff {
  const { staff } = c.var;
  if (pagesOf(staff).includes('systems')) return staff;
  throw new PlatformError('forbidden', 'Your role does not include this.', {
    where: 'systems',
    mend: 'Ask a supervisor of your authority.',
  });
}

function ownAddress(c: HttpContext<WebEnv>, systemId: string): string {
  return `/${langOf(c)}/staff/${c.var.staff.authorityId}/systems/${systemId}`;
}

async function readForm(c: HttpContext<WebEnv>): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  return { reason_ar: text('reason_ar'), reason_fr: text('reason_fr') };
}

type Fault = { field: string; key: 'reasonMissing' | 'reasonInvalid' };

function readReason(
  values: Record<string, string>,
  action: StaffAction,
): { reason?: Localized; fault?: Fault } {
  const given = Object.fromEntries(
    (['ar', 'fr'] as const)
      .map((lang) => [lang, values[`reason_${lang}`]?.replace(/\r\n?/g, '\n').trim() ?? ''] as const)
      .filter(([, text]) => text !== ''),
  );
  if (Object.keys(given).length === 0) {
    return action === 'publish' ? {} : { fault: { field: 'reason_ar', key: 'reasonMissing' } };
  }
  const parsed = statusReason.safeParse(given);
  if (parsed.success) return { reason: parsed.data };
  return {
    fault: { field: `reason_${String(parsed.error.issues[0]?.path[0] ?? 'ar')}`, key: 'reasonInvalid' },
  };
}

function keyOf(error: unknown): 'conflict' | 'held' | 'notIndependent' | undefined {
  if (!(error instanceof PlatformError)) return undefined;
  if (error.code === 'held') return 'held';
  if (error.code === 'conflict') return 'conflict';
  return error.code === 'not-independent' ? 'notIndependent' : undefined;
}
