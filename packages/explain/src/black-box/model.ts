import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { parseFloatJson } from '../files/json.ts';
import { Field } from '../formats/document.ts';
import type { ModelFileLimits } from '../formats/limits.ts';

/** A model that nobody may see into: only its answers to rows, over HTTP. What is said of it is always approximate. */
export interface BlackBoxModel {
  readonly kind: 'black-box';
  readonly format: 'taalil-http/1';
  /** SHA-256 of the description, not of the model behind it: that one cannot be pinned. */
  readonly sha256: string;
  readonly url: string;
  readonly features: readonly string[];
  readonly named: true;
  readonly outputs: number;
  /** Most rows of one request. */
  readonly batch: number;
}

/**
 * Reads `taalil-http/1`: `{"format", "url", "features": [names], "outputs"?: 1, "batch"?: 256}`. Reading asks nothing: who
 * may be asked is said when it is asked.
 * @throws {ExplainError} with the path inside the file
 */
export function parseBlackBox(bytes: Uint8Array, limits: ModelFileLimits): BlackBoxModel {
  const root = new Field(
    parseFloatJson(bytes, { maxBytes: 1024 * 1024, maxDepth: 4, maxValues: 110_000 }),
    '',
  );
  const format = root.get('format').text();
  if (format !== 'taalil-http/1')
    throw new ExplainError('unknown-format', 'format', `"${format}" is not read; expected "taalil-http/1"`);
  const features = root.get('features').texts();
  if (features.length === 0 || features.length > limits.maxFeatures)
    throw new ExplainError('out-of-limits', 'features', `must name 1 to ${limits.maxFeatures} features`);
  if (new Set(features).size < features.length)
    throw new ExplainError('duplicate-id', 'features', 'names a feature twice');
  const optional = (key: string, otherwise: number, most: number) =>
    root.get(key).exists() ? root.get(key).count(most) : otherwise;
  return {
    kind: 'black-box',
    format,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    url: addressOf(root.get('url')),
    features,
    named: true,
    outputs: Math.max(1, optional('outputs', 1, Math.min(100, limits.maxOutputs))),
    batch: Math.max(1, optional('batch', 256, 10_000)),
  };
}

/** An address without anything in it that logs or histories could keep: no user, no query, no fragment. */
function addressOf(field: Field): string {
  const text = field.text();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new ExplainError('bad-name', field.path, 'is not an http or https address');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new ExplainError(
      'bad-name',
      field.path,
      'must have no user, password, query or fragment; credentials go into headers when the model is asked',
    );
  return url.href;
}
