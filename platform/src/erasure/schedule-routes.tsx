import type { Hono } from 'hono';
import { csrfGuard, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, siteOf } from '../http.ts';
import { listSystems } from '../register/own-systems.ts';
import { renderPage } from '../web/index.ts';
import { fieldErrors, type Staffed, textsOf } from './forms.ts';
import { publicationDelays, setPublicationDelay } from './publication-delay.ts';
import { schedulesInForce, setSchedule } from './schedule.ts';
import { SchedulePage, type SystemSchedule } from './schedule-page.tsx';
import type { ArchiveOutcome } from './tables.ts';

/** Where the retention and the publication delay of a system are set. */
export function scheduleRoutes(ctx: Context, app: Hono<WebEnv>, home: (c: Staffed) => string): void {
  const path = `${LANG}/staff/:authority/erasures/schedule/:system` as const;
  const sets = [staffOnly(ctx, 'retention.set'), csrfGuard(ctx)] as const;
  const systemOf = async (c: Staffed): Promise<SystemSchedule> => {
    const all = await systemSchedules(ctx, c.var.staff.authorityId);
    const system = all.find(({ systemId }) => systemId === c.req.param('system'));
    if (system === undefined) throw new PlatformError('not-found', 'There is no such system.');
    return system;
  };
  app.get(path, ...sets, async (c) => {
    const page = <SchedulePage authorityId={c.var.staff.authorityId} system={await systemOf(c)} />;
    return renderPage(c, siteOf(ctx, c), page);
  });
  app.post(path, ...sets, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const system = await systemOf(c);
    const values = await textsOf(c);
    const whole = (name: string) =>
      /^\d{1,4}$/.test(values[name] ?? '') ? Number(values[name]) : Number.NaN;
    try {
      const delay = whole('delay');
      if (delay !== system.delay) {
        await setPublicationDelay(ctx, { authorityId, systemId: system.systemId, minutes: delay, by });
      }
      await setSchedule(ctx, {
        authorityId,
        systemId: system.systemId,
        months: whole('months'),
        backupDays: whole('backupDays'),
        archive: values.archive as ArchiveOutcome,
        basis: values.basis ?? '',
        by,
      });
    } catch (error) {
      const errors = fieldErrors(c, error);
      if (errors === undefined) throw error;
      const page = <SchedulePage authorityId={authorityId} system={system} values={values} errors={errors} />;
      return renderPage(c, siteOf(ctx, c), page, { status: 422 });
    }
    return c.redirect(`${home(c)}?set=1`, 303);
  });
}

/** The systems of an authority with the retention that is in force. */
export async function systemSchedules(ctx: Context, authorityId: string): Promise<SystemSchedule[]> {
  const schedules = await schedulesInForce(ctx.store.read, authorityId);
  const systems = await listSystems(ctx, authorityId);
  const delays = await publicationDelays(ctx, authorityId);
  return systems.map(({ systemId, record }) => ({
    systemId,
    name: record.name,
    schedule: schedules.get(systemId),
    delay: delays.get(systemId) ?? 0,
  }));
}
