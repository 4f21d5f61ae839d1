import { assertStillAllowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { readIntervals } from '../ledger/open-log.ts';
import { LONGEST_INTERVAL_SECONDS, setInterval } from '../ledger/publication.ts';

/** Whole minutes; 0: shown at once. */
export const LONGEST_DELAY_MINUTES = LONGEST_INTERVAL_SECONDS / 60;

/**
 * Sets how long the entries of a system wait before the public log shows them, together, at the end of an interval of so
 * many minutes. An entry of the authority's log. What is shown already stays shown; what waits follows the interval that
 * held when it was sealed. Throws `invalid-request`, `forbidden`.
 */
export async function setPublicationDelay(
  ctx: Context,
  delay: {
    readonly authorityId: string;
    readonly systemId: string;
    readonly minutes: number;
    readonly by: string;
  },
): Promise<void> {
  const { authorityId, systemId, minutes, by } = delay;
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > LONGEST_DELAY_MINUTES) {
    throw new PlatformError(
      'invalid-request',
      `Minutes are a whole number from 0 to ${LONGEST_DELAY_MINUTES}.`,
      { where: 'delay' },
    );
  }
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'publication-delay-set',
    facts: { system: systemId, minutes, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'retention.set'),
    write: (tx) => setInterval(tx, authorityId, systemId, 60 * minutes),
  });
  await ctx.ledger.intervalsChanged(authorityId);
}

/** The delays in force, in minutes, by system; none where entries are shown at once. */
export async function publicationDelays(
  ctx: Context,
  authorityId: string,
): Promise<ReadonlyMap<string, number>> {
  const intervals = await readIntervals(ctx.store, authorityId);
  return new Map([...intervals].map(([systemId, seconds]) => [systemId, seconds / 60]));
}
