import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { type Db, typed } from '../store/index.ts';
import { authorities } from './authorities.ts';
import { type PublishedFigures, readFigures } from './published-figures.ts';
import type { Localized, SystemRecord, SystemStatus } from './record.ts';
import { fold, searchTerms } from './search-text.ts';
import type { RegisterTables } from './tables.ts';

/** A draft is not published, nor is a system that was withdrawn before it ever was live. */
export const PUBLIC_STATUSES = ['live', 'suspended', 'retired'] as const;
export type PublicStatus = (typeof PUBLIC_STATUSES)[number];

export interface RegisterQuery {
  readonly text?: string | undefined;
  readonly authorityId?: string | undefined;
  readonly status?: PublicStatus | undefined;
  readonly impactLevel?: number | undefined;
  /** Cursor: `authority/system` of the last entry seen. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface RegisterEntry {
  readonly authorityId: string;
  readonly systemId: string;
  readonly status: PublicStatus;
  readonly version: number;
  readonly impactLevel: number;
  readonly name: Localized;
  readonly purpose: Localized;
}

/** Searches the public register, in the order of authority and system. */
export async function searchRegister(
  ctx: Context,
  query: RegisterQuery,
): Promise<{ entries: readonly RegisterEntry[]; next: string | undefined }> {
  let rows = published(ctx.store.read)
    .select(['s.authority_id', 's.system_id', 's.status', 's.version', 's.impact_level', 'v.record'])
    .orderBy('s.authority_id')
    .orderBy('s.system_id')
    .limit(query.limit + 1);
  if (query.authorityId !== undefined) rows = rows.where('s.authority_id', '=', query.authorityId);
  if (query.status !== undefined) rows = rows.where('s.status', '=', query.status);
  if (query.impactLevel !== undefined) rows = rows.where('s.impact_level', '=', query.impactLevel);
  for (const term of searchTerms(query.text ?? '')) {
    const named = authoritiesNamed(ctx, term);
    rows = rows.where(({ eb, or }) =>
      or([
        eb('s.search', 'like', `%${term}%`),
        ...(named.length === 0 ? [] : [eb('s.authority_id', 'in', named)]),
      ]),
    );
  }
  if (query.after !== undefined) {
    const [authorityId = '', systemId = ''] = query.after.split('/');
    rows = rows.where(({ eb, or, and }) =>
      or([
        eb('s.authority_id', '>', authorityId),
        and([eb('s.authority_id', '=', authorityId), eb('s.system_id', '>', systemId)]),
      ]),
    );
  }
  const found = await rows.execute();
  const entries = found.slice(0, query.limit).map((row) => {
    const { name, purpose } = JSON.parse(row.record) as SystemRecord;
    return {
      authorityId: row.authority_id,
      systemId: row.system_id,
      status: row.status as PublicStatus,
      version: row.version,
      impactLevel: row.impact_level,
      name,
      purpose,
    };
  });
  const last = entries.at(-1);
  return {
    entries,
    next: found.length > query.limit && last ? `${last.authorityId}/${last.systemId}` : undefined,
  };
}

/** Systems with their present version; drafts and what was never live are left out. */
function published(db: Db) {
  return typed<RegisterTables>(db)
    .selectFrom('systems as s')
    .innerJoin('system_versions as v', (join) =>
      join
        .onRef('v.authority_id', '=', 's.authority_id')
        .onRef('v.system_id', '=', 's.system_id')
        .onRef('v.version', '=', 's.version'),
    )
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('s.status', 'in', ['live', 'suspended']),
        exists(
          selectFrom('system_status_changes as c')
            .select('c.log_index')
            .whereRef('c.authority_id', '=', 's.authority_id')
            .whereRef('c.system_id', '=', 's.system_id')
            .where('c.to_status', '=', 'live'),
        ),
      ]),
    );
}

function authoritiesNamed(ctx: Context, term: string): string[] {
  return [...authorities(ctx)]
    .filter(([id, { name }]) => fold([id, ...Object.values(name)].join(' ')).includes(term))
    .map(([id]) => id);
}

export interface PublicVersion {
  readonly version: number;
  readonly publishedAt: string;
  readonly logIndex: number;
  readonly model: { readonly version: number; readonly sha256: string };
}

