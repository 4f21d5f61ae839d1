import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { Decimal, type DecimalLimits } from '../exact/decimal.ts';
import { type Json, type JsonObject, parseJson } from '../files/json.ts';
import { compileSegment } from './compile.ts';
import { type FactReader, factReader } from './facts.ts';
import { anyObject, child, decimalOf, listOf, nameOf, objectOf, oneOf, textOf } from './fields.ts';
import type { FactSpec, ScorecardModel, SegmentSpec, TermSpec } from './model.ts';
import { readFacts } from './parse-facts.ts';
import { readChoices, readTransform } from './transform.ts';

export interface ScorecardLimits extends DecimalLimits {
  readonly maxBytes: number;
  readonly maxFacts: number;
  /** Values of one choice fact. */
  readonly maxChoices: number;
  readonly maxSegments: number;
  /** Group constants and characteristics of one segment together. */
  readonly maxTerms: number;
}

export const SCORECARD_LIMITS: ScorecardLimits = {
  maxBytes: 4 * 1024 * 1024,
  maxFacts: 1_000,
  maxChoices: 1_000,
  maxSegments: 100,
  maxTerms: 1_000,
  maxDecimals: 12,
  maxIntegerDigits: 15,
};

/**
 * Reads a `taalil-scorecard/1` file from an untrusted source.
 *
 * Every key, name, table entry and bound is checked; nothing is guessed or defaulted.
 * @throws {ExplainError} with a code, the path inside the file, and how to mend it
 */
export function parseScorecard(bytes: Uint8Array, limits: Partial<ScorecardLimits> = {}): ScorecardModel {
  const bounds = { ...SCORECARD_LIMITS, ...limits };
  const document = parseJson(bytes, { maxBytes: bounds.maxBytes, maxDepth: 16, maxValues: 400_000 });
  return new ScorecardReader(document, bounds).model(createHash('sha256').update(bytes).digest('hex'));
}

class ScorecardReader {
  private readonly root: JsonObject;
  private readonly limits: ScorecardLimits;
  private facts: readonly FactSpec[] = [];
  private readers: ReadonlyMap<string, FactReader> = new Map();

  constructor(document: Json, limits: ScorecardLimits) {
    oneOf(anyObject(document, '').get('format'), 'format', ['taalil-scorecard/1']);
    this.root = objectOf(document, '', ['format', 'facts', 'segmentBy', 'segments', 'threshold', 'outcome']);
    this.limits = limits;
  }

  model(sha256: string): ScorecardModel {
    const declared = readFacts(this.root.get('facts'), this.limits);
    this.facts = declared;
    this.readers = readersOf(declared);
    const threshold = this.decimal(this.root.get('threshold'), 'threshold');
    const segmentBy = this.segmentFact();
    const segments = this.segments(threshold, segmentBy);
    const facts = this.usage(segments, segmentBy);
    return {
      kind: 'scorecard',
      format: 'taalil-scorecard/1',
      sha256,
      facts,
      readers: readersOf(facts),
      segmentBy: segmentBy?.name ?? null,
      segments,
      reasons: [...new Set([...segments.values()].flatMap(({ terms }) => terms.map(({ reason }) => reason)))],
      threshold,
      outcomes: readOutcomes(this.root.get('outcome')),
    };
  }

  private decimal(value: Json | undefined, path: string): Decimal {
    return decimalOf(value, path, this.limits);
  }

  private segmentFact(): FactSpec | undefined {
    if (!this.root.has('segmentBy')) return undefined;
    const fact = this.fact(this.root.get('segmentBy'), 'segmentBy');
    if (fact.type !== 'choice')
      throw new ExplainError(
        'wrong-type',
        'segmentBy',
        `needs a fact of type choice; "${fact.name}" is ${fact.type}`,
      );
    return fact;
  }

  private fact(value: Json | undefined, path: string): FactSpec {
    const name = textOf(value, path);
    const fact = this.facts.find((spec) => spec.name === name);
    if (fact === undefined)
      throw new ExplainError('unknown-fact', path, `"${name}" is not declared under "facts"`);
    return fact;
  }

  private segments(threshold: Decimal, by: FactSpec | undefined): ReadonlyMap<string, SegmentSpec> {
    const entries = anyObject(this.root.get('segments'), 'segments');
    const wanted = by?.type === 'choice' ? by.values : undefined;
    if (wanted === undefined && entries.size !== 1) {
      throw new ExplainError(
        'unreachable-segment',
        'segments',
        'without "segmentBy" there must be exactly one segment',
      );
    }
    if (entries.size > this.limits.maxSegments) {
      throw new ExplainError(
        'out-of-limits',
        'segments',
        `has ${entries.size} segments; at most ${this.limits.maxSegments} are allowed`,
      );
    }
    const segments = new Map<string, SegmentSpec>();
    for (const [name, value] of entries) {
      const path = `segments.${name}`;
      if (wanted?.includes(name) === false) {
        throw new ExplainError(
          'unreachable-segment',
          path,
          `no value of fact "${by?.name}" selects it; declare the value or drop the segment`,
        );
      }
      segments.set(name, this.segment(textOf(name, path), value, path, threshold));
    }
    for (const name of wanted ?? []) {
      if (!segments.has(name))
        throw new ExplainError(
          'missing-segment',
          'segments',
          `has no segment for "${name}" of fact "${by?.name}"; add one`,
        );
    }
    return segments;
  }

