import assert from 'node:assert/strict';
import { type CaseEvent, openEvent } from '../src/cases/events.ts';
import type { CaseTables } from '../src/cases/tables.ts';
import type { Context } from '../src/context.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import type { LedgerTables } from '../src/ledger/tables.ts';
import { typed } from '../src/store/index.ts';
import { legalDay } from '../src/training/index.ts';
import { AUTHORITY_A as A } from './make-platform.ts';

/** What a schedule reached. */
export interface Tally {
  readonly adverse: number;
  readonly reviews: number;
  /** Adverse after two signatures. */
  readonly twice: number;
}

interface Granted {
  readonly staff: string;
  readonly from: string;
  readonly to: string;
  readonly act?: string;
  readonly scope?: string;
}

interface Signed {
  readonly staff: string;
  readonly name: string;
  readonly delegation: { readonly delegationId: string };
  readonly adverse_delegation?: { readonly delegationId: string };
}

/**
 * Reads the authority's log from where the run began, with the system live, with a reference of its own, slow and obvious: who was
 * trained, who held which delegation, who was a reviewer and whether the system was live at each entry; then asks of
 * every decision and review whether it could be.
 */
export async function holdToInvariants(
  p: Pick<Context, 'store' | 'vault'>,
  begins: number,
  systems: ReadonlyMap<string, string>,
  grave: string,
): Promise<Tally> {
  const caseIds = systems.keys().toArray();
  const journal = await typed<LedgerTables>(p.store.read)
    .selectFrom('journal')
    .selectAll()
    .where('authority_id', '=', A)
    .where('log_index', '>=', begins)
    .execute();
  const events = await typed<CaseTables>(p.store.read)
    .selectFrom('case_events')
    .selectAll()
    .where('authority_id', '=', A)
    .where('case_id', 'in', caseIds)
    .execute();
  const entries = [
    ...journal.map((row) => ({
      index: Number(row.log_index),
      journal: Object.fromEntries(
        (JSON.parse(row.openings) as { name: string; value: unknown }[]).map((o) => [o.name, o.value]),
      ),
    })),
    ...events.map((row) => ({
      index: Number(row.log_index),
      event: { ...openEvent(p.vault.caseKey(A, row.case_id), row), caseId: row.case_id },
    })),
  ].sort((a, b) => a.index - b.index);

  const certificates = new Map<string, Granted>();
  const delegations = new Map<string, Granted>();
  const roles = new Map<string, readonly string[]>();
  const took = new Map<string, Set<string>>();
  const holder = new Map<string, string>();
  const inForce = new Map<string, 'adverse' | 'favourable'>();
  const suspended = new Set<string>();
  /** Who signed first, where two must. */
  const firsts = new Map<string, string>();
  let twice = 0;
  let adverse = 0;
  let reviews = 0;

  const covers = (g: Granted | undefined, at: string) =>
    g !== undefined && g.from <= legalDay(at) && legalDay(at) <= g.to;
  function assertMaySign(staff: string, id: string, act: string, { at, index }: CaseEvent) {
    const trained = [...certificates.values()].some((c) => c.staff === staff && covers(c, at));
    assert.ok(trained, `entry ${index}: ${staff} was not certified`);
    const held = delegations.get(id);
    assert.ok(covers(held, at), `entry ${index}: the delegation ${id} did not hold`);
    assert.deepEqual([held?.staff, held?.act], [staff, act]);
    assert.equal(held?.scope, 'all');
    assert.ok(roles.get(staff)?.includes('reviewer'), `entry ${index}: ${staff} was no reviewer`);
  }

  for (const entry of entries) {
    if ('journal' in entry) {
      const { type, ...f } = entry.journal as Record<string, never>;
      const kind = String(type);
      if (kind === 'certificate-granted') certificates.set(f.certificate ?? '', f as unknown as Granted);
      if (kind === 'certificate-revoked') certificates.delete(f.certificate ?? '');
      if (kind === 'delegation-granted') delegations.set(f.delegation ?? '', f as unknown as Granted);
      if (kind === 'delegation-revoked') delegations.delete(f.delegation ?? '');
      if (kind === 'staff-added' || kind === 'staff-roles-changed') roles.set(f.staff ?? '', f.roles ?? []);
      if (kind === 'system-live') suspended.delete(f.system ?? '');
      if (kind === 'system-suspended') suspended.add(f.system ?? '');
      continue;
    }
    const { event } = entry;
    const { type, facts, caseId } = event;
    const system = systems.get(caseId) as string;
    const live = !suspended.has(system);
    const part = took.get(caseId) ?? new Set<string>();
    took.set(caseId, part);
    const signed = facts.decided_by as unknown as Signed | undefined;
    const effect = (facts.outcome as { effect?: 'adverse' | 'favourable' } | undefined)?.effect;
    if (type === 'review-requested') {
      const { staff } = facts.filed_by as { staff?: string };
      if (staff !== undefined) part.add(staff);
    }
    if (type === 'review-assigned') {
      const to = facts.assigned_to as string;
      assert.ok(!part.has(to), `entry ${event.index}: given to ${to}, who took part`);
      holder.set(facts.review as string, to);
    }
    if (type === 'proposal-signed-first') {
      assert.ok(signed);
      assert.ok(live, `entry ${event.index}: signed while suspended`);
      assert.equal(system, grave, 'one signature is enough at other levels');
      assert.ok(!inForce.has(caseId) && !firsts.has(caseId), `entry ${event.index}: a second first`);
      assertMaySign(signed.staff, signed.delegation.delegationId, 'confirm-adverse', event);
      firsts.set(caseId, signed.staff);
    }
    if (type === 'proposal-confirmed' || type === 'proposal-overridden') {
      assert.ok(signed);
      assert.ok(live, `entry ${event.index}: decided while suspended`);
      assert.ok(!inForce.has(caseId), `entry ${event.index}: decided twice`);
      assertMaySign(signed.staff, signed.delegation.delegationId, 'confirm-adverse', event);
    }
    if (type === 'review-upheld' || type === 'review-rejected') {
      assert.ok(signed);
      reviews += 1;
      assert.ok(
        !part.has(signed.staff),
        `entry ${event.index}: ${signed.staff} reviewed what they took part in`,
      );
      assert.equal(holder.get(facts.review as string), signed.staff);
      assertMaySign(signed.staff, signed.delegation.delegationId, 'decide-review', event);
      if (type === 'review-upheld' && effect === 'adverse') {
        assert.ok(live, `entry ${event.index}: the model ran while suspended`);
        assertMaySign(signed.staff, signed.adverse_delegation?.delegationId ?? '', 'confirm-adverse', event);
      }
    }
    if (signed !== undefined) part.add(signed.staff);
    if (type === 'decision-made') assert.equal(effect, 'favourable');
    if (effect !== undefined && type !== 'decision-proposed' && type !== 'proposal-signed-first') {
      inForce.set(caseId, effect);
      if (effect === 'adverse') {
        adverse += 1;
        assert.ok(signed?.name, `entry ${event.index}: adverse and signed by nobody`);
        if (system === grave) {
          assert.equal(type, 'proposal-confirmed', `entry ${event.index}: adverse by one signature`);
          const first = firsts.get(caseId);
          assert.ok(first !== undefined && first !== signed.staff, `entry ${event.index}: one person alone`);
          twice += 1;
        }
      }
    }
  }

  const rows = await typed<DecisionTables>(p.store.read)
    .selectFrom('decisions')
    .selectAll()
    .where('authority_id', '=', A)
    .where('case_id', 'in', caseIds)
    .where('superseded_by', 'is', null)
    .execute();
  assert.equal(rows.length, caseIds.length, 'a case has exactly one present decision');
  for (const row of rows) {
    const effect = inForce.get(row.case_id);
    assert.equal(row.status, effect === undefined ? 'awaiting-person' : 'effective');
    if (effect !== undefined) assert.equal(row.effect, effect);
  }
  return { adverse, reviews, twice };
}
