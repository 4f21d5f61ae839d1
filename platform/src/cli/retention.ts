import { CERTAINTIES, type Certainty } from '@taalil/norms';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { dueFiles, schedulesInForce } from '../erasure/index.ts';
import { PlatformError } from '../errors.ts';
import { withPlatform, withReader } from '../open-as-is.ts';
import { authorities } from '../register/authorities.ts';
import {
  KEPT,
  NO_SYSTEM,
  type Planned,
  planSweep,
  SWEPT,
  setRetentionRule,
  sweepAll,
} from '../retention/index.ts';

/** Files that a plan looks into, of each authority: each is opened to see what stands against erasing it. */
const FILES_MOST = 200;

/** `taalil retention …`: what is kept how long and why, what would go now, and who set it. */
export function retentionCommand(): Command {
  const retention = new Command('retention')
    .description('How long what is kept, on what ground, and what would go now')
    .exitOverride();
  retention
    .command('plan')
    .description('say what would go now and what stays, beside the platform; changes nothing')
    .option('--authority <id>', 'only this authority')
    .action(({ authority }: { authority?: string }) => plan(authority));
  retention
    .command('run')
    .description(
      'take out what is over its time, as the serving platform does every hour; it must be stopped',
    )
    .option('--dry-run', 'the same as plan')
    .action(({ dryRun = false }: { dryRun?: boolean }) => (dryRun ? plan(undefined) : run()));
  retention
    .command('rules')
    .description('every rule: what, how long, on what ground, how far that can be relied on')
    .action(tellRules);
  retention
    .command('set')
    .description(
      'set how long something of a system is kept; sealed in the log (the platform must be stopped)',
    )
    .requiredOption('--authority <id>', 'the authority')
    .requiredOption('--system <id>', `the system, or ${NO_SYSTEM} for what belongs to none`)
    .requiredOption('--rule <id>', SWEPT.flatMap(({ id, settable }) => (settable ? [id] : [])).join(', '))
    .requiredOption('--days <n>', 'whole days, or "kept"')
    .requiredOption('--basis <text>', 'the act that sets it, as it is cited')
    .requiredOption('--certainty <text>', CERTAINTIES.join('; '))
    .requiredOption('--by <staff>', 'staff id of the data protection officer who sets it')
    .action(set);
  return retention;
}

async function plan(wanted: string | undefined): Promise<void> {
  await withReader(readConfig(process.env), async (ctx) => {
    const ids = [...authorities(ctx).keys()].filter((id) => wanted === undefined || id === wanted);
    if (ids.length === 0) throw new PlatformError('not-found', 'There is no such authority here.');
    if (wanted === undefined) {
      console.log('platform');
      for (const one of await planSweep(ctx, undefined)) console.log(`  ${lineOf(one)}`);
    }
    for (const id of ids) {
      console.log(id);
      await tellFiles(ctx, id);
      const planned = await planSweep(ctx, id);
      for (const [systemId, rules] of Map.groupBy(planned, (one) => one.systemId)) {
        console.log(`  ${systemId === NO_SYSTEM ? 'what belongs to no system' : systemId}`);
        for (const one of rules) console.log(`    ${lineOf(one)}`);
      }
    }
    console.log('Nothing was changed. What is sealed in the log stays, and every receipt with it.');
  });
}

function lineOf({ rule, days, basis, total, due, held }: Planned): string {
  const time = days === undefined ? 'kept, no time is set' : daysOf(days);
  const stays = Object.entries(held).map(([hold, n]) => `${n} stay (${hold})`);
  const counts = [`${due} of ${total} would go`, ...stays].join(', ');
  return `${rule.id}: ${time} [${basis.certainty}: ${basis.source}]; ${days === undefined ? `${total} rows` : counts}`;
}

/** Files go by two people alone; a plan says which could be asked for, and what stands against the others. */
async function tellFiles(ctx: Context, authorityId: string): Promise<void> {
  const due = await dueFiles(ctx, authorityId, FILES_MOST);
  for (const [systemId, { months, archive, basis }] of await schedulesInForce(ctx.store.read, authorityId)) {
    const files = due.filter((file) => file.systemId === systemId);
    const free = files.filter(({ obstacles }) => obstacles.length === 0).length;
    const against = Object.entries(
      Object.groupBy(
        files.flatMap((f) => f.obstacles),
        ({ kind }) => kind,
      ),
    ).map(([kind, these = []]) => `${these.length} stay (${kind})`);
    const counts = [`${free} may be asked for: taalil erase`, ...against].join(', ');
    console.log(
      `  files of ${systemId}: ${months} months after the last event, then ${archive} [${basis}]; ${counts}`,
    );
  }
  if (due.length === FILES_MOST) console.log(`  (${FILES_MOST} files were looked into; there may be more)`);
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  let rows = 0;
  const [first] = await withReader(config, async (ctx) => [...authorities(ctx).keys()]);
  if (first === undefined) return;
  await withPlatform(config, first, async (p) => {
    for (const { authorityId = 'platform', systemId, rule, rows: n } of await sweepAll(p)) {
      rows += n;
      console.log(`${authorityId}${systemId === undefined ? '' : `/${systemId}`}: ${rule}: ${n} rows`);
    }
  });
  console.log(`${rows} rows are gone.`);
}

interface SetOptions {
  readonly authority: string;
  readonly system: string;
  readonly rule: string;
  readonly days: string;
  readonly basis: string;
  readonly certainty: string;
  readonly by: string;
}

async function set({ authority, system, days, certainty, ...rest }: SetOptions): Promise<void> {
  await withPlatform(readConfig(process.env), authority, (p) =>
    setRetentionRule(p, {
      ...rest,
      authorityId: authority,
      systemId: system,
      days: days === 'kept' ? undefined : Number(/^\d{1,5}$/.test(days) ? days : Number.NaN),
      certainty: certainty as Certainty,
    }),
  );
  console.log(`${rest.rule} of ${system}: ${days === 'kept' ? 'kept' : daysOf(Number(days))}.`);
}

const daysOf = (days: number) => (days === 1 ? '1 day' : `${days} days`);

function tellRules(): void {
  for (const { id, what, days, settable, holds, sealed, basis } of SWEPT) {
    console.log(`${id}: ${what}`);
    console.log(
      `  ${days === undefined ? 'kept until the authority sets a time' : daysOf(days)}; goes by itself${sealed ? ', an entry of the log says what went' : ''}`,
    );
    if (settable !== undefined)
      console.log(`  an authority may set ${settable[0]} to ${settable[1]} days for a system`);
    if (holds.length > 0) console.log(`  stays all the same: ${holds.join(', ')}`);
    console.log(`  ${basis.source} (${basis.certainty}): ${basis.because}`);
  }
  for (const { id, what, until, basis } of KEPT) {
    console.log(`${id}: ${what}`);
    console.log(
      until === 'file'
        ? '  by the schedule of the system; goes by two people (taalil erase)'
        : '  kept for good',
    );
    console.log(`  ${basis.source} (${basis.certainty}): ${basis.because}`);
  }
}
