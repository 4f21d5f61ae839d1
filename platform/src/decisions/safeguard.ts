import { safeguards } from '@taalil/norms';
import { legalDay } from '../clock.ts';
import { answersOn, type Binding, bindingLevel, expires } from '../conformity/binding.ts';
import { normPacks } from '../conformity/packs.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Effect } from './tables.ts';

/** As it is sealed with the decision. */
export interface Safeguard {
  readonly person_required: boolean;
  /** Pack and id of the strictest rule that asked for it; null when none did. */
  readonly rule: { readonly pack: string; readonly id: string } | null;
}

const known = new WeakMap<PublishedSystem, Map<string, Safeguard>>();

/**
 * Whether a person must decide: the strictest answer of the system's norm packs, at the level of its approved
 * assessment and under its jurist's answers. Anything but a full grant is adverse, and an adverse outcome needs a
 * person whatever the packs say (I3, the platform's own policy). While nothing of this changes it is asked once.
 */
export function safeguard(
  system: PublishedSystem,
  binding: Binding,
  effect: Effect,
  now: Temporal.Instant,
): Safeguard {
  const answers = known.get(system) ?? new Map<string, Safeguard>();
  known.set(system, answers);
  const day = expires(binding) ? legalDay(now) : '';
  const key = `${effect} ${binding.revision} ${day}`;
  const answer = answers.get(key) ?? ask(system, binding, effect, day);
  answers.set(key, answer);
  return answer;
}

function ask(system: PublishedSystem, binding: Binding, effect: Effect, day: string): Safeguard {
  const { personRequired, rule } = safeguards(normPacks(system.record.norms), {
    impactLevel: bindingLevel(system.record.impactLevel, binding),
    outcomeAdverse: effect === 'adverse',
    answers: answersOn(binding, day),
  });
  return {
    person_required: personRequired || effect === 'adverse',
    rule: rule === undefined ? null : { pack: rule.pack, id: rule.id },
  };
}
