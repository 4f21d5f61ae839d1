import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey } from '../../src/access/index.ts';
import type { VirtualClock } from '../../src/clock.ts';
import type { Context } from '../../src/context.ts';
import type { DemonstrationAccess } from '../../src/demonstration/table.ts';
import { setSchedule } from '../../src/erasure/index.ts';
import { recordBasis } from '../../src/monitoring/basis.ts';
import { declarePlan } from '../../src/monitoring/plan.ts';
import { runMonitor } from '../../src/monitoring/run.ts';
import { issueCode } from '../../src/notices/index.ts';
import type { Progress } from '../../src/progress.ts';
import { addAuthority } from '../../src/register/authorities.ts';
import { publishVersion } from '../../src/register/publish.ts';
import { takeSnapshot } from '../../src/register/snapshots.ts';
import { changeStatus } from '../../src/register/status.ts';
import { seeded } from '../random.ts';
import { makeWorlds, type WorldInMaking } from '../weeks.ts';
import { Agenda } from './agenda.ts';
import {
  dateOf,
  dayOf,
  SECOND_MODEL_START,
  WORLD_DAYS,
  WORLD_END,
  WORLD_MONTHS,
  WORLD_START,
  workingMoment,
} from './calendar.ts';
import { consultTheDraft, daysAfter } from './consultation.ts';
import { plantDeceasedEarner, planted } from './faults.ts';
import { drawPerson } from './households.ts';
import { beginLawfully, beginTraining, makeLawPeople } from './law.ts';
import { CaseLife } from './life.ts';
import { modelFile } from './model.ts';
import { BASIS, PLAN } from './monitoring.ts';
import { announcePrimacy } from './primacy.ts';
import { AUTHORITY, AUTHORITY_ID, RECORD, SYSTEM_ID } from './record.ts';
import { type Account, HASTY_ACCOUNT, makeStaff, renew } from './staff.ts';

export { WORLD_END } from './calendar.ts';

export interface WorldOptions {
  readonly seed?: string;
  readonly households?: number;
  /** The twin without planted faults. */
  readonly clean?: boolean;
  progress?(total: number): Progress;
}

const HOUSEHOLDS = 20_000;

/**
 * Makes the demonstration: every decision, confirmation, notification and review goes through the platform's own
 * functions, in virtual time. The same seed gives the same world.
 */
export async function makeWorld(
  ctx: Context,
  clock: VirtualClock,
  options: WorldOptions = {},
): Promise<DemonstrationAccess> {
  const [access] = await makeWorlds(clock, [await prepareWorld(ctx, clock, options)], options.progress);
  return access as DemonstrationAccess;
}

