import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey } from '../../src/access/index.ts';
import type { VirtualClock } from '../../src/clock.ts';
import type { Context } from '../../src/context.ts';
import type { DemonstrationAccess } from '../../src/demonstration/table.ts';
import { declarePlan } from '../../src/monitoring/plan.ts';
import { runMonitor } from '../../src/monitoring/run.ts';
import { issueCode } from '../../src/notices/index.ts';
import type { Progress } from '../../src/progress.ts';
import { addAuthority } from '../../src/register/authorities.ts';
import { publishVersion } from '../../src/register/publish.ts';
import { takeSnapshot } from '../../src/register/snapshots.ts';
import { changeStatus } from '../../src/register/status.ts';
import { approveWithholding, askWithholding } from '../../src/withholding/orders.ts';
import { seeded } from '../random.ts';
import { Agenda } from '../soutien-menages/agenda.ts';
import {
  dateOf,
  dayOf,
  WORLD_DAYS,
  WORLD_END,
  WORLD_START,
  workingMoment,
} from '../soutien-menages/calendar.ts';
import { makeWorlds, type WorldInMaking } from '../weeks.ts';
import { auditRows, csvOf } from './audit-rows.ts';
import { planted } from './faults.ts';
import { ReturnLife } from './life.ts';
import { PLAN } from './monitoring.ts';
import {
  AUTHORITY,
  AUTHORITY_ID,
  DRAW,
  DRAW_RECORD,
  drawFile,
  SELECTION,
  SELECTION_RECORD,
  TICKETS,
} from './record.ts';
import { drawBusiness } from './returns.ts';
import { type Account, makeStaff } from './staff.ts';
import { CROSS_CHECKS } from './withholding.ts';

export interface WorldOptions {
  readonly seed?: string;
  readonly returns?: number;
  /** How long it lasts; its last week is the demonstration's present. */
  readonly weeks?: number;
  /** The twin without planted faults. */
  readonly clean?: boolean;
  progress?(total: number): Progress;
}

const RETURNS = 3_600;
/** Fourteen months up to the demonstration's present. */
const WEEKS = 60;

/** The file that audits read: one line a return (`audit-rows.ts`). */
export const AUDIT_FILE = 'tax-audit.csv';
export const PLANTED_FILE = 'planted-tax-audit.json';

/** Makes the world alone. */
export async function makeTaxWorld(
  ctx: Context,
  clock: VirtualClock,
  options: WorldOptions = {},
): Promise<DemonstrationAccess> {
  const [access] = await makeWorlds(clock, [taxWorld(ctx, options)], options.progress);
  return access as DemonstrationAccess;
}

/**
 * The second demonstration: an invented revenue office that chooses returns for inspection, by trees and by lot.
 * Everything goes through the platform's own functions, in virtual time. The same seed gives the same world. It begins
 * with the week of its first day; the weeks before are nobody's.
 */
export function taxWorld(
  ctx: Context,
  { seed = 'tax-audit', returns = RETURNS, weeks = WEEKS, clean = false }: WorldOptions = {},
): WorldInMaking {
  const firstDay = 7 * (Math.floor(WORLD_DAYS / 7) - weeks);
  let begun: Awaited<ReturnType<typeof begin>> | undefined;
  return {
    total: returns,
    get done() {
      return begun?.life.filed ?? 0;
    },
    async runWeek(week) {
      if (week * 7 === firstDay) begun = await begin(ctx, { seed, returns, firstDay, clean });
      await begun?.agenda.runWeek(week);
    },
    async finish() {
      if (begun === undefined) throw new Error('the world never began');
      const { accounts, life, apiKey } = begun;
      const yesterday = Temporal.PlainDate.from(dateOf(WORLD_END)).subtract({ days: 1 });
      await takeSnapshot(ctx, AUTHORITY_ID, yesterday);
      writeFileSync(join(ctx.folder, PLANTED_FILE), `${JSON.stringify(planted(clean), undefined, 2)}\n`);
      writeFileSync(join(ctx.folder, AUDIT_FILE), csvOf(await auditRows(ctx)));
      return accessOf(ctx, accounts, apiKey, life, seed);
    },
  };
}

/** The platform as it is at one instant. */
const at = (ctx: Context, instant: Temporal.Instant): Context => ({
  ...ctx,
  clock: { now: () => instant, virtual: true },
});

