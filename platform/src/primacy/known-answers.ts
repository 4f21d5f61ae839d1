import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { assess } from '../decisions/assess.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Facts } from '../register/inputs.ts';
import { loadLive, type PublishedSystem } from '../register/systems.ts';
import { typed } from '../store/index.ts';
import type { PrimacyTables } from './tables.ts';

/** An invented file. With `misled`, the proposal shown is the one for those other facts, and wrong for these. */
export interface KnownAnswer {
  readonly facts: unknown;
  readonly misled?: unknown;
}

/**
 * Adds invented files whose right answer is known. Without `misled` the model must be against the person on these facts, and the
 * right answer is to confirm; with it, the model must be against the person on the misleading facts and for them on the real
 * ones, and the right answer is to decide otherwise. Throws `invalid-input` with every fault; then none is added.
 */
export async function addKnownAnswers(
  ctx: Context,
  authorityId: string,
  systemId: string,
  files: readonly KnownAnswer[],
): Promise<number> {
  const system = await loadLive(ctx.store, authorityId, systemId);
  const faults: { where: string; what: string }[] = [];
  const rows: PrimacyTables['primacy_known_answers'][] = [];
  for (const [i, file] of files.entries()) {
    try {
      const facts = system.validate(file.facts);
      const misled = file.misled === undefined ? undefined : system.validate(file.misled);
      if (!(await hasKnownAnswer(system, facts, misled))) {
        throw new PlatformError('invalid-input', 'the model does not give the answer that this file is for');
      }
      rows.push({
        authority_id: authorityId,
        known_id: newId('kno'),
        system_id: systemId,
        facts: JSON.stringify(facts),
        misled: misled === undefined ? null : JSON.stringify(misled),
        added_at: stamp(ctx.clock.now()),
      });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const told = error.details.faults ?? [{ where: '', what: error.message }];
      for (const { where, what } of told) faults.push({ where: `${i}${where}`, what });
    }
  }
  if (faults.length > 0) {
    throw new PlatformError('invalid-input', 'Some files have faults; none was added.', {
      faults: faults.slice(0, 20),
      mend: 'Mend the named files and send all again.',
    });
  }
  await ctx.store.transact(async (tx) => {
    for (const row of rows) tx.append('primacy_known_answers', row);
  });
  return rows.length;
}

/** Whether a system's model proposes against the person, rightly without misleading facts and wrongly with them. */
export async function hasKnownAnswer(
  system: PublishedSystem,
  facts: Facts,
  misled: Facts | undefined,
): Promise<boolean> {
  const right = (await assess(system, facts)).effect;
  if (misled === undefined) return right === 'adverse';
  return right === 'favourable' && (await assess(system, misled)).effect === 'adverse';
}

export interface KnownFile {
  readonly knownId: string;
  readonly facts: Facts;
  readonly misled: Facts | undefined;
}

/** The files with a known answer of a system that this person has not had yet, in a stable order. */
export async function unusedFor(
  ctx: Context,
  authorityId: string,
  systemId: string,
  staffId: string,
): Promise<KnownFile[]> {
  const had = typed<PrimacyTables>(ctx.store.read)
    .selectFrom('primacy_exercises')
    .select('known_id')
    .where('authority_id', '=', authorityId)
    .where('staff_id', '=', staffId);
  const rows = await typed<PrimacyTables>(ctx.store.read)
    .selectFrom('primacy_known_answers')
    .select(['known_id', 'facts', 'misled'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('known_id', 'not in', had)
    .orderBy('known_id')
    .limit(50)
    .execute();
  return rows.map((row) => ({
    knownId: row.known_id,
    facts: JSON.parse(row.facts) as Facts,
    misled: row.misled === null ? undefined : (JSON.parse(row.misled) as Facts),
  }));
}
