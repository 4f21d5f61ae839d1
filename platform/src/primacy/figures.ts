import { type Count, fisherExactGreater, holm, type Interval, wilson } from '@taalil/fairness';
import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import { presentPlan } from './plan.ts';
import type { PrimacyTables } from './tables.ts';

/** A share with what it rests on and how sure it is; without an interval where there is nothing to count. */
export interface Share extends Count {
  readonly interval: Interval | undefined;
}

export interface PrimacyFigures {
  /** Of files with a wrong proposal: how many were decided otherwise. */
  readonly caught: Share;
  /** Of files with a right proposal, and known to be right: how many were confirmed. */
  readonly agreedWhenRight: Share;
  /** Where the person judged before seeing the proposal: how many had judged as it did. */
  readonly judgedAlike: Share;
  /** Of all signed: decided otherwise than proposed. */
  readonly overridden: Share;
  /** Of confirmed files whose review was answered: how many were found wrong. */
  readonly foundWrongLater: Share;
  /** Of signed files with a measured time: under a second for each recorded fact. */
  readonly glanced: Share;
  /** Median seconds for each recorded fact. */
  readonly secondsPerFact: number | undefined;
}

/** A file of twenty facts read in twenty seconds was not read. */
export const GLANCE_SECONDS_PER_FACT = 1;

const share = ({ successes, total }: Count): Share => ({
  successes,
  total,
  interval: wilson({ successes, total }),
});

export interface Observed {
  readonly exercises: readonly { staff: string; wrong: number; word: string | null }[];
  readonly signed: readonly {
    staff: string;
    decision: string;
    case: string;
    seconds: number | null;
    facts: number;
    agreed: number;
  }[];
  readonly judged: readonly { staff: string; decision: string; judged: string }[];
  /** Cases with an answered review, and whether the decision was found wrong. */
  readonly reviewed: ReadonlyMap<string, boolean>;
}

/** What the register shows of a system; undefined where nothing was announced, and so nothing is measured. */
export async function publicFigures(
  ctx: Context,
  { authorityId, systemId }: { readonly authorityId: string; readonly systemId: string },
): Promise<PrimacyFigures | undefined> {
  if ((await presentPlan(ctx.store.read, authorityId, systemId)) === undefined) return undefined;
  return figuresOf(await observed(ctx, authorityId, systemId));
}

/** Everything that was seen at the desks of one system. */
export async function observed(ctx: Context, authorityId: string, systemId: string): Promise<Observed> {
  const db = typed<
    PrimacyTables & {
      case_events: { authority_id: string; system_id: string; case_id: string; type: string };
    }
  >(ctx.store.read);
  const [exercises, signed, judged, reviews] = await Promise.all([
    db
      .selectFrom('primacy_exercises')
      .select(['staff_id as staff', 'wrong', 'word'])
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .where('answered_at', 'is not', null)
      .execute(),
    db
      .selectFrom('primacy_signed')
      .select([
        'staff_id as staff',
        'decision_id as decision',
        'case_id as case',
        'seconds',
        'facts',
        'agreed',
      ])
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .execute(),
    db
      .selectFrom('primacy_judgements')
      .select(['staff_id as staff', 'decision_id as decision', 'judged'])
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .execute(),
    db
      .selectFrom('case_events')
      .select(['case_id', 'type'])
      .where('authority_id', '=', authorityId)
      .where('system_id', '=', systemId)
      .where('type', 'in', ['review-upheld', 'review-rejected'])
      .execute(),
  ]);
  const reviewed = new Map<string, boolean>();
  for (const { case_id, type } of reviews) {
    reviewed.set(case_id, reviewed.get(case_id) === true || type === 'review-upheld');
  }
  return { exercises, signed, judged, reviewed };
}

/** The figures of a system, or of one person in it. */
export function figuresOf(seen: Observed, staffId?: string): PrimacyFigures {
  const of = <T extends { staff: string }>(rows: readonly T[]) =>
    staffId === undefined ? rows : rows.filter(({ staff }) => staff === staffId);
  const count = <T>(rows: readonly T[], is: (row: T) => boolean): Share =>
    share({ successes: rows.filter(is).length, total: rows.length });
  const exercises = of(seen.exercises);
  const signed = of(seen.signed);
  const timed = signed.filter((s) => s.seconds !== null && s.facts > 0);
  const confirmed = signed.filter((s) => s.agreed === 1 && seen.reviewed.has(s.case));
  return {
    caught: count(
      exercises.filter((e) => e.wrong === 1),
      (e) => e.word === 'override',
    ),
    agreedWhenRight: count(
      exercises.filter((e) => e.wrong === 0),
      (e) => e.word === 'confirm',
    ),
    // Every proposal at the desk is against the person.
    judgedAlike: count(
      of(seen.judged).filter((j) => j.judged !== 'unsure'),
      (j) => j.judged === 'adverse',
    ),
    overridden: count(signed, (s) => s.agreed === 0),
    foundWrongLater: count(confirmed, (s) => seen.reviewed.get(s.case) === true),
    glanced: count(timed, (s) => glance(s.seconds as number, s.facts)),
    secondsPerFact: median(timed.map((s) => (s.seconds as number) / s.facts)),
  };
}

const glance = (seconds: number, facts: number) => seconds < GLANCE_SECONDS_PER_FACT * facts;

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export interface Concern {
  readonly staffId: string;
  readonly about: 'missed' | 'glanced';
  readonly own: Share;
  readonly others: Share;
  /** Adjusted for every person and both questions (Holm): how often chance alone would name anybody at a desk. */
  readonly p: number;
}

/** Nobody is named on fewer than so many observations. */
const LEAST = { missed: 5, glanced: 30 } as const;
const LEVEL = 0.05;

/**
 * Who misses wrong proposals, or signs after a glance, more often than the others at the same desk do. Exact tests against the
 * others, adjusted together: at a desk where all work alike, anybody at all is named in at most 5 % of cases. A question to be
 * talked over, never a finding.
 */
export function concerns(seen: Observed): Concern[] {
  const staff = [...new Set([...seen.signed, ...seen.exercises].map((row) => row.staff))].sort();
  const asked: Omit<Concern, 'p'>[] = [];
  for (const staffId of staff) {
    for (const about of ['missed', 'glanced'] as const) {
      const [own, others] = splitBy(seen, staffId, about);
      if (own.total >= LEAST[about] && others.total >= LEAST[about]) {
        asked.push({ staffId, about, own: share(own), others: share(others) });
      }
    }
  }
  const adjusted = holm(asked.map(({ own, others }) => fisherExactGreater(own, others)));
  return asked
    .map((concern, i) => ({ ...concern, p: adjusted[i] as number }))
    .filter(({ p, own, others }) => p <= LEVEL && excess(own, others))
    .sort((a, b) => a.p - b.p);
}

function splitBy(seen: Observed, staffId: string, about: Concern['about']): [Count, Count] {
  const rows =
    about === 'missed'
      ? seen.exercises
          .filter((e) => e.wrong === 1)
          .map((e) => ({ staff: e.staff, is: e.word !== 'override' }))
      : seen.signed
          .filter((s) => s.seconds !== null && s.facts > 0)
          .map((s) => ({ staff: s.staff, is: glance(s.seconds as number, s.facts) }));
  const counts = (own: boolean): Count => {
    const those = rows.filter((row) => (row.staff === staffId) === own);
    return { successes: those.filter(({ is }) => is).length, total: those.length };
  };
  return [counts(true), counts(false)];
}

/** Whether one share is larger than the other. */
function excess(own: Count, others: Count): boolean {
  return own.successes * others.total > others.successes * own.total;
}