export interface PublicStatusChange {
  readonly at: string;
  readonly from: SystemStatus;
  readonly to: SystemStatus;
  readonly reason: Localized | undefined;
  readonly logIndex: number;
}

export interface PublicSystem extends PublicVersion {
  readonly authorityId: string;
  readonly systemId: string;
  readonly status: PublicStatus;
  /** The version in force; `version` is the one shown. */
  readonly presentVersion: number;
  readonly record: SystemRecord;
  /** Newest first. */
  readonly versions: readonly PublicVersion[];
  /** Newest first. */
  readonly history: readonly PublicStatusChange[];
  readonly figures: PublishedFigures | undefined;
}

/** One system as the public sees it, at its present version or an earlier one. Throws `not-found`. */
export async function readPublicSystem(
  ctx: Context,
  authorityId: string,
  systemId: string,
  version?: number,
): Promise<PublicSystem> {
  const db = ctx.store.read;
  const present = await published(db)
    .select(['s.status', 's.version', 's.updated_at'])
    .where('s.authority_id', '=', authorityId)
    .where('s.system_id', '=', systemId)
    .executeTakeFirst();
  if (present === undefined) throw notFound();
  const [versions, history, figures] = await Promise.all([
    readVersions(db, authorityId, systemId),
    readHistory(db, authorityId, systemId),
    readFigures(db, authorityId, systemId),
  ]);
  const shown = versions.find((v) => v.version === (version ?? present.version));
  if (shown === undefined) throw notFound();
  const { record, ...rest } = shown;
  return {
    authorityId,
    systemId,
    status: present.status as PublicStatus,
    presentVersion: present.version,
    ...rest,
    record: JSON.parse(record) as SystemRecord,
    versions: versions.map(({ record: _, ...one }) => one),
    history,
    figures,
  };
}

async function readVersions(db: Db, authorityId: string, systemId: string) {
  const rows = await typed<RegisterTables>(db)
    .selectFrom('system_versions as v')
    .innerJoin('models as m', (join) =>
      join
        .onRef('m.authority_id', '=', 'v.authority_id')
        .onRef('m.system_id', '=', 'v.system_id')
        .onRef('m.model_version', '=', 'v.model_version'),
    )
    .select(['v.version', 'v.record', 'v.published_at', 'v.log_index', 'v.model_version', 'm.sha256'])
    .where('v.authority_id', '=', authorityId)
    .where('v.system_id', '=', systemId)
    .orderBy('v.version', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    record: row.record,
    publishedAt: row.published_at,
    logIndex: Number(row.log_index),
    model: { version: row.model_version, sha256: row.sha256 },
  }));
}

/** Changes of status; a first request to re-arm changes nothing and is not shown. */
async function readHistory(db: Db, authorityId: string, systemId: string): Promise<PublicStatusChange[]> {
  const rows = await typed<RegisterTables>(db)
    .selectFrom('system_status_changes')
    .select(['at', 'from_status', 'to_status', 'reason', 'log_index'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .whereRef('from_status', '<>', 'to_status')
    .orderBy('at', 'desc')
    .orderBy('log_index', 'desc')
    .execute();
  return rows.map((row) => ({
    at: row.at,
    from: row.from_status,
    to: row.to_status,
    reason: row.reason === null ? undefined : (JSON.parse(row.reason) as Localized),
    logIndex: Number(row.log_index),
  }));
}

/** The bytes of a published system's model file, by its hash. Throws `not-found`. */
export async function readModelFile(
  ctx: Context,
  authorityId: string,
  systemId: string,
  sha256: string,
): Promise<Uint8Array> {
  const row = await published(ctx.store.read)
    .innerJoin('models as m', (join) =>
      join.onRef('m.authority_id', '=', 's.authority_id').onRef('m.system_id', '=', 's.system_id'),
    )
    .select('m.bytes')
    .where('s.authority_id', '=', authorityId)
    .where('s.system_id', '=', systemId)
    .where('m.sha256', '=', sha256)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row.bytes;
}

function notFound(): PlatformError {
  return new PlatformError('not-found', 'There is no such system in the public register.', {
    mend: 'Look for it in the list at /api/v1/register; drafts are not in it.',
  });
}
