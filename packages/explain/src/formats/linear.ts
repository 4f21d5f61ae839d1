import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { parseFloatJson } from '../files/json.ts';
import { Field } from './document.ts';
import type { ModelFileLimits } from './limits.ts';
import type { Link } from './link.ts';
import { readLink } from './sklearn.ts';
import { featureNames } from './trees-model.ts';

/** A linear or logistic model: margin = intercept + Σ coefficient × value, per output. */
export interface LinearModel {
  readonly kind: 'linear';
  readonly format: 'taalil-linear/1' | 'onnx';
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly features: readonly string[];
  /** Whether the file names its features: then columns are matched by name, else by position. */
  readonly named: boolean;
  readonly outputs: number;
  /** outputs × features */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  /** Mean of every feature, what contributions are measured against; null when the file does not give it. */
  readonly means: Float64Array | null;
  readonly link: Link;
  readonly objective: string;
}

/**
 * Reads `taalil-linear/1`: `{"format", "estimator", "features": n, "names"?: [...], "outputs": k, "coefficients": [[n] × k],
 * "intercepts": [k], "means"?: [n], "link": "identity"|"logistic"|"softmax"|"exp"}`.
 * @throws {ExplainError} with the path inside the file
 */
export function parseLinear(bytes: Uint8Array, limits: ModelFileLimits): LinearModel {
  const root = new Field(
    parseFloatJson(bytes, { maxBytes: limits.maxBytes, maxDepth: 8, maxValues: 1_000_000 }),
    '',
  );
  const format = root.get('format').text();
  if (format !== 'taalil-linear/1')
    throw new ExplainError('unknown-format', 'format', `"${format}" is not read; expected "taalil-linear/1"`);
  const columns = root.get('features').count(limits.maxFeatures);
  const outputs = root.get('outputs').count(limits.maxOutputs);
  const lists = root.get('coefficients').items();
  if (outputs === 0 || lists.length !== outputs) {
    throw new ExplainError('wrong-type', 'coefficients', `has ${lists.length} lists for ${outputs} outputs`);
  }
  return {
    kind: 'linear',
    format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...featureNames(root.get('names').exists() ? root.get('names').texts() : [], columns),
    outputs,
    coefficients: Float64Array.from(lists.flatMap((list) => [...finite(list, columns)])),
    intercepts: finite(root.get('intercepts'), outputs),
    means: root.get('means').exists() ? finite(root.get('means'), columns) : null,
    link: readLink(root.get('link')),
    objective: root.get('estimator').text(),
  };
}

function finite(field: Field, length: number): Float64Array {
  const numbers = field.numbers(length);
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0) throw new ExplainError('wrong-type', `${field.path}[${bad}]`, 'is not finite');
  return numbers;
}
