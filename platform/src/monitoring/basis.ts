import { z } from 'zod';
import { assertStillAllowed, BY_SETUP } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { factName, localized } from '../register/record.ts';
import { systemState } from '../register/systems.ts';
import { writeBasis } from '../vault/attribute-basis.ts';

const day = z.iso.date();

/** The ground on which protected attributes are opened for audit: a text of law or an act, never a habit. */
export const legalBasis = z
  .strictObject({
    attributes: z.array(factName).min(1).max(20),
    title: localized(400),
    article: z.string().trim().min(1).max(60).optional(),
    from: day,
    to: day,
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'ends before it begins' });

export interface NewBasis {
  readonly authorityId: string;
  readonly systemId: string;
  readonly basis: unknown;
  /** Staff id of the data protection officer. */
  readonly by?: string;
}

/**
 * Records a legal basis for opening protected attributes of one system's cases; an entry of the authority's log. Throws
 * `not-found`, `forbidden`, `invalid-request`.
 */
export async function recordBasis(
  ctx: Context,
  { authorityId, systemId, basis, by = BY_SETUP }: NewBasis,
): Promise<{ basisId: string }> {
  const parsed = legalBasis.safeParse(basis);
  if (!parsed.success) {
    throw new PlatformError('invalid-request', 'The legal basis is not complete or not valid.', {
      where: `/${parsed.error.issues[0]?.path.map(String).join('/')}`,
      faults: parsed.error.issues.map((i) => ({
        where: `/${i.path.map(String).join('/')}`,
        what: i.message,
      })),
      mend: 'Name the text and its article, the attributes, and the first and last day.',
    });
  }
  if ((await systemState(ctx.store, authorityId, systemId)) === undefined) {
    throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`);
  }
  const { attributes, title, article, from, to } = parsed.data;
  const basisId = newId('bas');
  await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'attribute-basis-recorded',
    facts: { system: systemId, basis: basisId, attributes, title, article: article ?? null, from, to, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'attribute-basis.record'),
    write: (tx, index, at) =>
      writeBasis(
        tx,
        { authorityId, basisId, systemId, attributes, title, article, from, to, recordedBy: by },
        at,
        index,
      ),
  });
  return { basisId };
}
