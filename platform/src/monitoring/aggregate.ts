import { logAccesses } from '../access/index.ts';
import { type CaseEvent, openEvent } from '../cases/events.ts';
import type { CaseTables } from '../cases/tables.ts';
import { stamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { typed } from '../store/index.ts';
import { basisInForce } from '../vault/attribute-basis.ts';
import { openAttributes } from '../vault/attributes.ts';
import type { CaseKey } from '../vault/vault.ts';
import { type CellChanges, changesOf, saveStep } from './cell-store.ts';
import { legalDayOf } from './counts.ts';
import { FOLLOWED, moved, placed } from './follow.ts';
import { type Member, openMember, sealMember } from './member.ts';
import { changedByModel } from './model-change.ts';
import type { Watched } from './plan.ts';
import { beginCount, type CountState, countState } from './state.ts';
import type { MonitoringTables } from './tables.ts';

/** Events in one step: one transaction. */
const STEP = 500;

/** `no-basis`: protected attributes are declared, and no legal basis in force names them all. */
export type Step = 'moved' | 'current' | 'no-basis';

type EventRow = CaseTables['case_events'];

/**
 * Follows the event feed one step: opens what is new, moves cases from cell to cell, and remembers how far it came, all in
 * one transaction. Whoever runs it again, or beside another, counts nothing twice: the cursor is swapped with the cells.
 *
 * It reads the vault under its own role, `monitor`: every reading of a case's attributes is logged before it happens.
 * A case whose personal data was erased stays counted as it was; one erased before it was counted is not counted.
 */
export async function followFeed(ctx: Context, watched: Watched): Promise<Step> {
  const { authorityId, systemId, dimensions } = watched;
  if (!(await mayRead(ctx, watched))) return 'no-basis';
  const state = (await countState(ctx.store.read, watched)) ?? (await beginCount(ctx, watched));
  const events = await typed<CaseTables>(ctx.store.read)
    .selectFrom('case_events')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('log_index', '>', state.cursor)
    .where('type', 'in', FOLLOWED)
    .orderBy('log_index')
    .limit(STEP)
    .execute();
  if (events.length === 0) return 'current';
  const caseIds = [...new Set(events.map((row) => row.case_id))];
  const stored = await storedMembers(ctx, authorityId, caseIds);
  const fresh = caseIds.filter((caseId) => !stored.has(caseId));
  await logReadings(ctx, authorityId, [...stored.keys()]);
  const attributes = dimensions.some(({ source }) => source === 'vault')
    ? await openAttributes(ctx, {
        authorityId,
        systemId,
        caseIds: fresh,
        day: legalDayOf(ctx.clock.now()),
        log: (ids) => logReadings(ctx, authorityId, ids),
      })
    : new Map<string, Readonly<Record<string, unknown>>>();
  const firsts = await firstEvents(ctx, authorityId, events);
  const changes: CellChanges = new Map();
  const members: MonitoringTables['monitor_members'][] = [];
  const next: CountState = { ...state };
  for (const [caseId, rows] of Map.groupBy(events, (row) => row.case_id)) {
    const before = stored.get(caseId);
    const key = liveKey(ctx, authorityId, caseId);
    if (key === undefined) {
      if (before === undefined) next.erased++;
      else next.late += rows.length;
      continue;
    }
    const was = before && openMember(key, authorityId, caseId, before);
    const is = await followCase(
      ctx,
      watched,
      key,
      rows,
      was,
      attributes.get(caseId) ?? {},
      firsts.get(caseId),
    );
    if (is === undefined) continue;
    if (was === undefined) next.cases++;
    changesOf(changes, was, -1);
    changesOf(changes, is, 1);
    members.push({
      authority_id: authorityId,
      case_id: caseId,
      system_id: systemId,
      sealed: sealMember(key, authorityId, caseId, is),
    });
  }
  next.cursor = Number(events.at(-1)?.log_index);
  next.movedAt = stamp(ctx.clock.now());
  return (await saveStep(ctx, watched, state, next, changes, members)) ? 'moved' : 'current';
}

/** Follows every watched event there is; at most `most` steps. */
export async function catchUp(
  ctx: Context,
  watched: Watched,
  most = Number.POSITIVE_INFINITY,
): Promise<Step> {
  let step: Step = 'moved';
  for (let done = 0; step === 'moved' && done < most; done++) step = await followFeed(ctx, watched);
  return step;
}

async function mayRead(ctx: Context, { authorityId, systemId, dimensions }: Watched): Promise<boolean> {
  const needed = dimensions.filter(({ source }) => source === 'vault');
  if (needed.length === 0) return true;
  const day = legalDayOf(ctx.clock.now());
  const basis = await basisInForce(ctx.store.read, authorityId, systemId, day);
  return needed.every(({ name }) => basis?.attributes.includes(name));
}

async function storedMembers(ctx: Context, authorityId: string, caseIds: readonly string[]) {
  const rows = await typed<MonitoringTables>(ctx.store.read)
    .selectFrom('monitor_members')
    .select(['case_id', 'sealed'])
    .where('authority_id', '=', authorityId)
    .where('case_id', 'in', caseIds)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.sealed]));
}

function logReadings(ctx: Context, authorityId: string, caseIds: readonly string[]): Promise<void> {
  return logAccesses(
    ctx,
    caseIds.map((caseId) => ({
      authorityId,
      actor: 'monitor',
      action: 'attributes.read',
      caseId,
      purpose: 'bias-audit',
    })),
  );
}

/** The events that opened the cases in which a review was upheld: what the corrected facts are compared with. */
async function firstEvents(ctx: Context, authorityId: string, events: readonly EventRow[]) {
  const caseIds = events.filter(({ type }) => type === 'review-upheld').map((row) => row.case_id);
  if (caseIds.length === 0) return new Map<string, EventRow>();
  const rows = await typed<CaseTables>(ctx.store.read)
    .selectFrom('case_events')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('case_id', 'in', caseIds)
    .where('type', 'in', ['decision-made', 'decision-proposed'])
    .execute();
  return new Map(rows.map((row) => [row.case_id, row]));
}

async function followCase(
  ctx: Context,
  watched: Watched,
  key: CaseKey,
  rows: readonly EventRow[],
  was: Member | undefined,
  attributes: Readonly<Record<string, unknown>>,
  first: EventRow | undefined,
): Promise<Member | undefined> {
  const { dimensions, declared } = watched;
  const opening = (event: CaseEvent) => event.type === 'decision-made' || event.type === 'decision-proposed';
  let m = was;
  for (const row of rows) {
    const event = openEvent(key, row);
    if (m === undefined) {
      if (!opening(event)) continue;
      const first = placed(event, dimensions, attributes, declared.plan.score);
      m = { ...first, changed: await changedByModel(ctx, watched, event, first) };
    } else {
      m = moved(m, event, () => {
        if (first === undefined) return {};
        return openEvent(key, first).facts.input as Readonly<Record<string, unknown>>;
      });
    }
  }
  return m;
}

function liveKey(ctx: Context, authorityId: string, caseId: string): CaseKey | undefined {
  try {
    return ctx.vault.caseKey(authorityId, caseId);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'erased') return undefined;
    throw error;
  }
}
