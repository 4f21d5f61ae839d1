import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { changeRoles } from '../src/access/index.ts';
import type { Context } from '../src/context.ts';
import { decide } from '../src/decisions/decide.ts';
import type { DecisionTables } from '../src/decisions/tables.ts';
import { confirmProposal, overrideProposal } from '../src/desk/decide-proposal.ts';
import { PlatformError } from '../src/errors.ts';
import type { LedgerTables } from '../src/ledger/tables.ts';
import { publishVersion } from '../src/register/publish.ts';
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
import { modelFile } from '../worlds/soutien-menages/model.ts';
import { RECORD } from '../worlds/soutien-menages/record.ts';
import { AUTHORITY_A as A, clearCase, inputOf, SYSTEM, type TestPlatform } from './make-platform.ts';
import { holdToInvariants, type Tally } from './primacy-invariants.ts';
import { proposalFor, reasonsText, staffMember, type TestCase } from './reviewing.ts';

const CASES = 3;
/** The last case is of a system at the highest level: two people must sign there. */
const GRAVE = 'niveau-quatre';
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

/** A platform that is played on; its parts may be another process's from one round to the next. */
export type Played = Context & Pick<TestPlatform, 'clock'>;

let runs = 0;

async function graveProposal(p: Played, run: string): Promise<TestCase> {
  if ((await systemState(p.store, A, GRAVE)) === undefined) {
    const bytes = modelFile({ version: 1, fault: false });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await publishVersion(p, A, GRAVE, { ...RECORD, impactLevel: 4 }, { bytes, sha256 });
    await changeStatus(p, { authorityId: A, systemId: GRAVE, to: 'live', by: 'stf_test' });
  }
  const {
    case: caseId,
    decision: decisionId,
    reference,
  } = await decide(p, {
    caller: { authorityId: A, apiKeyId: 'key_test' },
    systemId: GRAVE,
    idempotencyKey: `grave-${run}`,
    body: { subject: `grave-${run}`, input: inputOf(clearCase('adverse').household) },
  });
  return { caseId, decisionId, reference };
}

/** Plays a schedule on fresh cases with fresh people, then holds what was sealed to the invariants. */
export async function play(
  p: Played,
  rounds: Schedule,
  /** Runs between two rounds, when nothing is under way. */
  between: (round: number) => Promise<void> = async () => {},
): Promise<Tally> {
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
      scope: 'all',
      from: today(),
      to: later(90),
      instrument: `${run} ${act}`,
    });
  for (const staffId of people.slice(0, 2)) {
    await certify(staffId);
    for (const act of ACTS) await delegate(staffId, act);
  }
  const cases: TestCase[] = [];
  for (let i = 1; i < CASES; i++) cases.push(await proposalFor(p));
  cases.push(await graveProposal(p, run));
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

  for (const [i, round] of rounds.entries()) {
    await between(i);
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
  const systems = new Map(cases.map(({ caseId }, i) => [caseId, i === CASES - 1 ? GRAVE : SYSTEM]));
  return holdToInvariants(p, Number(begins), systems, GRAVE);
}