/** The world on its first day, to be made week by week beside others. */
export async function prepareWorld(
  ctx: Context,
  clock: VirtualClock,
  { seed = 'soutien-menages', households = HOUSEHOLDS, clean = false }: WorldOptions = {},
): Promise<WorldInMaking> {
  const random = seeded(seed);
  clock.moveTo(WORLD_START);
  await addAuthority(ctx, AUTHORITY_ID, AUTHORITY);
  const accounts = await makeStaff(ctx, random.stream('staff'));
  await publish(ctx, 1, clean);
  const law = await makeLawPeople(ctx, random.stream('law'));
  await beginLawfully(ctx, law, accountOf(accounts, 'leila'));
  await changeStatus(ctx, {
    authorityId: AUTHORITY_ID,
    systemId: SYSTEM_ID,
    to: 'live',
    reason: { fr: 'Mise en service', ar: 'بدء العمل' },
    by: accountOf(accounts, 'leila').staffId,
  });
  const system = { authorityId: AUTHORITY_ID, systemId: SYSTEM_ID };
  await recordBasis(ctx, { ...system, basis: BASIS, by: accountOf(accounts, 'salwa').staffId });
  await setSchedule(ctx, {
    ...system,
    months: 24,
    backupDays: 30,
    archive: 'eliminate',
    basis: 'Décision spécimen n° 4 et tableau de gestion spécimen',
    by: accountOf(accounts, 'salwa').staffId,
  });
  await declarePlan(ctx, { ...system, plan: PLAN, by: accountOf(accounts, 'leila').staffId });
  await announcePrimacy(ctx, random.stream('primacy'), accountOf(accounts, 'leila').staffId);
  const key = await createApiKey(ctx, {
    authorityId: AUTHORITY_ID,
    label: 'demonstration',
    scopes: ['decisions:write', 'decisions:read', 'systems:read', 'events:read', 'notices:write'],
    systems: [SYSTEM_ID],
  });

  const agenda = new Agenda(dayOf);
  const hasty = clean ? undefined : accountOf(accounts, HASTY_ACCOUNT).staffId;
  const life = new CaseLife({
    ctx,
    agenda,
    accounts,
    hasty,
    apiKeyId: key.keyId,
    random: random.stream('life'),
  });
  const draws = random.stream('households');
  const arrivals = random.stream('arrivals');
  const faults = random.stream('faults');
  for (let n = 1; n <= households; n++) {
    const drawn = drawPerson(draws, n);
    const person = clean ? drawn : plantDeceasedEarner(faults, drawn);
    agenda.add('request', workingMoment(arrivals, arrivals.whole(0, WORLD_DAYS - 4)), (at) =>
      life.request(person, at),
    );
  }
  agenda.add('upkeep', SECOND_MODEL_START, () => publish(ctx, 2, clean).then(() => undefined));
  for (const day of [500, 980]) {
    for (const reviewer of accounts.filter((a) => a.role === 'reviewer')) {
      const at = workingMoment(random.stream(`renew ${day}`), day);
      agenda.add('upkeep', at, (now) =>
        renew({ ...ctx, clock: { now: () => now, virtual: true } }, reviewer, now),
      );
    }
  }

  agenda.add('upkeep', workingMoment(random.stream('consultation'), WORLD_DAYS - 35), (now) =>
    consultTheDraft(ctx, law.registrar, now, daysAfter(WORLD_END, 21)),
  );
  agenda.add('upkeep', workingMoment(random.stream('training'), WORLD_DAYS - 10), (now) =>
    beginTraining(ctx, accountOf(accounts, 'nadia'), now),
  );
  for (const day of monitorDays()) {
    agenda.add('upkeep', workingMoment(random.stream(`monitor ${day}`), day), (now) =>
      runMonitor({ ...ctx, clock: { now: () => now, virtual: true } }, AUTHORITY_ID).then(() => undefined),
    );
  }

  return {
    total: households,
    get done() {
      return life.requested;
    },
    runWeek: (week) => agenda.runWeek(week),
    async finish() {
      const yesterday = Temporal.PlainDate.from(dateOf(WORLD_END)).subtract({ days: 1 });
      await takeSnapshot(ctx, AUTHORITY_ID, yesterday);
      writeFileSync(
        join(ctx.folder, 'planted.json'),
        `${JSON.stringify({ ...planted(clean, hasty ?? ''), cases: life.plantedCases }, undefined, 2)}\n`,
      );
      return accessOf(ctx, [...accounts, ...Object.values(law)], key.secret, life, draws);
    },
  };
}

/** The third day of every month: the monitor looks at the one before. */
function monitorDays(): number[] {
  const first = WORLD_START.toZonedDateTimeISO('Africa/Casablanca').toPlainDate().with({ day: 3 });
  return Array.from({ length: WORLD_MONTHS }, (_, n) => {
    const day = first
      .add({ months: n + 1 })
      .toZonedDateTime({ timeZone: 'Africa/Casablanca', plainTime: '12:00' });
    return dayOf(day.toInstant());
  }).filter((day) => day < WORLD_DAYS - 3);
}

async function publish(ctx: Context, version: 1 | 2, clean: boolean) {
  const bytes = modelFile({ version, fault: !clean });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return publishVersion(ctx, AUTHORITY_ID, SYSTEM_ID, RECORD, { bytes, sha256 });
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
  life: CaseLife,
  draws: ReturnType<typeof seeded>,
): Promise<DemonstrationAccess> {
  const counter = accountOf(accounts, 'zineb');
  const caseId = life.showcase;
  if (caseId === undefined) throw new Error('the world has no refused household to show');
  const { reference, code } = await issueCode(ctx, {
    authorityId: AUTHORITY_ID,
    caseId,
    by: { kind: 'staff', staffId: counter.staffId },
  });
  const shown = [
    ['reviewer', 'nadia', 'desk'],
    ['second reviewer', 'karim', 'reviews'],
    ['supervisor', 'leila', 'reviews'],
    ['second superv.', 'omar', 'systems'],
    ['counter', 'zineb', 'counter'],
    ['data officer', 'salwa', 'erasures'],
    ['auditor', 'anas', `monitoring/${SYSTEM_ID}`],
    ['registrar', 'amina', 'systems'],
    ['jurist', 'hanane', 'systems'],
    ['lapsed cert.', 'youssef', 'desk'],
    ['old delegation', 'latifa', 'desk'],
  ] as const;
  return {
    authority: AUTHORITY_ID,
    system: SYSTEM_ID,
    citizen: { reference, code },
    staff: shown.map(([role, name, place]) => {
      const { account, password } = accountOf(accounts, name);
      return { role, account, password, path: `/fr/staff/${AUTHORITY_ID}/${place}` };
    }),
    apiKey,
    exampleInput: { ...drawPerson(draws, 0).household },
  };
}