/** The first day: authority, staff, systems, and every return in the diary. */
async function begin(
  shared: Context,
  { seed, returns, firstDay, clean }: { seed: string; returns: number; firstDay: number; clean: boolean },
) {
  const random = seeded(seed);
  const start = WORLD_START.add({ hours: 24 * firstDay });
  const ctx = at(shared, start);
  await addAuthority(ctx, AUTHORITY_ID, AUTHORITY);
  const accounts = await makeStaff(ctx, random.stream('staff'), start);
  const supervisor = accountOf(accounts, 'rachid');
  await publish(ctx, supervisor, clean);
  const system = { authorityId: AUTHORITY_ID, systemId: SELECTION };
  await declarePlan(ctx, { ...system, plan: PLAN, by: supervisor.staffId });
  const { secret, keyId } = await createApiKey(ctx, {
    authorityId: AUTHORITY_ID,
    label: 'demonstration',
    scopes: [
      'decisions:write',
      'decisions:read',
      'systems:read',
      'events:read',
      'notices:write',
      'outcomes:write',
    ],
    systems: [SELECTION, DRAW],
  });
  const agenda = new Agenda(dayOf);
  const life = new ReturnLife({
    ctx,
    agenda,
    accounts,
    clean,
    apiKeyId: keyId,
    random: random.stream('life'),
  });
  const draws = random.stream('returns');
  const arrivals = random.stream('arrivals');
  const lot = random.stream('lot');
  for (let n = 1; n <= returns; n++) {
    const business = drawBusiness(draws, n);
    const ticket = lot.whole(1, TICKETS);
    const day = arrivals.whole(firstDay, WORLD_DAYS - 4);
    agenda.add('request', workingMoment(arrivals, day), (now) => life.file(business, ticket, now));
  }
  for (const day of monitorDays(start)) {
    agenda.add('upkeep', workingMoment(random.stream(`monitor ${day}`), day), (now) =>
      runMonitor(at(ctx, now), AUTHORITY_ID).then(() => undefined),
    );
  }
  agenda.add('upkeep', workingMoment(random.stream('withholding'), WORLD_DAYS - 150), (now) =>
    withholdCrossChecks(at(ctx, now), accounts),
  );
  return { agenda, accounts, life, apiKey: secret };
}

/** In its last months the office keeps its cross-checks from those inspected: an invented article, for at most a year. */
async function withholdCrossChecks(ctx: Context, accounts: readonly Account[]): Promise<void> {
  const until = Temporal.PlainDate.from(dateOf(ctx.clock.now())).add({ months: 10 }).toString();
  const { withholdingId } = await askWithholding(ctx, {
    authorityId: AUTHORITY_ID,
    systemId: SELECTION,
    terms: { ...CROSS_CHECKS, until },
    by: accountOf(accounts, 'sanae').staffId,
  });
  const by = accountOf(accounts, 'amina').staffId;
  await approveWithholding(ctx, { authorityId: AUTHORITY_ID, withholdingId, by });
}

/** The third day of every month: the monitor looks at the one before. */
function monitorDays(start: Temporal.Instant): number[] {
  const first = start.toZonedDateTimeISO('Africa/Casablanca').with({ day: 3, hour: 12 });
  return Array.from({ length: 15 }, (_, n) => dayOf(first.add({ months: n + 1 }).toInstant())).filter(
    (day) => day < WORLD_DAYS - 3,
  );
}

async function publish(ctx: Context, supervisor: Account, clean: boolean): Promise<void> {
  const trees = readFileSync(join(import.meta.dirname, 'models', clean ? 'clean.json' : 'planted.json'));
  for (const [systemId, record, bytes] of [
    [SELECTION, SELECTION_RECORD, trees],
    [DRAW, DRAW_RECORD, drawFile()],
  ] as const) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await publishVersion(ctx, AUTHORITY_ID, systemId, record, { bytes, sha256 });
    await changeStatus(ctx, {
      authorityId: AUTHORITY_ID,
      systemId,
      to: 'live',
      reason: { fr: 'Mise en service', ar: 'بدء العمل' },
      by: supervisor.staffId,
    });
  }
}

function accountOf(accounts: readonly Account[], name: string): Account {
  const found = accounts.find((a) => a.account === name);
  if (found === undefined) throw new Error(`the world has no account "${name}"`);
  return found;
}

async function accessOf(
  ctx: Context,
  accounts: readonly Account[],
  apiKey: string,
  life: ReturnLife,
  seed: string,
): Promise<DemonstrationAccess> {
  const counter = accountOf(accounts, 'ilyas');
  const caseId = life.showcase;
  if (caseId === undefined) throw new Error('the world has no inspection to show');
  const { reference, code } = await issueCode(ctx, {
    authorityId: AUTHORITY_ID,
    caseId,
    by: { kind: 'staff', staffId: counter.staffId },
  });
  const shown = [
    ['reviewer', 'meryem', 'desk'],
    ['second reviewer', 'tarik', 'reviews'],
    ['supervisor', 'rachid', 'reviews'],
    ['second superv.', 'amina', 'systems'],
    ['counter', 'ilyas', 'counter'],
    ['auditor', 'dounia', 'access-log'],
  ] as const;
  return {
    authority: AUTHORITY_ID,
    system: SELECTION,
    citizen: { reference, code },
    staff: shown.map(([role, name, place]) => {
      const { account, password } = accountOf(accounts, name);
      return { role, account, password, path: `/fr/staff/${AUTHORITY_ID}/${place}` };
    }),
    apiKey,
    exampleInput: { ...drawBusiness(seeded(seed).stream('example'), 0).filed },
  };
}
