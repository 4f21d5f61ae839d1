import { ExplainError } from '../error.ts';

/** The languages in which reasons are told. */
export const REASON_LANGS = ['ar', 'zgh', 'fr', 'en'] as const;
export type ReasonLang = (typeof REASON_LANGS)[number];

/** A text in the languages that its author wrote it in. */
export type ReasonText = Readonly<Partial<Record<ReasonLang, string>>>;

/** How the recorded value behind a reason is told. */
export type ReasonValue =
  /** `unit` follows the number; a text with braces is an ICU message of `{value}`: `{value, plural, one {# room} other {# rooms}}`. */
  | {
      readonly kind: 'number';
      readonly feature: string;
      readonly decimals?: number;
      readonly unit?: ReasonText;
    }
  | { readonly kind: 'boolean'; readonly feature: string }
  /** A code and the words for it: `{"1": {"fr": "ville"}}`. */
  | {
      readonly kind: 'choice';
      readonly feature: string;
      readonly words: Readonly<Record<string, ReasonText>>;
    }
  /** Of several 0/1 features the one that is 1, by feature; `otherwise` when none is. */
  | {
      readonly kind: 'one-hot';
      readonly words: Readonly<Record<string, ReasonText>>;
      readonly otherwise?: ReasonText;
    };

/** One reason as people are told it: a feature, or several that say one thing (one-hot columns, a value and its square). */
export interface ReasonTopic {
  readonly id: string;
  readonly label: ReasonText;
  /** Their contributions are added up. */
  readonly features: readonly string[];
  readonly value?: ReasonValue;
}

/**
 * Checks that topics cover the features of a model: each feature in exactly one topic, values of features of their own topic.
 * @throws {ExplainError} `bad-question` with the topic's id
 */
export function checkTopics(topics: readonly ReasonTopic[], features: readonly string[]): void {
  const owner = new Map<string, string>();
  const ids = new Set<string>();
  for (const { id, label, features: own, value } of topics) {
    if (ids.has(id)) refuse(id, 'is there twice');
    ids.add(id);
    if (!REASON_LANGS.some((lang) => label[lang] !== undefined)) refuse(id, 'has no label in any language');
    for (const feature of own) {
      if (!features.includes(feature))
        refuse(id, `names "${feature.slice(0, 60)}", which the model does not have`);
      if (owner.has(feature)) refuse(id, `names "${feature}", which belongs to "${owner.get(feature)}"`);
      owner.set(feature, id);
    }
    const told =
      value === undefined ? [] : value.kind === 'one-hot' ? Object.keys(value.words) : [value.feature];
    const strange = told.find((feature) => !own.includes(feature));
    if (strange !== undefined)
      refuse(id, `tells the value of "${strange.slice(0, 60)}", which is not among its features`);
  }
  const left = features.find((feature) => !owner.has(feature));
  if (left !== undefined) refuse(left, 'belongs to no topic, so its part in the answer could not be told');
}

function refuse(path: string, what: string): never {
  throw new ExplainError('bad-question', path.slice(0, 60), what);
}
