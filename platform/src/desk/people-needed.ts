import { safeguards } from '@taalil/norms';
import { legalDay } from '../clock.ts';
import { answersOn, bindingLevel, bindingOf } from '../conformity/binding.ts';
import { normPacks } from '../conformity/packs.ts';
import { PlatformError } from '../errors.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Transaction } from '../store/index.ts';

interface Signatures {
  readonly people: number;
  /** Which rule asks for them. */
  readonly rule: string | undefined;
}

/**
 * How many different people must sign before an adverse outcome of this system takes effect: what the strictest of its norm
 * packs asks for at the level of its approved assessment, and one at the least (I3).
 */
export async function signaturesNeeded(
  from: Pick<Transaction, 'lookup'>,
  system: PublishedSystem,
  at: string | Temporal.Instant,
): Promise<Signatures> {
  const { record } = system;
  const binding = await bindingOf(from, system);
  const { people, rule } = safeguards(normPacks(record.norms), {
    impactLevel: bindingLevel(record.impactLevel, binding),
    outcomeAdverse: true,
    answers: answersOn(binding, legalDay(at)),
  });
  return { people: Math.max(1, people), rule: rule?.id };
}

/**
 * For acts that carry one signature: throws `person-required` where an adverse outcome takes more people. Then nothing
 * adverse takes effect.
 */
export async function assertOneSignatureSuffices(
  from: Pick<Transaction, 'lookup'>,
  system: PublishedSystem,
  at: string | Temporal.Instant,
): Promise<void> {
  const { people, rule } = await signaturesNeeded(from, system, at);
  if (people <= 1) return;
  throw new PlatformError(
    'person-required',
    `An adverse decision of "${system.systemId}" takes the signatures of ${people} different people.`,
    {
      where: rule ?? 'people',
      mend: "One signature is not enough at this impact level. It can be decided in the person's favour, or by hand under the manual fallback.",
    },
  );
}
