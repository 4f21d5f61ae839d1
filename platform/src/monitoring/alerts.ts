import { assertStillAllowed } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { newId } from '../ids.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { changeStatus } from '../register/status.ts';
import { systemState } from '../register/systems.ts';
import { type Db, typed } from '../store/index.ts';
import { evidenceOf, excessOf } from './evidence.ts';
import { readLooks } from './looks.ts';
import type { DeclaredPlan, Watched } from './plan.ts';
import type { Evidence } from './points.ts';
import { SUSPENSION_REASON } from './suspension-reason.ts';
import type { AlertStatus, MonitoringTables } from './tables.ts';
import type { Watch } from './watch.ts';

/** What stood when the alert was opened, kept with it: anybody can check it against the looks. */
export interface AlertEvidence {
  readonly watch: Watch;
  /** The e-value reached and the one needed; null where a sequence tells: what a model changed, recorded facts. */
  readonly reached: number | null;
  readonly needed: number;
  readonly since: string;
  readonly group: { readonly successes: number; readonly total: number };
  readonly others: { readonly successes: number; readonly total: number };
  /** Groups alerted to before, which took no part among the others. */
  readonly setAside: readonly string[];
  /** Size of the excess since then, with the interval of one look; or the sequence that told. */
  readonly size: { readonly value: number; readonly low: number; readonly high: number } | null;
}

export interface AlertRow {
  readonly alertId: string;
  readonly systemId: string;
  readonly revision: number;
  readonly watch: string;
  readonly month: string;
  readonly openedAt: string;
  readonly evidence: AlertEvidence;
  readonly suspended: boolean;
  readonly status: AlertStatus;
  readonly acknowledged: { readonly by: string; readonly at: string; readonly note: string } | undefined;
}

/** Alerts of an authority, newest first; of one system where it is given. */
export async function listAlerts(db: Db, authorityId: string, systemId?: string): Promise<AlertRow[]> {
  let query = typed<MonitoringTables>(db)
    .selectFrom('monitor_alerts')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .orderBy('opened_at', 'desc')
    .orderBy('alert_id');
  if (systemId !== undefined) query = query.where('system_id', '=', systemId);
  return (await query.execute()).map(toAlert);
}

export async function findAlert(db: Db, authorityId: string, alertId: string): Promise<AlertRow> {
  const row = await typed<MonitoringTables>(db)
    .selectFrom('monitor_alerts')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('alert_id', '=', alertId)
    .executeTakeFirst();
  if (row === undefined) throw new PlatformError('not-found', 'There is no such alert in this authority.');
  return toAlert(row);
}

function toAlert(row: MonitoringTables['monitor_alerts']): AlertRow {
  const { acknowledged_by: by, acknowledged_at: at, note } = row;
  return {
    alertId: row.alert_id,
    systemId: row.system_id,
    revision: row.revision,
    watch: row.watch,
    month: row.month,
    openedAt: row.opened_at,
    evidence: JSON.parse(row.evidence) as AlertEvidence,
    suspended: row.suspended === 1,
    status: row.status,
    acknowledged: by === null || at === null || note === null ? undefined : { by, at, note },
  };
}

/** The evidence of every watch of a system, as the looks under its present declaration give it. */
export async function standingEvidence(ctx: Context, watched: Watched): Promise<readonly Evidence[]> {
  const { authorityId, systemId, declared } = watched;
  const looks = await readLooks(ctx.store.read, watched);
  const alerts = (await listAlerts(ctx.store.read, authorityId, systemId)).filter(
    ({ revision }) => revision === declared.revision,
  );
  const alerted = Map.groupBy(alerts.toReversed(), ({ watch }) => watch);
  return evidenceOf(watched, looks, { from: judgedFrom(declared), alerted });
}

/** Under a later declaration nobody is held to its tolerance for what happened before it. */
function judgedFrom({ revision, declaredAt }: DeclaredPlan): string {
  return revision === 1 ? '' : declaredAt.slice(0, 7);
}

/**
 * Opens an alert for every watch whose evidence is beyond doubt and that has given none since it last began: sealed in the
 * authority's log, shown to supervisors and auditors. Where the declaration says so, the system is suspended; two people
 * re-arm it (I11).
 */
export async function raiseAlerts(ctx: Context, watched: Watched): Promise<readonly AlertRow[]> {
  const { authorityId, systemId, declared } = watched;
  const before = await listAlerts(ctx.store.read, authorityId, systemId);
  const opened: AlertRow[] = [];
  for (const evidence of await standingEvidence(ctx, watched)) {
    const earlier = before.find(
      ({ watch, revision }) => watch === evidence.watch.id && revision === declared.revision,
    );
    const known = evidence.points.find(({ month }) => month === earlier?.month)?.segment ?? -1;
    const point = evidence.points.find(({ beyond, segment }) => beyond && segment > known);
    if (point === undefined) continue;
    opened.push(await openAlert(ctx, watched, evidence, point.month));
  }
  if (declared.plan.on_breach === 'suspend') await suspendFor(ctx, watched);
  return opened;
}

