import { type Pack, type Questionnaire, questionnaireOf } from '@taalil/norms';
import { normPacks } from '../conformity/packs.ts';
import { PlatformError } from '../errors.ts';

/** A questionnaire that can be answered here, with the rule that turns its answers into a level. */
export interface Instrument {
  readonly pack: Pack;
  readonly rule: string;
  readonly questionnaire: Questionnaire;
}

/** Packs of this platform with a questionnaire; a system may be assessed with one that its record does not name. */
const OFFERED = ['ma', 'ca'];

/** The questionnaires on offer; those of the packs that the system's record names come first. */
export function instrumentsFor(norms: readonly string[]): readonly Instrument[] {
  const ids = [...new Set([...norms, ...OFFERED])];
  return normPacks(ids).flatMap((pack) =>
    [...pack.rules.values()]
      .filter((rule) => rule.kind === 'level')
      .map((rule) => ({ pack, rule: rule.id, questionnaire: questionnaireOf(pack, rule.id) })),
  );
}

/** The questionnaire of a level rule. Throws `invalid-request` when there is none. */
export function instrumentOf(rule: string, norms: readonly string[] = []): Instrument {
  const found = instrumentsFor(norms).find((one) => one.rule === rule);
  if (found !== undefined) return found;
  throw new PlatformError('invalid-request', 'There is no such questionnaire on this platform.', {
    where: 'rule',
    mend: 'Choose one of those that are offered.',
  });
}
