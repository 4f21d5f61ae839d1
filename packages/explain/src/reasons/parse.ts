import { ExplainError } from '../error.ts';
import { parseFloatJson } from '../files/json.ts';
import { Field } from '../formats/document.ts';
import { formatted } from './icu.ts';
import { REASON_LANGS, type ReasonText, type ReasonTopic, type ReasonValue } from './topics.ts';

/** How the answers of a model are told: what is better for the person, and the words for its features. */
export interface ReasonWords {
  readonly favourable: 'up' | 'down';
  /** The output whose contributions are told; 0 by default. */
  readonly output: number;
  readonly topics: readonly ReasonTopic[];
}

const MOST = { topics: 1_000, words: 1_000, text: 600 };

/**
 * Reads `taalil-reasons/1` from an untrusted source: `{"format", "favourable": "up"|"down", "output"?, "topics": [{"id",
 * "label", "features", "value"?}]}`; see docs/reasons-format.md.
 * @throws {ExplainError} with the path inside the file
 */
export function parseReasonWords(bytes: Uint8Array): ReasonWords {
  const root = new Field(
    parseFloatJson(bytes, { maxBytes: 1024 * 1024, maxDepth: 8, maxValues: 100_000 }),
    '',
  );
  const format = root.get('format').text();
  if (format !== 'taalil-reasons/1')
    throw new ExplainError(
      'unknown-format',
      'format',
      `"${format}" is not read; expected "taalil-reasons/1"`,
    );
  const favourable = root.get('favourable').text();
  if (favourable !== 'up' && favourable !== 'down')
    throw new ExplainError('wrong-type', 'favourable', 'is neither "up" nor "down"');
  const topics = root.get('topics').items();
  if (topics.length > MOST.topics)
    throw new ExplainError('out-of-limits', 'topics', `has more than ${MOST.topics} entries`);
  return {
    favourable,
    output: root.get('output').exists() ? root.get('output').count(10_000) : 0,
    topics: topics.map((topic) => ({
      id: topic.get('id').text(),
      label: textOf(topic.get('label')),
      features: topic.get('features').texts(),
      ...(topic.get('value').exists() ? { value: told(topic.get('value')) } : {}),
    })),
  };
}

function told(field: Field): ReasonValue {
  const kind = field.get('kind').text();
  const feature = () => field.get('feature').text();
  switch (kind) {
    case 'boolean':
      return { kind, feature: feature() };
    case 'choice':
      return { kind, feature: feature(), words: wordsOf(field.get('words')) };
    case 'one-hot': {
      const otherwise = field.get('otherwise');
      return {
        kind,
        words: wordsOf(field.get('words')),
        ...(otherwise.exists() ? { otherwise: textOf(otherwise) } : {}),
      };
    }
    case 'number': {
      const [unit, decimals] = [field.get('unit'), field.get('decimals')];
      return {
        kind,
        feature: feature(),
        ...(decimals.exists() ? { decimals: decimals.count(12) } : {}),
        ...(unit.exists() ? { unit: unitOf(unit) } : {}),
      };
    }
    default:
      throw new ExplainError('wrong-type', `${field.path}.kind`, 'is not number, boolean, choice or one-hot');
  }
}

/** A unit may be an ICU message of `{value}`; it is tried out once. */
function unitOf(field: Field): ReasonText {
  const unit = textOf(field);
  for (const lang of REASON_LANGS) {
    const text = unit[lang];
    if (text?.includes('{')) formatted(text, lang, { value: 2 });
  }
  return unit;
}

function wordsOf(field: Field): Record<string, ReasonText> {
  const keys = [...field.object().keys()];
  if (keys.length > MOST.words)
    throw new ExplainError('out-of-limits', field.path, `has more than ${MOST.words} entries`);
  return Object.fromEntries(keys.map((key) => [key, textOf(field.get(key))]));
}

function textOf(field: Field): ReasonText {
  const keys = [...field.object().keys()];
  const strange = keys.find((key) => !REASON_LANGS.some((lang) => lang === key));
  if (strange !== undefined)
    throw new ExplainError(
      'unknown-key',
      `${field.path}.${strange}`,
      `is not one of ${REASON_LANGS.join(', ')}`,
    );
  if (keys.length === 0) throw new ExplainError('missing-key', field.path, 'has no text in any language');
  return Object.fromEntries(
    keys.map((key) => {
      const text = field.get(key).text();
      if (
        text.length === 0 ||
        text.length > MOST.text ||
        !text.isWellFormed() ||
        /[\p{Cc}\p{Bidi_Control}]/u.test(text)
      )
        throw new ExplainError(
          'wrong-type',
          `${field.path}.${key}`,
          `is empty, longer than ${MOST.text} characters or not plain text`,
        );
      return [key, text];
    }),
  );
}
