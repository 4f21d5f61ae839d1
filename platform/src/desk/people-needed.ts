import { type Safeguards, safeguards } from '@taalil/norms';
import { normPacks } from '../conformity/packs.ts';
import { PlatformError } from '../errors.ts';
import type { SystemRecord } from '../register/record.ts';
import type { PublishedSystem } from '../register/systems.ts';

type Needed = Pick<Safeguards, 'people' | 'rule'>;

const known = new WeakMap<SystemRecord, Needed>();

/** What the norm packs ask of an adverse decision; for one published record the answer never changes. */
function neededFor(record: SystemRecord): Needed {
  let needed = known.get(record);
  if (needed === undefined) {
    needed = safeguards(normPacks(record.norms), { impactLevel: record.impactLevel, outcomeAdverse: true });
    known.set(record, needed);
  }
  return needed;
}

/**
 * An adverse decision here carries one signature. Throws `person-required` where the system's norm packs ask for more
 * people: then nothing adverse takes effect.
 */
export function assertOneSignatureSuffices({ systemId, record }: PublishedSystem): void {
  const { people, rule } = neededFor(record);
  if (people <= 1) return;
  throw new PlatformError(
    'person-required',
    `An adverse decision of "${systemId}" takes the signatures of ${people} different people.`,
    {
      where: rule?.id ?? 'people',
      mend: "One signature is not enough at this impact level. It can be decided in the person's favour, or by hand under the manual fallback.",
    },
  );
}
