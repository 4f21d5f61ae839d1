import { type Child, Fragment, isValidElement, type JSXNode, jsx } from 'hono/jsx';
import type { IntlMessageFormat } from 'intl-messageformat';
import { WebError } from './error.ts';
import type { When } from './format.ts';
import { argumentsOf, parseMessage } from './icu.ts';
import { LANGUAGES, type Lang } from './languages.ts';
import { isAttested } from './tamazight.ts';

/** A Tamazight text built from attested terms, awaiting review by a native speaker. */
export interface Draft {
  readonly kind: 'draft';
  readonly text: string;
}

/** No Tamazight text exists: the page shows the Arabic one, marked as Arabic. */
export interface ToBeCommissioned {
  readonly kind: 'to-be-commissioned';
}

/** One message: ICU MessageFormat in each language. */
export interface Message {
  readonly en: string;
  readonly fr: string;
  readonly ar: string;
  readonly zgh: Draft | ToBeCommissioned;
}

export interface Catalogue<K extends string = string> {
  readonly kind: 'catalogue';
  readonly messages: Readonly<Record<K, Message>>;
}

/** @throws WebError `not-attested` when the text has a Tifinagh word outside `tamazight.ts`. */
export function draft(text: string): Draft {
  if (isAttested(text)) return Object.freeze({ kind: 'draft', text });
  throw new WebError(
    'not-attested',
    `"${text}" is not made of attested terms (web/tamazight.ts): use toBeCommissioned`,
  );
}

export const toBeCommissioned: ToBeCommissioned = Object.freeze({ kind: 'to-be-commissioned' });

/** A room's messages, frozen; the keys are types. Call it in a file named `messages*.ts` and export the result. */
export function defineMessages<const K extends string>(messages: Record<K, Message>): Catalogue<K> {
  for (const key of Object.keys(messages) as K[]) Object.freeze(messages[key]);
  return Object.freeze({ kind: 'catalogue', messages: Object.freeze(messages) });
}

export function isCatalogue(value: unknown): value is Catalogue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'catalogue';
}

/** The text a message shows to readers of `lang`, and the language that text is really in. */
export function sourceOf(message: Message, lang: Lang): { readonly lang: Lang; readonly text: string } {
  if (lang !== 'zgh') return { lang, text: message[lang] };
  const { zgh } = message;
  return zgh.kind === 'draft' ? { lang, text: zgh.text } : { lang: 'ar', text: message.ar };
}

/** `{name}` takes text, `{n, number}` and `{n, plural, …}` a number, `{d, date, long}` a date. */
export type PlainValue = string | number | bigint | When;
/** Renders what a tag such as `<b>…</b>` in the message encloses. */
export type TagRenderer = (chunks: Child) => Child;
export type Value = PlainValue | JSXNode | Promise<string> | TagRenderer;

/**
 * Says the messages of one catalogue in one language.
 *
 * Every form throws WebError `missing-message` for an unknown key, `missing-argument` when the message asks for an
 * argument that is absent, null or undefined, `bad-argument` when one has the wrong form.
 */
export interface Translator<K extends string = string> {
  /** A node for page content. In zgh it carries its own `lang`, so assistive technology reads it rightly. */
  (key: K, values?: Readonly<Record<string, Value>>): JSXNode;
  /** A plain string for attributes, `<title>` and letters; a tag gives what it encloses. */
  text(key: K, values?: Readonly<Record<string, PlainValue>>): string;
  /** The language `key` is really in: in zgh often Arabic. */
  lang(key: K): Lang;
  has(key: string): key is K;
}

const translators = new WeakMap<Catalogue, Map<Lang, Translator>>();

/** The translator of a catalogue in a language. In a component use `useT`, which knows the page's language. */
export function translator<K extends string>(catalogue: Catalogue<K>, lang: Lang): Translator<K> {
  const byLang = translators.get(catalogue) ?? new Map<Lang, Translator>();
  translators.set(catalogue, byLang);
  const known = byLang.get(lang) ?? makeTranslator(catalogue, lang);
  byLang.set(lang, known);
  return known as unknown as Translator<K>;
}

function makeTranslator(catalogue: Catalogue, lang: Lang): Translator {
  const source = (key: string) => {
    const message = Object.hasOwn(catalogue.messages, key) ? catalogue.messages[key] : undefined;
    if (message) return sourceOf(message, lang);
    throw new WebError('missing-message', `No message "${key}": add it to the room's messages file`);
  };
  const say = (key: string, values: Readonly<Record<string, Value>> = {}): JSXNode => {
    const { lang: real, text } = source(key);
    const parts = format(key, parseMessage(real, text), values);
    if (lang !== 'zgh') return jsx(Fragment, {}, ...parts);
    return jsx('span', { lang: LANGUAGES[real].tag, dir: LANGUAGES[real].script }, ...parts);
  };
  const text = (key: string, values: Readonly<Record<string, PlainValue>> = {}): string => {
    const { lang: real, text: icu } = source(key);
    const message = parseMessage(real, icu);
    const plain: Record<string, Value> = { ...values };
    for (const { kind, name } of argumentsOf(message)) if (kind === 'tag') plain[name] = (chunks) => chunks;
    return format(key, message, plain)
      .map((part) => plainPart(key, part))
      .join('');
  };
  return Object.assign(say, {
    text,
    lang: (key: string) => source(key).lang,
    has: (key: string): key is string => Object.hasOwn(catalogue.messages, key),
  });
}

function format(key: string, message: IntlMessageFormat, values: Readonly<Record<string, Value>>): Child[] {
  const usable: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) {
      throw new WebError('missing-argument', `Message "${key}": the argument "${name}" is ${String(value)}`);
    }
    usable[name] = typeof value === 'function' ? (chunks: Child[]) => [value(chunks)] : value;
  }
  try {
    const result: Child = message.format(usable as Record<string, string>);
    return (Array.isArray(result) ? result : [result]).map((part) => pagePart(key, part));
  } catch (cause) {
    if (cause instanceof WebError) throw cause;
    throw new WebError('missing-argument', `Message "${key}": ${(cause as Error).message}`, { cause });
  }
}

/** Nothing but text and page nodes reaches a page; a date in a plain `{name}` would print its machine form. */
function pagePart(key: string, part: Child): Child {
  if (typeof part !== 'object' || part === null || isValidElement(part) || part instanceof Promise)
    return part;
  if (Array.isArray(part)) return part.map((inner) => pagePart(key, inner));
  if ((part as { isEscaped?: boolean }).isEscaped) return part;
  throw new WebError(
    'bad-argument',
    `Message "${key}": ${String(part)} needs a format, e.g. {d, date, long}`,
  );
}

function plainPart(key: string, part: Child): string {
  if (typeof part === 'string') return part;
  if (Array.isArray(part)) return part.map((inner) => plainPart(key, inner)).join('');
  throw new WebError('bad-argument', `Message "${key}": t.text takes plain values, not page nodes`);
}
