import { safeguards } from '@taalil/norms';
import { legalDay } from '../clock.ts';
import { answersOn, bindingLevel, bindingOf } from '../conformity/binding.ts';
import { normPacks } from '../conformity/packs.ts';
import { PlatformError } from '../errors.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Transaction } from '../store/index.ts';

/**
 * An adverse decision here carries one signature. Throws `person-required` where the system's norm packs, at the level
 * of its approved assessment, ask for more people: then nothing adverse takes effect.
 */
export async function assertOneSignatureSuffices(
  from: Pick<Transaction, 'lookup'>,
  system: PublishedSystem,
  at: string | Temporal.Instant,
): Promise<void> {
  const { systemId, record } = system;
  const binding = await bindingOf(from, system);
  const { people, rule } = safeguards(normPacks(record.norms), {
    impactLevel: bindingLevel(record.impactLevel, binding),
    outcomeAdverse: true,
    answers: answersOn(binding, legalDay(at)),
  });
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