  private segment(name: string, value: Json, path: string, threshold: Decimal): SegmentSpec {
    const object = objectOf(value, path, ['constant', 'groups', 'characteristics']);
    const constant = this.decimal(object.get('constant'), child(path, 'constant'));
    const max = this.limits.maxTerms;
    const groups = object.has('groups') ? listOf(object.get('groups'), child(path, 'groups'), 0, max) : [];
    const characteristics = listOf(
      object.get('characteristics'),
      child(path, 'characteristics'),
      1,
      max - groups.length,
    );
    const terms = [
      ...groups.map((entry, index) => this.group(entry, `${path}.groups[${index}]`)),
      ...characteristics.map((entry, index) =>
        this.characteristic(entry, `${path}.characteristics[${index}]`),
      ),
    ];
    const seen = new Set<string>();
    for (const { id } of terms) {
      if (seen.has(id))
        throw new ExplainError('duplicate-id', path, `two terms have the id "${id}"; give each its own`);
      seen.add(id);
    }
    return { name, constant, terms, compiled: compileSegment(constant, threshold, terms, this.readers) };
  }

  private group(value: Json, path: string): TermSpec {
    const object = objectOf(value, path, ['reason', 'by', 'values', 'mean']);
    const fact = this.fact(object.get('by'), child(path, 'by'));
    if (fact.type !== 'choice')
      throw new ExplainError(
        'wrong-type',
        child(path, 'by'),
        `needs a fact of type choice; "${fact.name}" is ${fact.type}`,
      );
    const reason = nameOf(object.get('reason'), child(path, 'reason'));
    return {
      id: reason,
      reason,
      from: [fact.name],
      transform: {
        kind: 'choices',
        values: readChoices(object.get('values'), child(path, 'values'), fact, this.limits),
      },
      coefficient: Decimal.ONE,
      mean: this.decimal(object.get('mean'), child(path, 'mean')),
    };
  }

  private characteristic(value: Json, path: string): TermSpec {
    const object = objectOf(value, path, ['id', 'reason', 'from', 'transform', 'coefficient', 'mean']);
    const from = listOf(object.get('from'), child(path, 'from'), 1, 2).map((name, index) =>
      this.fact(name, `${path}.from[${index}]`),
    );
    return {
      id: nameOf(object.get('id'), child(path, 'id')),
      reason: nameOf(object.get('reason'), child(path, 'reason')),
      from: from.map(({ name }) => name),
      transform: readTransform(object.get('transform'), child(path, 'transform'), from, this.limits),
      coefficient: this.decimal(object.get('coefficient'), child(path, 'coefficient')),
      mean: this.decimal(object.get('mean'), child(path, 'mean')),
    };
  }

  private usage(segments: ReadonlyMap<string, SegmentSpec>, by: FactSpec | undefined): FactSpec[] {
    return this.facts.map((spec) => {
      const users = [...segments.values()].filter(
        ({ terms }) => spec === by || terms.some(({ from }) => from.includes(spec.name)),
      );
      if (users.length === 0) {
        throw new ExplainError(
          'unused-fact',
          `facts.${spec.name}`,
          'no score reads this fact; do not ask people for it: remove it',
        );
      }
      return { ...spec, segments: users.map(({ name }) => name) };
    });
  }
}

function readersOf(facts: readonly FactSpec[]): ReadonlyMap<string, FactReader> {
  return new Map(facts.map((spec, index) => [spec.name, factReader(spec, index)]));
}

function readOutcomes(value: Json | undefined): ScorecardModel['outcomes'] {
  const object = objectOf(value, 'outcome', ['atMost', 'above', 'favourable']);
  const atMost = nameOf(object.get('atMost'), 'outcome.atMost');
  const above = nameOf(object.get('above'), 'outcome.above');
  const favourable = nameOf(object.get('favourable'), 'outcome.favourable');
  if (atMost === above) throw new ExplainError('bad-outcome', 'outcome', '"atMost" and "above" must differ');
  if (favourable !== atMost && favourable !== above) {
    throw new ExplainError('bad-outcome', 'outcome.favourable', `must be "${atMost}" or "${above}"`);
  }
  return { atMost, above, favourable };
}
