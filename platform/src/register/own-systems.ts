import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import type { Localized, SystemRecord, SystemStatus } from './record.ts';
import { rearmRequest } from './status.ts';
import type { RegisterTables } from './tables.ts';

/** A system as its own authority sees it, drafts included. */
export interface OwnSystem {
  readonly authorityId: string;
  readonly systemId: string;
  readonly status: SystemStatus;
  readonly statusReason: Localized | undefined;
  readonly version: number;
  readonly record: SystemRecord;
  readonly model: { readonly version: number; readonly sha256: string };
  readonly updatedAt: string;
  /** Who asked to re-arm it and when, while that stands. */
  readonly rearm:
    | { readonly by: string; readonly at: string; readonly reason: Localized | undefined }
    | undefined;
}

/** Every system of an authority, by id. */
export async function listSystems(ctx: Context, authorityId: string): Promise<OwnSystem[]> {
  const rows = await ownSystems(ctx, authorityId).orderBy('s.system_id').execute();
  return Promise.all(rows.map((row) => ownSystem(ctx, row)));
}

/** One system of an authority. Throws `not-found`. */
export async function readSystemState(
  ctx: Context,
  authorityId: string,
  systemId: string,
): Promise<OwnSystem> {
  const row = await ownSystems(ctx, authorityId).where('s.system_id', '=', systemId).executeTakeFirst();
  if (row === undefined) {
    throw new PlatformError('not-found', `There is no system "${systemId}" in this authority.`, {
      mend: 'Check the system id, or register the system.',
    });
  }
  return ownSystem(ctx, row);
}

function ownSystems(ctx: Context, authorityId: string) {
  return typed<RegisterTables>(ctx.store.read)
    .selectFrom('systems as s')
    .innerJoin('system_versions as v', (join) =>
      join
        .onRef('v.authority_id', '=', 's.authority_id')
        .onRef('v.system_id', '=', 's.system_id')
        .onRef('v.version', '=', 's.version'),
    )
    .innerJoin('models as m', (join) =>
      join
        .onRef('m.authority_id', '=', 's.authority_id')
        .onRef('m.system_id', '=', 's.system_id')
        .onRef('m.model_version', '=', 'v.model_version'),
    )
    .select([
      's.authority_id',
      's.system_id',
      's.status',
      's.status_reason',
      's.version',
      's.rearm_requested_by',
      's.rearm_requested_at',
      's.updated_at',
      'v.record',
      'v.model_version',
      'm.sha256',
    ])
    .where('s.authority_id', '=', authorityId);
}

type OwnRow = Awaited<ReturnType<ReturnType<typeof ownSystems>['execute']>>[number];

async function ownSystem(ctx: Context, row: OwnRow): Promise<OwnSystem> {
  const asked = rearmRequest(row, ctx.clock.now());
  return {
    authorityId: row.authority_id,
    systemId: row.system_id,
    status: row.status,
    statusReason: row.status_reason === null ? undefined : (JSON.parse(row.status_reason) as Localized),
    version: row.version,
    record: JSON.parse(row.record) as SystemRecord,
    model: { version: row.model_version, sha256: row.sha256 },
    updatedAt: row.updated_at,
    rearm: asked && { ...asked, reason: await rearmReason(ctx, row, asked.at) },
  };
}

async function rearmReason(ctx: Context, row: OwnRow, at: string): Promise<Localized | undefined> {
  const change = await typed<RegisterTables>(ctx.store.read)
    .selectFrom('system_status_changes')
    .select('reason')
    .where('authority_id', '=', row.authority_id)
    .where('system_id', '=', row.system_id)
    .where('at', '=', at)
    .whereRef('from_status', '=', 'to_status')
    .executeTakeFirst();
  return change?.reason ? (JSON.parse(change.reason) as Localized) : undefined;
}
