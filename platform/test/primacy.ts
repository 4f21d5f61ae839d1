import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeRoles } from '../src/access/index.ts';
import { type CaseEvent, openEvent } from '../src/cases/events.ts';
import type { CaseTables } from '../src/cases/tables.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import { confirmProposal, overrideProposal } from '../src/desk/decide-proposal.ts';
import { PlatformError } from '../src/errors.ts';
import type { LedgerTables } from '../src/ledger/tables.ts';
import { changeStatus } from '../src/register/status.ts';
import { systemState } from '../src/register/systems.ts';
import {
  assignReview,
  decideReview,
  qualifyRequest,
  requestReview,
  reviewsOfCase,
} from '../src/reviews/index.ts';
import { typed } from '../src/store/index.ts';
import {
  ACTS,
  grantCertificate,
  grantDelegation,
  legalDay,
  listCertificates,
  listDelegations,
  revokeCertificate,
  revokeDelegation,
} from '../src/training/index.ts';
import { AUTHORITY_A as A, SYSTEM, type TestPlatform } from './make-platform.ts';
import { proposalFor, reasonsText, staffMember, type TestCase } from './reviewing.ts';

const CASES = 2;
const STAFF = 3;

const aCase = fc.nat(CASES - 1);
const aPerson = fc.nat(STAFF - 1);
const anAct = fc.constantFrom(...ACTS);

/** One thing that somebody tries. */
const move = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: fc.constant('confirm' as const), of: aCase, by: aPerson }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('override' as const), of: aCase, by: aPerson }) },
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant('request' as const), of: aCase, by: fc.option(aPerson) }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('assign' as const),
      of: aCase,
      to: fc.option(aPerson, { freq: 1 }),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      of: aCase,
      /** null: whoever holds the request. */
      by: fc.option(aPerson, { freq: 1 }),
      how: fc.constantFrom('rejected' as const, 'granted' as const, 'corrected' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('suspend' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('re-arm' as const), by: fc.constantFrom('stf_x', 'stf_y') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('certify' as const, 'decertify' as const), who: aPerson }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('delegate' as const, 'undelegate' as const),
      who: aPerson,
      act: anAct,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('demote' as const, 'promote' as const), who: aPerson }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.nat(12) }) },
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** Rounds of moves; the moves of one round are made at the same moment. */
export const schedule = fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), {
  minLength: 10,
  maxLength: 30,
  size: 'max',
});
export type Schedule = readonly (readonly Move[])[];

let runs = 0;

