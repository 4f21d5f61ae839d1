import type { Context } from '../context.ts';
import { type Db, typed } from '../store/index.ts';
import { schemeOf } from './dimensions.ts';
import { type Cube, cellsOf, type Member } from './member.ts';
import type { Watched } from './plan.ts';
import type { CountState } from './state.ts';
import type { MonitoringTables } from './tables.ts';

/** By how much each cell changes in one step. */
export type CellChanges = Map<
  string,
  { cube: Cube; cell: string; n: number; scores: number; squares: number }
>;

/** Adds a case to the changes, or takes it out. */
export function changesOf(changes: CellChanges, m: Member | undefined, times: 1 | -1): void {
  if (m === undefined) return;
  for (const { cube, cell, score } of cellsOf(m)) {
    const key = `${cube} ${cell}`;
    const change = changes.get(key) ?? { cube, cell, n: 0, scores: 0, squares: 0 };
    change.n += times;
    change.scores += times * score;
    change.squares += times * score * score;
    changes.set(key, change);
  }
}

const ROWS = 500;

/** Writes one step, unless another run took it meanwhile: then nothing is written and the answer is false. */
export function saveStep(
  ctx: Context,
  { authorityId, systemId, dimensions }: Watched,
  before: CountState,
  next: CountState,
  changes: CellChanges,
  members: readonly MonitoringTables['monitor_members'][],
): Promise<boolean> {
  const cells = [...changes.values()]
    .filter(({ n, scores, squares }) => n !== 0 || scores !== 0 || squares !== 0)
    .map((change) => ({ authority_id: authorityId, system_id: systemId, ...change }));
  return ctx.store.transact(async (tx) => {
    const db = typed<MonitoringTables>(tx.db);
    const swapped = await db
      .updateTable('monitor_state')
      .set({
        cursor: next.cursor,
        cases: next.cases,
        erased: next.erased,
        late: next.late,
        moved_at: next.movedAt,
      })
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .where('scheme', '=', schemeOf(dimensions))
      .where('cursor', '=', before.cursor)
      .executeTakeFirst();
    if (swapped.numUpdatedRows !== 1n) return false;
    for (let at = 0; at < cells.length; at += ROWS) {
      await db
        .insertInto('monitor_cells')
        .values(cells.slice(at, at + ROWS))
        .onConflict((conflict) =>
          conflict.columns(['authority_id', 'system_id', 'cube', 'cell']).doUpdateSet(({ eb, ref }) => ({
            n: eb('monitor_cells.n', '+', ref('excluded.n')),
            scores: eb('monitor_cells.scores', '+', ref('excluded.scores')),
            squares: eb('monitor_cells.squares', '+', ref('excluded.squares')),
          })),
        )
        .execute();
    }
    const emptied = cells.filter(({ n }) => n < 0).map(({ cell }) => cell);
    await db
      .deleteFrom('monitor_cells')
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .where('cell', 'in', emptied)
      .where('n', '=', 0)
      .execute();
    for (let at = 0; at < members.length; at += ROWS) {
      await db
        .insertInto('monitor_members')
        .values(members.slice(at, at + ROWS))
        .onConflict((conflict) =>
          conflict
            .columns(['authority_id', 'case_id'])
            .doUpdateSet(({ ref }) => ({ sealed: ref('excluded.sealed') })),
        )
        .execute();
    }
    return true;
  });
}

export interface StoredCell {
  readonly values: readonly (string | number | readonly string[] | null)[];
  readonly n: number;
  readonly scores: number;
  readonly squares: number;
}

/** All cells of one cube of a system. */
export async function readCube(
  db: Db,
  authorityId: string,
  systemId: string,
  cube: Cube,
): Promise<readonly StoredCell[]> {
  const rows = await typed<MonitoringTables>(db)
    .selectFrom('monitor_cells')
    .select(['cell', 'n', 'scores', 'squares'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('cube', '=', cube)
    .orderBy('cell')
    .execute();
  return rows.map((row) => ({
    values: JSON.parse(row.cell) as StoredCell['values'],
    n: Number(row.n),
    scores: Number(row.scores),
    squares: Number(row.squares),
  }));
}
