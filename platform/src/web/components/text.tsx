import type { Child } from 'hono/jsx';
import {
  type DateStyle,
  type DecimalOptions,
  durationLang,
  formatDate,
  formatDecimal,
  formatDuration,
  formatInteger,
  formatPercent,
  groupCode,
  isoOf,
  type When,
} from '../format.ts';
import { LANGUAGES, type LocalText, localText } from '../languages.ts';
import { webMessages } from '../messages-web.ts';
import { useSite, useT } from '../site.ts';

/** A date or an instant in Moroccan time, machine-readable too. */
export function DateText({ value, style = 'long' }: { value: When; style?: DateStyle }) {
  return <time datetime={isoOf(value)}>{formatDate(useSite().lang, value, style)}</time>;
}

/** An exact decimal given as a string; never a float. */
export function Decimal({ value, ...options }: { value: string } & DecimalOptions) {
  return <span class="ta-num">{formatDecimal(useSite().lang, value, options)}</span>;
}

/** A whole number with the language's grouping. */
export function Integer({ value }: { value: number | bigint | string }) {
  return <span class="ta-num">{formatInteger(useSite().lang, value)}</span>;
}

/** A share (`0.25`) as a percentage. */
export function Percent({ share, digits = 0 }: { share: string; digits?: number }) {
  return <span class="ta-num">{formatPercent(useSite().lang, share, digits)}</span>;
}

/** A duration in words: ISO 8601 (`P15D`) or `Temporal.Duration`. */
export function Duration({ value }: { value: Temporal.Duration | string }) {
  const { lang } = useSite();
  const text = formatDuration(lang, value);
  return lang === 'zgh' ? <span lang={LANGUAGES[durationLang(lang)].tag}>{text}</span> : text;
}

/** A 12-digit code in groups of four, always left to right. */
export function CodeText({ value }: { value: string }) {
  return (
    <span class="ta-code" dir="ltr">
      {groupCode(value)}
    </span>
  );
}

/** A reference, hash, URL or other machine text: left to right, may break anywhere. */
export function Machine({ children }: { children: Child }) {
  return (
    <code class="ta-machine" dir="ltr">
      {children}
    </code>
  );
}

export interface PersonNameProps {
  /** As on the identity card, in Latin letters. */
  readonly latin?: string | undefined;
  /** As on the identity card, in Arabic letters. */
  readonly arabic?: string | undefined;
  /** Where only one form is known, whatever its script. */
  readonly children?: Child;
}

/** A person's name as on the identity card, the page's script first; never translated nor transliterated. */
export function PersonName({ latin, arabic, children }: PersonNameProps) {
  const { lang } = useSite();
  const forms = LANGUAGES[lang].page === 'rtl' ? [arabic, latin] : [latin, arabic];
  const known: Child[] = [children, ...forms].filter(Boolean);
  return (
    <bdi class="ta-name">
      {known.map((form, index) => (
        <>
          {index > 0 && ' · '}
          <bdi>{form}</bdi>
        </>
      ))}
    </bdi>
  );
}

/**
 * A text that an agency wrote, in the reader's language when there is one, else in another one, marked as such.
 *
 * @param mark say in words that the text exists in that other language only (default true).
 */
export function AgencyText({ text, mark = true }: { text: LocalText; mark?: boolean }) {
  const { lang } = useSite();
  const t = useT(webMessages);
  const found = localText(text, lang);
  if (!found) return <em class="ta-missing">{t('noText')}</em>;
  if (found.lang === lang) return <>{found.text}</>;
  return (
    <>
      <span lang={LANGUAGES[found.lang].tag} dir={LANGUAGES[found.lang].script}>
        {found.text}
      </span>
      {mark && <small class="ta-only">{t('onlyIn', { language: found.lang })}</small>}
    </>
  );
}