/** Plays a schedule on fresh cases with fresh people, then holds what was sealed to the invariants. */
export async function play(p: TestPlatform, rounds: Schedule): Promise<{ adverse: number; reviews: number }> {
  const run = `run${runs++}`;
  const [{ size: begins } = { size: 0 }] = await typed<LedgerTables>(p.store.read)
    .selectFrom('log_state')
    .select('size')
    .where('authority_id', '=', A)
    .execute();
  const today = () => legalDay(p.clock.now());
  const later = (days: number) => Temporal.PlainDate.from(today()).add({ days }).toString();
  const supervisor = await staffMember(p, `${run}-sup`, ['supervisor'], { password: null });
  const people: string[] = [];
  for (let i = 0; i < STAFF; i++) {
    const none = { password: null, certifiedTo: null, acts: [] };
    people.push((await staffMember(p, `${run}-${i}`, ['reviewer', 'counter'], none)).staffId);
  }
  const who = (i: number) => people[i] as string;
  const certify = (staffId: string) => grantCertificate(p, { authorityId: A, staffId, to: later(60) });
  const delegate = (staffId: string, act: (typeof ACTS)[number]) =>
    grantDelegation(p, {
      authorityId: A,
      staffId,
      act,
      scope: SYSTEM,
      from: today(),
      to: later(90),
      instrument: `${run} ${act}`,
    });
  for (const staffId of people.slice(0, 2)) {
    await certify(staffId);
    for (const act of ACTS) await delegate(staffId, act);
  }
  const cases: TestCase[] = [];
  for (let i = 0; i < CASES; i++) cases.push(await proposalFor(p));
  const present = async (i: number) => {
    const { caseId } = cases[i] as TestCase;
    const row = await typed<DecisionTables>(p.store.read)
      .selectFrom('decisions')
      .select('decision_id')
      .where('authority_id', '=', A)
      .where('case_id', '=', caseId)
      .where('superseded_by', 'is', null)
      .executeTakeFirstOrThrow();
    return { caseId, decisionId: row.decision_id };
  };
  const newest = async (i: number) => {
    const [review] = await reviewsOfCase(p, A, (cases[i] as TestCase).caseId);
    if (review === undefined) throw new PlatformError('not-found', 'no review');
    return review;
  };
  const status = (to: 'suspended' | 'live', by: string) =>
    changeStatus(p, { authorityId: A, systemId: SYSTEM, to, reason: { fr: 'essai' }, by });
  const written = { lang: 'fr' as const, text: '' };
  const words = (rooms = 8) => ({ ...written, text: reasonsText().replace(': 8', `: ${rooms}`) });

  async function make(m: Move): Promise<unknown> {
    switch (m.do) {
      case 'confirm':
      case 'override': {
        const decide = m.do === 'confirm' ? confirmProposal : overrideProposal;
        const { decisionId } = cases[m.of] as TestCase;
        return decide(p, { authorityId: A, decisionId, staffId: who(m.by), reasons: words() });
      }
      case 'request': {
        const { reviewId } = await requestReview(p, {
          authorityId: A,
          ...(await present(m.of)),
          ground: 'want-person',
          text: '',
          filedBy: m.by === null ? { kind: 'person' } : { kind: 'counter', staffId: who(m.by) },
        });
        const because = 'Essai.';
        const by = supervisor.staffId;
        return qualifyRequest(p, { authorityId: A, reviewId, kind: 'revision', because, lang: 'fr', by });
      }
      case 'assign':
        return assignReview(p, {
          authorityId: A,
          reviewId: (await newest(m.of)).reviewId,
          ...(m.to === null ? {} : { to: who(m.to), by: supervisor.staffId }),
        });
      case 'answer': {
        const { reviewId, assigned } = await newest(m.of);
        return decideReview(p, {
          authorityId: A,
          reviewId,
          staffId: m.by === null ? (assigned?.to ?? who(0)) : who(m.by),
          outcome: m.how === 'rejected' ? 'rejected' : 'upheld',
          reasons: words(),
          ...(m.how === 'corrected' ? { corrections: { rooms: 7 } } : {}),
        });
      }
      case 'suspend':
        return status('suspended', 'stf_x');
      case 're-arm':
        return status('live', m.by);
      case 'certify':
        return certify(who(m.who));
      case 'decertify': {
        const held = await listCertificates(p, A, { staffId: who(m.who) });
        const { certificateId } = held.find((c) => c.standing === 'valid') ?? { certificateId: 'none' };
        return revokeCertificate(p, { authorityId: A, certificateId, by: supervisor.staffId });
      }
      case 'delegate':
        return delegate(who(m.who), m.act);
      case 'undelegate': {
        const held = await listDelegations(p, A, { staffId: who(m.who) });
        const { delegationId } = held.find((d) => d.act === m.act && d.standing === 'valid') ?? {
          delegationId: 'none',
        };
        return revokeDelegation(p, { authorityId: A, delegationId, by: supervisor.staffId });
      }
      case 'demote':
      case 'promote': {
        const roles = m.do === 'demote' ? (['auditor'] as const) : (['reviewer', 'counter'] as const);
        return changeRoles(p, { authorityId: A, staffId: who(m.who), roles, by: supervisor.staffId });
      }
      case 'wait':
        p.clock.moveTo(p.clock.now().add({ hours: 24 * m.days }));
    }
  }

  for (const round of rounds) {
    const results = await Promise.allSettled(round.map(make));
    for (const result of results) {
      if (
        result.status === 'rejected' &&
        !(result.reason instanceof PlatformError && result.reason.status < 500)
      ) {
        throw result.reason;
      }
    }
  }
  for (const by of ['stf_p', 'stf_q']) {
    const state = await systemState(p.store, A, SYSTEM);
    if (state?.status === 'suspended') await status('live', by);
  }
  // Nobody of this run is there for the next one.
  for (const staffId of people) {
    await changeRoles(p, { authorityId: A, staffId, roles: ['auditor'], by: supervisor.staffId });
  }
  return holdToInvariants(p, Number(begins), new Set(cases.map((c) => c.caseId)));
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
async function holdToInvariants(
  p: TestPlatform,
  begins: number,
  caseIds: ReadonlySet<string>,
): Promise<{ adverse: number; reviews: number }> {
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
    .where('case_id', 'in', [...caseIds])
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
  let live = true;
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
    assert.ok(held?.scope === 'all' || held?.scope === SYSTEM);
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
      if (kind === 'system-live') live = true;
      if (kind === 'system-suspended') live = false;
      continue;
    }
    const { event } = entry;
    const { type, facts, caseId } = event;
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
    if (effect !== undefined && type !== 'decision-proposed') {
      inForce.set(caseId, effect);
      if (effect === 'adverse') {
        adverse += 1;
        assert.ok(signed?.name, `entry ${event.index}: adverse and signed by nobody`);
      }
    }
  }

  const rows = await typed<DecisionTables>(p.store.read)
    .selectFrom('decisions')
    .selectAll()
    .where('authority_id', '=', A)
    .where('case_id', 'in', [...caseIds])
    .where('superseded_by', 'is', null)
    .execute();
  assert.equal(rows.length, caseIds.size, 'a case has exactly one present decision');
  for (const row of rows) {
    const effect = inForce.get(row.case_id);
    assert.equal(row.status, effect === undefined ? 'awaiting-person' : 'effective');
    if (effect !== undefined) assert.equal(row.effect, effect);
  }
  return { adverse, reviews };
}
