import { CERTAINTIES, type Certainty } from '@taalil/norms';
import { assertStillAllowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { listSystemIds } from '../register/systems.ts';
import { NO_SYSTEM, SWEPT } from './rules.ts';

export interface NewRule {
  readonly authorityId: string;
  /** A system's id, or `*` for what belongs to none. */
  readonly systemId: string;
  readonly rule: string;
  /** Whole days; undefined: kept. */
  readonly days: number | undefined;
  /** The act, as it is cited, 5 to 300 characters. */
  readonly basis: string;
  readonly certainty: Certainty;
  readonly by: string;
}

/**
 * Sets how long something of a system is kept; an entry of the authority's log. Throws `invalid-request` with the field in
 * `where`, `forbidden` for whoever may not any more.
 */
export async function setRetentionRule(ctx: Context, given: NewRule): Promise<void> {
  const { authorityId, systemId, days, certainty, by } = given;
  const basis = given.basis.normalize('NFC').trim();
  const rule = SWEPT.find(({ id }) => id === given.rule);
  const settable = SWEPT.filter((one) => one.settable !== undefined).map(({ id }) => id);
  if (rule?.settable === undefined) {
    throw invalid('rule', 'This is no rule that an authority sets.', `Those are: ${settable.join(', ')}.`);
  }
  const [least, most] = rule.settable;
  const systems = await listSystemIds(ctx.store.read, authorityId);
  if (rule.of === 'case' || rule.of === 'decision') systems.push(NO_SYSTEM);
  if (!systems.includes(systemId))
    throw invalid('system', 'There is no such system.', `Those are: ${systems.join(', ')}.`);
  if (days !== undefined && !(Number.isInteger(days) && days >= least && days <= most)) {
    throw invalid('days', 'This is no time that may be set.', `Give whole days from ${least} to ${most}.`);
  }
  if (basis.length < 5 || basis.length > 300) {
    throw invalid('basis', 'The act is missing.', 'Cite it in 5 to 300 characters.');
  }
  if (!CERTAINTIES.includes(certainty)) {
    throw invalid('certainty', 'This is no certainty.', `Say one of: ${CERTAINTIES.join('; ')}.`);
  }
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'retention-rule-set',
    facts: { system: systemId, rule: rule.id, days: days ?? null, basis, certainty, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'retention.set'),
    write(tx, index, at) {
      tx.append('retention_rules', {
        authority_id: authorityId,
        system_id: systemId,
        rule: rule.id,
        days: days ?? null,
        basis,
        certainty,
        set_at: at,
        set_by: by,
        log_index: index,
      });
    },
  });
}

function invalid(where: string, what: string, mend: string): PlatformError {
  return new PlatformError('invalid-request', what, { where, mend });
}
