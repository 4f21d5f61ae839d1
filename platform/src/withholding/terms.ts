import { CERTAINTIES } from '@taalil/norms';
import { z } from 'zod';
import { PlatformError } from '../errors.ts';
import { factName, localized, type SystemRecord } from '../register/record.ts';

/** The longest time for which a reason is withheld by one approval: then it is decided again, or it is disclosed. */
export const LONGEST_DAYS = 366;

/** What may stand behind a withheld reason: never without an article, a scope and an end. */
export const withholdingTerms = z.strictObject({
  /** The scope: reasons of the record that are not told, and facts that are not shown. */
  reasons: z.array(factName).min(1).max(20),
  inputs: z.array(factName).max(20).default([]),
  /** The text that allows it, with where it can be read and how sure it is. The platform supplies none. */
  basis: z.strictObject({
    title: localized(400),
    article: z.string().trim().min(1).max(60),
    source: z.string().trim().min(3).max(300),
    certainty: z.enum(CERTAINTIES),
  }),
  /** Why, in words that the person may read. */
  because: localized(600),
  /** The last day on which it is withheld. On the next it is disclosed, without anybody doing anything. */
  until: z.iso.date(),
});
export type WithholdingTerms = z.infer<typeof withholdingTerms>;

/**
 * Reads terms that came from outside and holds them against the system's record and today. Throws `invalid-request`
 * and names every fault: then the reason is disclosed like any other.
 */
export function parseTerms(value: unknown, record: SystemRecord, today: string): WithholdingTerms {
  const parsed = withholdingTerms.safeParse(value);
  const faults = parsed.success
    ? termFaults(parsed.data, record, today)
    : parsed.error.issues.slice(0, 20).map((i) => ({
        where: `/${i.path.map(String).join('/')}`,
        what: i.message,
      }));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new PlatformError(
    'invalid-request',
    'A reason is withheld only with an article, a scope and an end.',
    {
      faults,
      mend: 'Name the article with its source, the reasons, and the last day. Without them the reason is disclosed.',
    },
  );
}

function termFaults(terms: WithholdingTerms, record: SystemRecord, today: string) {
  const last = Temporal.PlainDate.from(today).add({ days: LONGEST_DAYS }).toString();
  const unknown = (names: readonly string[], known: readonly string[], where: string) =>
    names
      .filter((name) => !known.includes(name))
      .map((name) => ({ where, what: `"${name}" is not in the system's record` }));
  return [
    ...unknown(
      terms.reasons,
      record.reasons.map(({ id }) => id),
      '/reasons',
    ),
    ...unknown(
      terms.inputs,
      record.inputs.map(({ name }) => name),
      '/inputs',
    ),
    ...(terms.reasons.length >= record.reasons.length
      ? [{ where: '/reasons', what: 'is every reason: a decision without any reason cannot be given' }]
      : []),
    ...(terms.until < today ? [{ where: '/until', what: 'is over' }] : []),
    ...(terms.until > last ? [{ where: '/until', what: `is more than ${LONGEST_DAYS} days away` }] : []),
  ];
}
