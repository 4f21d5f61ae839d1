import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import type { CaseEvent, CaseEventType } from '../cases/events.ts';
import { legalDayOf } from './counts.ts';
import type { PlanDimension } from './dimensions.ts';
import { HASTY_SECONDS, type Member } from './member.ts';
import type { MonitoringPlan } from './plan-schema.ts';

/** The events that move a case from one cell to another. */
export const FOLLOWED = [
  'decision-made',
  'decision-proposed',
  'proposal-confirmed',
  'proposal-overridden',
  'review-requested',
  'review-upheld',
  'review-rejected',
  'outcome-established',
] as const satisfies readonly CaseEventType[];
export type Followed = (typeof FOLLOWED)[number];

export function isFollowed(type: string): type is Followed {
  return (FOLLOWED as readonly string[]).includes(type);
}

/** Legal month of a stored instant. */
export function monthOf(at: string): string {
  return legalDayOf(Temporal.Instant.from(at)).slice(0, 7);
}

/**
 * A case as its first event places it.
 *
 * @param attributes the protected attributes that may be read, by name
 */
export function placed(
  event: CaseEvent,
  dimensions: readonly PlanDimension[],
  attributes: Readonly<Record<string, unknown>>,
  scale?: MonitoringPlan['score'],
): Member {
  const facts = event.facts as unknown as {
    readonly input: Readonly<Record<string, unknown>>;
    readonly outcome: { readonly effect: string };
    readonly model: { readonly version: number };
    readonly explanation: { readonly score?: unknown };
  };
  const opened = monthOf(event.at);
  return {
    v: 1,
    groups: dimensions.map((dimension) => {
      const stored = (dimension.source === 'vault' ? attributes : facts.input)[dimension.name];
      return dimension.groupOf(stored);
    }),
    opened,
    settled: event.type === 'decision-made' ? opened : null,
    version: facts.model.version,
    adverse: facts.outcome.effect === 'adverse' ? 1 : 0,
    changed: null,
    person: null,
    officer: null,
    hasty: null,
    objected: 0,
    upheld: null,
    truth: null,
    random: null,
    score: thousandths(facts.explanation.score, scale),
    answers: [],
  };
}

/** Where the case belongs after one more event. `first` gives the facts on which its first decision rested. */
export function moved(m: Member, event: CaseEvent, first: () => Readonly<Record<string, unknown>>): Member {
  const { facts } = event;
  switch (event.type) {
    case 'proposal-confirmed':
    case 'proposal-overridden': {
      const effect = (facts.outcome as { readonly effect?: string } | undefined)?.effect;
      const seconds = facts.seconds;
      return {
        ...m,
        settled: monthOf(event.at),
        person: effect === 'adverse' ? 1 : 0,
        officer: (facts.decided_by as { readonly staff?: string } | undefined)?.staff ?? null,
        hasty: typeof seconds === 'number' ? (seconds < HASTY_SECONDS ? 1 : 0) : null,
      };
    }
    case 'review-requested':
      return { ...m, objected: 1 };
    case 'review-upheld':
    case 'review-rejected': {
      const upheld = event.type === 'review-upheld' ? 1 : 0;
      const corrected =
        upheld === 1 ? differing(first(), facts.input as Readonly<Record<string, unknown>>) : [];
      return {
        ...m,
        upheld: m.upheld === 1 ? 1 : upheld,
        answers: [...m.answers, { month: monthOf(event.at), upheld, corrected }],
      };
    }
    case 'outcome-established':
      return {
        ...m,
        truth: facts.outcome === 'adverse' ? 1 : 0,
        random: facts.sought === 'random' ? 1 : 0,
      };
    default:
      return m;
  }
}

/** Names of the recorded facts that differ, sorted. */
function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>> = before,
): string[] {
  return Object.keys(before)
    .filter(
      (name) => canonicalize(before[name] as JsonValue) !== canonicalize((after[name] ?? null) as JsonValue),
    )
    .sort();
}

function thousandths(score: unknown, scale: MonitoringPlan['score']): number | null {
  const number = typeof score === 'string' ? Number(score) : score;
  if (scale === undefined || typeof number !== 'number') return null;
  const value = scale === 'log-odds' ? 1 / (1 + Math.exp(-number)) : number;
  return value >= 0 && value <= 1 ? Math.round(value * 1000) : null;
}