async function openAlert(
  ctx: Context,
  watched: Watched,
  evidence: Evidence,
  month: string,
): Promise<AlertRow> {
  const { authorityId, systemId, declared } = watched;
  const alertId = newId('alr');
  const until = evidence.points.filter((point) => point.month <= month);
  const last = until.at(-1);
  const { watch, needed } = evidence;
  const since = evidence.since <= month ? evidence.since : (evidence.points[0]?.month ?? month);
  const counted = until.filter((point) => point.month >= since);
  const sides = { group: total(counted, 'group'), others: total(counted, 'others') };
  const size = last?.evidence === undefined ? last?.sequence : excessOf(sides);
  const told: AlertEvidence = {
    watch,
    reached: last?.evidence ?? null,
    needed,
    since,
    ...sides,
    setAside: last?.setAside ?? [],
    size: size === undefined ? null : { value: size.value, low: size.low, high: size.high },
  };
  const { at } = await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'disparity-alert',
    facts: {
      system: systemId,
      alert: alertId,
      revision: declared.revision,
      watch: watch.id,
      month,
      tolerance: String(watch.tolerance),
      reached: told.reached === null ? null : String(told.reached),
      needed: String(needed),
    },
    async check(tx) {
      const same = (await listAlerts(tx.db, authorityId, systemId)).some(
        (alert) => alert.revision === declared.revision && alert.watch === watch.id && alert.month === month,
      );
      if (same) throw new PlatformError('conflict', 'This alert was opened meanwhile.');
    },
    write(tx, _index, when) {
      tx.append('monitor_alerts', {
        authority_id: authorityId,
        alert_id: alertId,
        system_id: systemId,
        revision: declared.revision,
        watch: watch.id,
        month,
        opened_at: when,
        evidence: JSON.stringify(told),
        suspended: 0,
        status: 'open',
        acknowledged_by: null,
        acknowledged_at: null,
        note: null,
      });
    },
  });
  return {
    alertId,
    systemId,
    revision: declared.revision,
    watch: watch.id,
    month,
    openedAt: at,
    evidence: told,
    suspended: false,
    status: 'open',
    acknowledged: undefined,
  };
}

function total(points: Evidence['points'], side: 'group' | 'others') {
  return points.reduce(
    (sum, point) => ({
      successes: sum.successes + point[side].successes,
      total: sum.total + point[side].total,
    }),
    { successes: 0, total: 0 },
  );
}

/** Suspends the system once for all open alerts that have not done so yet; a re-armed system is not suspended again for them. */
async function suspendFor(ctx: Context, { authorityId, systemId }: Watched): Promise<void> {
  const pending = (await listAlerts(ctx.store.read, authorityId, systemId)).filter(
    ({ status, suspended }) => status === 'open' && !suspended,
  );
  if (pending.length === 0) return;
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state?.status === 'live') {
    await changeStatus(ctx, {
      authorityId,
      systemId,
      to: 'suspended',
      reason: SUSPENSION_REASON,
      by: 'monitor',
    });
  }
  await ctx.store.transact(async (tx) => {
    await typed<MonitoringTables>(tx.db)
      .updateTable('monitor_alerts')
      .set({ suspended: 1 })
      .where('authority_id', '=', authorityId)
      .where(
        'alert_id',
        'in',
        pending.map(({ alertId }) => alertId),
      )
      .execute();
  });
}

export interface Acknowledgement {
  readonly authorityId: string;
  readonly alertId: string;
  /** Staff id of the supervisor. */
  readonly by: string;
  /** What is done about it; no name of a person. */
  readonly note: string;
}

/**
 * Acknowledges an alert with what is done about it; an entry of the authority's log. Throws `not-found`, `conflict`
 * (acknowledged before), `forbidden`, `invalid-request` (no note).
 */
export async function acknowledgeAlert(ctx: Context, { authorityId, alertId, by, note }: Acknowledgement) {
  const text = note.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (text.length < 10 || text.length > 2_000) {
    throw new PlatformError(
      'invalid-request',
      'An alert is acknowledged with a note of 10 to 2,000 characters.',
      {
        where: 'note',
        mend: 'Say what was found and what is done about it.',
      },
    );
  }
  const alert = await findAlert(ctx.store.read, authorityId, alertId);
  if (alert.status === 'acknowledged') throw acknowledgedBefore();
  await recordInJournal(ctx, {
    authorityId,
    kind: 'authority',
    type: 'disparity-alert-acknowledged',
    facts: { system: alert.systemId, alert: alertId, note: text, by },
    check: (tx) => assertStillAllowed(tx, authorityId, by, 'alert.acknowledge'),
    async write(tx, _index, at) {
      const swapped = await typed<MonitoringTables>(tx.db)
        .updateTable('monitor_alerts')
        .set({ status: 'acknowledged', acknowledged_by: by, acknowledged_at: at, note: text })
        .where('authority_id', '=', authorityId)
        .where('alert_id', '=', alertId)
        .where('status', '=', 'open')
        .executeTakeFirst();
      if (swapped.numUpdatedRows !== 1n) throw acknowledgedBefore();
    },
  });
}

function acknowledgedBefore(): PlatformError {
  return new PlatformError('conflict', 'This alert was acknowledged already.', {
    mend: 'Open it again to read the note.',
  });
}
