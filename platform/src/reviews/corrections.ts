import type { FactValue } from '@taalil/explain';
import { type Assessment, assess } from '../decisions/assess.ts';
import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import type { PublishedSystem } from '../register/systems.ts';

/** Recorded facts said or found to be wrong, each with the right value. */
export type Corrections = Readonly<Record<string, FactValue>>;

export interface Corrected {
  /** The whole file with the right values. */
  readonly facts: Facts;
  /** Only the facts that really differ from the record, as they are sealed. */
  readonly corrections: Corrections;
}

/**
 * The file with its corrections. Throws `invalid-input` for a fact that the system does not know, that it declares as
 * not correctable, or whose value is not valid, and names every fault.
 */
export function correctedFacts(system: PublishedSystem, facts: Facts, corrections: Corrections): Corrected {
  const { inputs } = system.record;
  const faults = Object.keys(corrections).flatMap((name) => {
    const input = inputs.find((i) => i.name === name);
    if (input === undefined) return [{ where: `/input/${name}`, what: 'is not an input of this system' }];
    return input.correctable ? [] : [{ where: `/input/${name}`, what: 'is not declared correctable' }];
  });
  if (faults.length > 0) {
    throw new PlatformError('invalid-input', 'These facts cannot be corrected in a review.', {
      faults,
      mend: 'Say in words what is wrong with them.',
    });
  }
  const decimals = new Set(inputs.filter((i) => i.type === 'decimal').map((i) => i.name));
  const sent = { ...facts, ...corrections };
  // Decimals are kept as strings and validated as the JSON numbers that agencies send.
  const asSent = Object.entries(sent).map(([name, value]) => {
    const text = String(value);
    return [name, decimals.has(name) && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : value] as const;
  });
  const right = system.validate(Object.fromEntries(asSent));
  const changed = Object.keys(corrections).filter((name) => right[name] !== facts[name]);
  if (changed.length === 0) return { facts, corrections: {} };
  return {
    facts: right,
    corrections: Object.fromEntries(changed.map((name) => [name, right[name] as FactValue])),
  };
}

/** What the model would say of the corrected file: run, explained and checked, before anything is decided. */
export async function previewCorrections(
  system: PublishedSystem,
  facts: Facts,
  corrections: Corrections,
): Promise<Corrected & { readonly assessed: Assessment }> {
  const corrected = correctedFacts(system, facts, corrections);
  return { ...corrected, assessed: await assess(system, corrected.facts) };
}
