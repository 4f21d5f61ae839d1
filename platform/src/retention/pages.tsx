import type { Certainty } from '@taalil/norms';
import { Hono, type Context as HttpContext } from 'hono';
import { can, csrfGuard, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { listSystems } from '../register/own-systems.ts';
import { type FormErrors, type FormValues, type LocalText, renderPage, translator } from '../web/index.ts';
import { RetentionPage } from './list-page.tsx';
import { m } from './messages.ts';
import { RulePage } from './rule-page.tsx';
import { NO_SYSTEM } from './rules.ts';
import { setRetentionRule } from './set-rule.ts';
import { type Planned, planSweep } from './sweep.ts';

type Staffed = HttpContext<WebEnv>;

/** Stands in an address for what belongs to no system. */
const NONE = '-';

/** The data-protection officer's pages of what goes by itself: what holds, what would go now, setting a time. */
export function retentionPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/retention` as const;
  const guard = csrfGuard(ctx);
  const reads = [staffOnly(ctx, 'case.erase-confirm'), guard] as const;
  const sets = [staffOnly(ctx, 'retention.set'), guard] as const;
  const home = (c: Staffed) => `${staffHref(langOf(c), c.var.staff.authorityId)}/retention`;

  app.get(base, ...reads, async (c) => {
    const { staff } = c.var;
    const names = await namesOf(ctx, staff.authorityId);
    const planned = await planSweep(ctx, staff.authorityId);
    const systems = [...Map.groupBy(planned, ({ systemId }) => systemId)].map(([systemId, rules]) => ({
      name: names.get(systemId),
      rules,
    }));
    const setHref = (one: Planned) =>
      `${home(c)}/${one.systemId === NO_SYSTEM ? NONE : one.systemId}/${one.rule.id}`;
    const page = (
      <RetentionPage
        staff={staff}
        systems={systems}
        setHref={can(staff, 'retention.set') ? setHref : undefined}
        done={c.req.query('set') !== undefined}
      />
    );
    return renderPage(c, siteOf(ctx, c), page);
  });

  async function show(c: Staffed, fault: { values?: FormValues; errors?: FormErrors } = {}) {
    const { authorityId } = c.var.staff;
    const { systemId, rule } = named(c);
    const planned = await planSweep(ctx, authorityId);
    const inForce = planned.find((one) => one.systemId === systemId && one.rule.id === rule);
    if (inForce?.rule.settable === undefined) throw new PlatformError('not-found', 'There is no such rule.');
    const name = (await namesOf(ctx, authorityId)).get(systemId);
    const page = <RulePage inForce={inForce} name={name} home={home(c)} {...fault} />;
    return renderPage(c, siteOf(ctx, c), page, { status: fault.errors === undefined ? 200 : 422 });
  }

  app.get(`${base}/:system/:rule`, ...sets, (c) => show(c));

  app.post(`${base}/:system/:rule`, ...sets, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const body = await c.req.parseBody();
    const values = Object.fromEntries(
      Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const days = values.days?.trim() ?? '';
    try {
      await setRetentionRule(ctx, {
        ...{ authorityId, by, ...named(c) },
        days: days === '' ? undefined : Number(/^\d{1,5}$/.test(days) ? days : Number.NaN),
        basis: values.basis ?? '',
        certainty: values.certainty as Certainty,
      });
    } catch (error) {
      const errors = fieldErrors(c, error);
      if (errors === undefined) throw error;
      return show(c, { values, errors });
    }
    return c.redirect(`${home(c)}?set=1`, 303);
  });
  return app;
}

function named(c: Staffed): { systemId: string; rule: string } {
  const system = c.req.param('system') ?? '';
  return { systemId: system === NONE ? NO_SYSTEM : system, rule: c.req.param('rule') ?? '' };
}

async function namesOf(
  ctx: Context,
  authorityId: string,
): Promise<ReadonlyMap<string | undefined, LocalText>> {
  const systems = await listSystems(ctx, authorityId);
  return new Map(systems.map(({ systemId, record }) => [systemId, record.name]));
}

const FIELDS = { days: 'badDays', basis: 'badBasis', certainty: 'badCertainty' } as const;

function fieldErrors(c: Staffed, error: unknown): FormErrors | undefined {
  if (!(error instanceof PlatformError) || error.code !== 'invalid-request') return undefined;
  const where = error.details.where ?? '';
  if (!Object.hasOwn(FIELDS, where)) return undefined;
  return { [where]: translator(m, langOf(c))(FIELDS[where as keyof typeof FIELDS]) };
}
