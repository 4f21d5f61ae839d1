import { ExplainError } from '../error.ts';
import * as int from '../exact/int.ts';
import type { CompiledSegment, Units } from './compile.ts';
import type { Facts, ScorecardModel, SegmentSpec } from './model.ts';

export interface Prediction {
  /** The exact score as a plain decimal. */
  readonly score: string;
  readonly outcome: string;
  readonly segment: string;
  readonly favourable: boolean;
}

/** A case ready for integer arithmetic. */
export interface Case {
  readonly segment: SegmentSpec;
  readonly units: Units;
}

/**
 * Reads the facts of one case: each given fact must be declared, of its type and in range, and none that the
 * segment needs may be missing.
 * @throws {ExplainError} `fact-unknown`, `fact-type`, `fact-range`, `fact-missing`, with the fact's name as path
 */
export function readCase(model: ScorecardModel, facts: Facts): Case {
  const known = model.readers;
  const units: Units = new Array(model.facts.length);
  const given: boolean[] = new Array(model.facts.length).fill(false);
  for (const name of Object.keys(facts)) {
    const reader = known.get(name);
    const value = facts[name];
    if (reader === undefined || value === undefined) {
      throw new ExplainError('fact-unknown', name.slice(0, 64), 'is not a fact of this model; leave it out');
    }
    units[reader.index] = reader.read(value);
    given[reader.index] = true;
  }
  const segment = selectSegment(model, facts);
  for (const reader of segment.compiled.needed) {
    if (!given[reader.index]) {
      throw new ExplainError(
        'fact-missing',
        reader.spec.name,
        `is missing; segment "${segment.name}" reads it`,
      );
    }
  }
  return { segment, units };
}

function selectSegment(model: ScorecardModel, facts: Facts): SegmentSpec {
  if (model.segmentBy === null) {
    for (const only of model.segments.values()) return only;
  } else {
    const value = Object.hasOwn(facts, model.segmentBy) ? facts[model.segmentBy] : undefined;
    const segment = model.segments.get(String(value));
    if (segment !== undefined) return segment;
  }
  throw new ExplainError('fact-missing', model.segmentBy ?? '', 'is missing; it selects the scorecard');
}

/** The exact score in units of the segment's scale. */
export function scoreUnits(segment: CompiledSegment, units: Units): int.Int {
  let score = segment.constant;
  for (const term of segment.terms) {
    score = int.add(score, int.multiply(term.factor, int.multiply(term.derived.value(units), term.lift)));
  }
  return score;
}

/** The score in the caller's words. */
export function conclude(model: ScorecardModel, segment: SegmentSpec, score: int.Int): Prediction {
  const { outcomes } = model;
  const outcome = score <= segment.compiled.threshold ? outcomes.atMost : outcomes.above;
  return {
    score: int.format(score, segment.compiled.scale),
    outcome,
    segment: segment.name,
    favourable: outcome === outcomes.favourable,
  };
}

/** Runs the scorecard on one case, exactly. @throws {ExplainError} as {@link readCase} */
export function predictScorecard(model: ScorecardModel, facts: Facts): Prediction {
  const { segment, units } = readCase(model, facts);
  return conclude(model, segment, scoreUnits(segment.compiled, units));
}
