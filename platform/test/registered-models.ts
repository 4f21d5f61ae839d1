import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyModel, readModelFile } from '@taalil/explain';
import type { z } from 'zod';
import type { Facts } from '../src/register/inputs.ts';
import { systemRecord } from '../src/register/record.ts';
import { type Random, seeded } from '../worlds/random.ts';
import { RECORD } from '../worlds/soutien-menages/record.ts';

const FIXTURES = join(import.meta.dirname, '../../packages/explain/test/fixtures');

export type RecordInput = z.input<typeof systemRecord>;
type Use = NonNullable<RecordInput['model']>;

export interface FileOfSomeKind {
  readonly bytes: Uint8Array;
  readonly record: RecordInput;
  readonly cases: readonly Facts[];
}

const words = (text: string) => ({ fr: text, ar: text, en: text });

/** The columns of a model of numbers: their names, and for trees where their values matter. */
function columnsOf(model: AnyModel): { name: string; edges: readonly number[] }[] {
  if (model.kind === 'trees')
    return model.features.map((name, i) => ({ name, edges: [...(model.forest.edges[i] ?? [])] }));
  if (model.kind === 'linear') return model.features.map((name) => ({ name, edges: [] }));
  throw new Error('not a model of numbers');
}

/**
 * A record for a model file of numbers: a decimal fact for each column, ranges around the values at which its trees
 * split, two columns a reason; and seeded cases around those values.
 */
export function recordFor(
  fixture: string,
  outcome: Use['outcome'],
  {
    cases = 40,
    background = false,
    spread = 3,
  }: { cases?: number; background?: boolean; spread?: number } = {},
): FileOfSomeKind {
  const bytes = readFileSync(join(FIXTURES, fixture));
  const columns = columnsOf(readModelFile(bytes));
  const random = seeded(fixture);
  const ranges = columns.map(({ edges }) => {
    const finite = edges.filter((edge) => Math.abs(edge) < 1e9);
    const low = finite.length === 0 ? -spread : Math.min(...finite);
    const high = finite.length === 0 ? spread : Math.max(...finite);
    const margin = Math.max(1, high - low) / 2;
    return { low: Math.floor(low - margin), high: Math.ceil(high + margin) };
  });
  const draw = (r: Random) =>
    Object.fromEntries(
      ranges.map(({ low, high }, i) => [`x${i}`, (low + r.next() * (high - low)).toFixed(3)] as const),
    );
  const use: Use = {
    outcome,
    features: columns.map(({ name }, i) => ({ feature: name, input: `x${i}`, reason: `r${i >> 1}` })),
    ...(background ? { background: Array.from({ length: 12 }, () => draw(random)) } : {}),
  };
  return {
    bytes,
    record: {
      ...RECORD,
      inputs: ranges.map(({ low, high }, i) => ({
        name: `x${i}`,
        type: 'decimal' as const,
        decimals: 3,
        minimum: low,
        maximum: high,
        topic: 'registry' as const,
        correctable: true,
        label: words(`fait ${i}`),
      })),
      reasons: Array.from({ length: (columns.length + 1) >> 1 }, (_, i) => ({
        id: `r${i}`,
        label: words(`motif ${i}`),
      })),
      model: use,
    },
    cases: Array.from({ length: cases }, () => draw(random)),
  };
}

/** One file of every format of numbers, each with a rule under which both outcomes occur. */
export const FILES_OF_NUMBERS: Readonly<Record<string, () => FileOfSomeKind>> = {
  'XGBoost JSON, a probability': () =>
    recordFor('xgboost/binary-depth6.model', { by: 'probability', threshold: '0.4', above: 'favourable' }),
  'XGBoost JSON, classes': () =>
    recordFor('xgboost/multiclass-wine.model', {
      by: 'class',
      classes: [
        { name: 'first', effect: 'favourable' },
        { name: 'second', effect: 'adverse' },
        { name: 'third', effect: 'adverse' },
      ],
    }),
  'XGBoost UBJSON, a margin': () =>
    recordFor('xgboost/dart.ubj', { by: 'margin', threshold: '0.1', above: 'adverse' }),
  'LightGBM text': () =>
    recordFor('lightgbm/lg_breast_cancer.txt', { by: 'probability', threshold: '0.5', above: 'adverse' }),
  'ONNX trees': () =>
    recordFor(
      'onnx/binary-logistic.onnx',
      { by: 'probability', threshold: '0.5', above: 'adverse' },
      { background: true },
    ),
  'ONNX linear': () =>
    recordFor(
      'onnx/linear-regressor.onnx',
      { by: 'margin', threshold: '0.5', above: 'adverse' },
      { background: true },
    ),
  'scikit-learn boosting': () =>
    recordFor('sklearn/boosting.model', { by: 'probability', threshold: '0.5', above: 'adverse' }),
  'scikit-learn logistic': () =>
    recordFor(
      'sklearn/logistic.model',
      { by: 'probability', threshold: '0.5', above: 'adverse' },
      { background: true },
    ),
};

export const parsedRecord = (record: RecordInput) => systemRecord.parse(record);
