import { ExplainError } from '../error.ts';
import type { Json } from '../files/json.ts';
import { anyObject, child, decimalOf, integerOf, listOf, nameOf, objectOf, oneOf, textOf } from './fields.ts';
import type { FactSpec } from './model.ts';
import type { ScorecardLimits } from './parse.ts';

/** Reads the `facts` of a scorecard file; `segments` stays empty until the segments are read. */
export function readFacts(value: Json | undefined, limits: ScorecardLimits): FactSpec[] {
  const entries = anyObject(value, 'facts');
  if (entries.size === 0 || entries.size > limits.maxFacts) {
    throw new ExplainError(
      'out-of-limits',
      'facts',
      `declares ${entries.size} facts; between 1 and ${limits.maxFacts} are allowed`,
    );
  }
  return [...entries].map(([name, spec]) =>
    readFact(nameOf(name, child('facts', name)), spec, child('facts', name), limits),
  );
}

function readFact(name: string, value: Json, path: string, limits: ScorecardLimits): FactSpec {
  const type = oneOf(anyObject(value, path).get('type'), child(path, 'type'), [
    'boolean',
    'choice',
    'integer',
    'decimal',
  ]);
  const common = { name, segments: [] };
  switch (type) {
    case 'boolean':
      objectOf(value, path, ['type']);
      return { ...common, type };
    case 'choice':
      return {
        ...common,
        type,
        values: readValues(
          objectOf(value, path, ['type', 'values']).get('values'),
          child(path, 'values'),
          limits,
        ),
      };
    case 'integer':
      return { ...common, type, ...readBounds(value, path, ['type', 'min', 'max'], 0, limits) };
    case 'decimal': {
      const keys = ['type', 'decimals', 'min', 'max'];
      const decimals = integerOf(objectOf(value, path, keys).get('decimals'), child(path, 'decimals'), 1, 6);
      return { ...common, type, decimals, ...readBounds(value, path, keys, decimals, limits) };
    }
  }
}

function readValues(value: Json | undefined, path: string, limits: ScorecardLimits): string[] {
  const values = listOf(value, path, 2, limits.maxChoices).map((entry, index) =>
    textOf(entry, `${path}[${index}]`),
  );
  const twice = values.find((entry, index) => values.indexOf(entry) !== index);
  if (twice !== undefined) throw new ExplainError('duplicate-id', path, `lists "${twice}" twice`);
  return values;
}

function readBounds(
  value: Json,
  path: string,
  keys: readonly string[],
  decimals: number,
  limits: ScorecardLimits,
) {
  const object = objectOf(value, path, keys);
  const bound = (key: 'min' | 'max') => {
    const decimal = decimalOf(object.get(key), child(path, key), limits);
    if (decimal.scale > decimals)
      throw new ExplainError('bad-decimal', child(path, key), `has more than ${decimals} decimals`);
    return decimal;
  };
  const [min, max] = [bound('min'), bound('max')];
  if (min.compare(max) > 0) throw new ExplainError('out-of-limits', path, '"min" is above "max"');
  return { min: min.toString(), max: max.toString() };
}
