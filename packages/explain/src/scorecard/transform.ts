import { ExplainError } from '../error.ts';
import type { DecimalLimits } from '../exact/decimal.ts';
import { Decimal } from '../exact/decimal.ts';
import type { Json } from '../files/json.ts';
import { anyObject, child, decimalOf, integerOf, listOf, objectOf, oneOf, textOf } from './fields.ts';
import type { Band, FactSpec, Transform } from './model.ts';

const KINDS = [
  'identity',
  'boolean',
  'equals',
  'choices',
  'share',
  'square',
  'atLeast',
  'atMost',
  'bands',
] as const;
const MAX_NESTING = 3;

/**
 * Reads the `transform` of a characteristic and checks that it fits the facts it reads.
 * @throws {ExplainError} with the path inside the file
 */
export function readTransform(
  value: Json | undefined,
  path: string,
  facts: readonly FactSpec[],
  limits: DecimalLimits,
): Transform {
  return read(value, path, { facts, limits }, 0);
}

interface Context {
  readonly facts: readonly FactSpec[];
  readonly limits: DecimalLimits;
}

function read(value: Json | undefined, path: string, context: Context, depth: number): Transform {
  if (depth > MAX_NESTING) bad(path, `transforms may be nested ${MAX_NESTING} deep`);
  const kind = oneOf(anyObject(value, path).get('kind'), child(path, 'kind'), KINDS);
  const field = (keys: readonly string[]) => objectOf(value, path, ['kind', ...keys]);
  const inner = () => {
    const of = anyObject(value, path).get('of');
    return of === undefined ? identity(path, context) : read(of, child(path, 'of'), context, depth + 1);
  };
  switch (kind) {
    case 'identity':
      field([]);
      return identity(path, context);
    case 'boolean':
      field([]);
      onlyFact(path, context, ['boolean']);
      return { kind };
    case 'equals': {
      const choice = textOf(field(['value']).get('value'), child(path, 'value'));
      known(choice, child(path, 'value'), onlyFact(path, context, ['choice']));
      return { kind, value: choice };
    }
    case 'choices':
      return {
        kind,
        values: readChoices(
          field(['values']).get('values'),
          child(path, 'values'),
          onlyFact(path, context, ['choice']),
          context.limits,
        ),
      };
    case 'share':
      return readShare(value, path, context);
    case 'square':
      field(['of']);
      return { kind, of: inner() };
    case 'atLeast':
    case 'atMost':
      return {
        kind,
        value: decimalOf(field(['value', 'of']).get('value'), child(path, 'value'), context.limits),
        of: inner(),
      };
    case 'bands':
      return {
        kind,
        bands: readBands(field(['bands', 'of']).get('bands'), child(path, 'bands'), context.limits),
        of: inner(),
      };
  }
}

function identity(path: string, context: Context): Transform {
  onlyFact(path, context, ['integer', 'decimal']);
  return { kind: 'identity' };
}

function onlyFact(path: string, { facts }: Context, types: readonly FactSpec['type'][]): FactSpec {
  const [fact] = facts;
  if (facts.length !== 1 || fact === undefined) bad(path, 'this transform reads exactly one fact in "from"');
  if (!types.includes(fact.type))
    bad(path, `this transform needs a fact of type ${types.join(' or ')}; "${fact.name}" is ${fact.type}`);
  return fact;
}

function readShare(value: Json | undefined, path: string, { facts, limits }: Context): Transform {
  const object = objectOf(value, path, ['kind', 'decimals', 'whenZero']);
  const [part, whole] = facts;
  if (facts.length !== 2 || part === undefined || whole === undefined)
    bad(path, 'a share reads two facts in "from": the part, then the whole');
  for (const fact of [part, whole]) {
    if (fact.type !== 'integer' && fact.type !== 'decimal')
      bad(path, `a share needs numbers; "${fact.name}" is ${fact.type}`);
  }
  if (!('min' in whole) || Decimal.parse(whole.min).compare(Decimal.ZERO) < 0) {
    bad(path, `the whole of a share must not be negative: give "${whole.name}" a min of 0 or more`);
  }
  return {
    kind: 'share',
    decimals: integerOf(object.get('decimals'), child(path, 'decimals'), 0, limits.maxDecimals),
    whenZero: decimalOf(object.get('whenZero'), child(path, 'whenZero'), limits),
  };
}

/** A table that gives every value of a choice fact a decimal. */
export function readChoices(
  value: Json | undefined,
  path: string,
  fact: FactSpec,
  limits: DecimalLimits,
): ReadonlyMap<string, Decimal> {
  const table = new Map<string, Decimal>();
  for (const [choice, worth] of anyObject(value, path)) {
    known(choice, child(path, choice), fact);
    table.set(choice, decimalOf(worth, child(path, choice), limits));
  }
  for (const choice of fact.type === 'choice' ? fact.values : []) {
    if (!table.has(choice))
      throw new ExplainError(
        'missing-value',
        path,
        `has no entry for "${choice}" of fact "${fact.name}"; add one`,
      );
  }
  return table;
}

function known(choice: string, path: string, fact: FactSpec): void {
  if (fact.type !== 'choice' || !fact.values.includes(choice)) {
    throw new ExplainError(
      'missing-value',
      path,
      `"${choice}" is not a declared value of fact "${fact.name}"`,
    );
  }
}

function readBands(value: Json | undefined, path: string, limits: DecimalLimits): readonly Band[] {
  const list = listOf(value, path, 1, 200);
  return list.map((entry, index) => {
    const at = `${path}[${index}]`;
    const object = objectOf(entry, at, ['upTo', 'value']);
    const last = index === list.length - 1;
    if (last && object.has('upTo')) bad(at, 'the last band takes everything above and has no "upTo"');
    const upTo = last ? null : decimalOf(object.get('upTo'), child(at, 'upTo'), limits);
    const before = index === 0 ? undefined : anyObject(list[index - 1], path).get('upTo');
    if (upTo !== null && before !== undefined && decimalOf(before, at, limits).compare(upTo) >= 0)
      bad(at, '"upTo" must rise from band to band');
    return { upTo, value: decimalOf(object.get('value'), child(at, 'value'), limits) };
  });
}

function bad(path: string, message: string): never {
  throw new ExplainError('bad-transform', path, message);
}
