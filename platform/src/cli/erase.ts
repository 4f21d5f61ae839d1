import { Command } from 'commander';
import { findCase, findCaseByReference } from '../cases/cases.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import {
  type ArchiveOutcome,
  confirmErasure,
  dueFiles,
  type Examined,
  listErasures,
  requestErasure,
  withdrawErasure,
} from '../erasure/index.ts';
import { PlatformError } from '../errors.ts';
import { parseReference } from '../ids.ts';
import type { OpenPlatform } from '../open.ts';
import { withPlatform } from '../open-as-is.ts';

interface Who {
  readonly authority: string;
  readonly by: string;
}

interface Archive {
  readonly archive: string;
  readonly act: string;
  readonly day: string;
}

/**
 * `taalil erase`: what the officer's page does, for a machine whose platform is stopped. It takes the same two people; who
 * holds the machine can name anybody, so the page is the way where there is one.
 */
export function eraseCommand(): Command {
  const erase = new Command('erase').description(
    'Erase files whose retention is over; two people (the platform must be stopped; it has a page for this too)',
  );
  const byStaff = (command: Command) =>
    command
      .requiredOption('--authority <id>', 'the authority whose files they are')
      .requiredOption('--by <staff>', 'staff id of whoever does it')
      .argument('<reference...>', 'references or ids of the files');
  erase
    .command('list')
    .description('files whose retention is over, what stands against each, what waits for a second person')
    .requiredOption('--authority <id>', 'the authority whose files they are')
    .action(({ authority }: { authority: string }) =>
      withPlatform(readConfig(process.env), authority, (p) => list(p, authority)),
    );
  byStaff(erase.command('request').description('first of two: ask, citing the act of the archives'))
    .requiredOption('--archive <outcome>', 'what the archives decided: eliminate or transferred')
    .requiredOption('--act <text>', 'their act, as it is cited')
    .requiredOption('--day <date>', 'day of the act, YYYY-MM-DD')
    .action((references: string[], { archive, act, day, ...who }: Who & Archive) =>
      each(who, references, (p, caseId) =>
        requestErasure(p, {
          ...{ authorityId: who.authority, caseId, by: who.by },
          archive: { outcome: archive as ArchiveOutcome, instrument: act, day },
        }),
      ),
    );
  byStaff(erase.command('confirm').description('second of two: destroy the keys, for good')).action(
    (references: string[], who: Who) =>
      each(who, references, (p, caseId) =>
        confirmErasure(p, { authorityId: who.authority, caseId, by: who.by }),
      ),
  );
  byStaff(erase.command('withdraw').description('take back a request that nobody has confirmed')).action(
    (references: string[], who: Who) =>
      each(who, references, (p, caseId) =>
        withdrawErasure(p, { authorityId: who.authority, caseId, by: who.by }),
      ),
  );
  return erase;
}

async function each(
  { authority }: Who,
  references: readonly string[],
  act: (p: OpenPlatform, caseId: string) => Promise<void>,
): Promise<void> {
  await withPlatform(readConfig(process.env), authority, async (p) => {
    for (const typed of references) {
      try {
        await act(p, await caseIdOf(p, authority, typed));
        console.log(`${typed}: done`);
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        console.error(`${typed}: ${error.message}${error.details.mend ? `\n  ${error.details.mend}` : ''}`);
        process.exitCode = 1;
      }
    }
  });
}

async function caseIdOf(ctx: Context, authorityId: string, typed: string): Promise<string> {
  const reference = parseReference(typed);
  const found =
    reference === undefined
      ? await findCase(ctx, authorityId, typed)
      : await findCaseByReference(ctx, reference);
  if (found?.authorityId === authorityId) return found.caseId;
  throw new PlatformError('not-found', 'There is no such file here.', { mend: 'Check the reference.' });
}

async function list(p: OpenPlatform, authorityId: string): Promise<void> {
  const due = await dueFiles(p, authorityId);
  const waiting = await listErasures(p, authorityId, 'requested');
  const erased = await listErasures(p, authorityId, 'erased');
  for (const file of due) console.log(`${file.reference}  kept until ${file.keepUntil}  ${against(file)}`);
  for (const row of waiting)
    console.log(`${row.reference}  asked by ${row.requested_by}, waits for a second person`);
  for (const row of erased)
    console.log(`${row.reference}  erased ${row.erased_at}, backups of its key until ${row.backups_until}`);
  console.log(
    `${due.length} due, ${waiting.length} asked for, ${erased.length} erased (50 of each at most).`,
  );
}

function against({ obstacles }: Examined): string {
  if (obstacles.length === 0) return 'may be asked for';
  return obstacles
    .map(({ kind, until }) => (until === undefined ? kind : `${kind} until ${until}`))
    .join(', ');
}
