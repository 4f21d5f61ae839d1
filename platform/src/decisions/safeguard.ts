import { safeguards } from '@taalil/norms';
import { normPacks } from '../conformity/packs.ts';
import type { PublishedSystem } from '../register/systems.ts';
import type { Effect } from './tables.ts';

/** As it is sealed with the decision. */
export interface Safeguard {
  readonly person_required: boolean;
  /** Pack and id of the strictest rule that asked for it; null when none did. */
  readonly rule: { readonly pack: string; readonly id: string } | null;
}

const known = new WeakMap<PublishedSystem, Map<Effect, Safeguard>>();

/**
 * Whether a person must decide: the strictest answer of the system's norm packs. Anything but a full grant is
 * adverse, and an adverse outcome needs a person whatever the packs say (I3, the platform's own policy). The answer
 * for one version of a system and one effect never changes, so it is asked once.
 */
export function safeguard(system: PublishedSystem, effect: Effect): Safeguard {
  const answers = known.get(system) ?? new Map<Effect, Safeguard>();
  known.set(system, answers);
  const answer = answers.get(effect) ?? ask(system, effect);
  answers.set(effect, answer);
  return answer;
}

function ask(system: PublishedSystem, effect: Effect): Safeguard {
  const { personRequired, rule } = safeguards(normPacks(system.record.norms), {
    impactLevel: system.record.impactLevel,
    outcomeAdverse: effect === 'adverse',
  });
  return {
    person_required: personRequired || effect === 'adverse',
    rule: rule === undefined ? null : { pack: rule.pack, id: rule.id },
  };
}
