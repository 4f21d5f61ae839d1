import { type Db, type Transaction, typed } from '../store/index.ts';
import type { VaultTables } from './tables.ts';

/** A ground on which the named protected attributes of one system's cases may be opened, for audit alone. */
export interface AttributeBasis {
  readonly authorityId: string;
  readonly basisId: string;
  readonly systemId: string;
  readonly attributes: readonly string[];
  /** The text of law or the act, by language. */
  readonly title: Readonly<Record<string, string>>;
  readonly article: string | undefined;
  /** Days, inclusive, in Africa/Casablanca. */
  readonly from: string;
  readonly to: string;
  readonly recordedBy: string;
}

/** Writes a basis inside the transaction that seals its recording. */
export function writeBasis(tx: Transaction, basis: AttributeBasis, at: string, index: number): void {
  tx.append('attribute_bases', {
    authority_id: basis.authorityId,
    basis_id: basis.basisId,
    system_id: basis.systemId,
    attributes: [...basis.attributes].sort().join(' '),
    title: JSON.stringify(basis.title),
    article: basis.article ?? null,
    from_day: basis.from,
    to_day: basis.to,
    recorded_by: basis.recordedBy,
    recorded_at: at,
    log_index: index,
  });
}

/** Every basis ever recorded for a system, newest first. */
export async function listBases(db: Db, authorityId: string, systemId: string): Promise<AttributeBasis[]> {
  const rows = await typed<VaultTables>(db)
    .selectFrom('attribute_bases')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('log_index', 'desc')
    .execute();
  return rows.map((row) => ({
    authorityId: row.authority_id,
    basisId: row.basis_id,
    systemId: row.system_id,
    attributes: row.attributes.split(' '),
    title: JSON.parse(row.title) as Record<string, string>,
    article: row.article ?? undefined,
    from: row.from_day,
    to: row.to_day,
    recordedBy: row.recorded_by,
  }));
}

/** The newest basis in force on a day, if any. */
export async function basisInForce(
  db: Db,
  authorityId: string,
  systemId: string,
  day: string,
): Promise<AttributeBasis | undefined> {
  const all = await listBases(db, authorityId, systemId);
  return all.find(({ from, to }) => from <= day && day <= to);
}
