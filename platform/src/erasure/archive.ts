import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Examined } from './obstacles.ts';
import { dayOf } from './schedule.ts';
import type { ArchiveOutcome } from './tables.ts';

/** What the archives decided, cited: required for every file, whatever the schedule foresees. */
export interface ArchiveDecision {
  readonly outcome: ArchiveOutcome;
  readonly instrument: string;
  /** `YYYY-MM-DD`, not in the future. */
  readonly day: string;
}

/** Throws `invalid-request`, with the field in `where`, for a decision that is not complete. */
export function checkArchive(ctx: Context, { outcome, instrument, day }: ArchiveDecision): void {
  const invalid = (where: string, what: string) => new PlatformError('invalid-request', what, { where });
  if (outcome !== 'eliminate' && outcome !== 'transferred') {
    throw invalid('archive', 'Say what the archives decided: eliminate or transferred.');
  }
  if (instrument.length < 5 || instrument.length > 200) {
    throw invalid('instrument', 'Cite the act of the archives in 5 to 200 characters.');
  }
  let date: Temporal.PlainDate | undefined;
  try {
    date = /^\d{4}-\d\d-\d\d$/.test(day) ? Temporal.PlainDate.from(day) : undefined;
  } catch {
    date = undefined;
  }
  if (date === undefined || Temporal.PlainDate.compare(date, dayOf(ctx.clock.now())) > 0) {
    throw invalid('day', 'Give the day of the act, which is not in the future.');
  }
}

/** Throws `invalid-request` where the schedule asks for a file to be handed over first. */
export function assertArchive({ schedule }: Examined, outcome: ArchiveOutcome): void {
  if (schedule?.archive !== 'transferred' || outcome === 'transferred') return;
  throw new PlatformError(
    'invalid-request',
    'The schedule asks for the file to be handed to the archives first.',
    {
      where: 'archive',
      mend: 'Hand it over, then cite the act by which the archives took it.',
    },
  );
}
