import { parseReference } from '../ids.ts';

/** Invisible marks that a phone pastes along with a number, and every kind of blank or dash. */
const BETWEEN =
  /[\s.,·\u00ad\u061c\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2066-\u2069\u2212\ufeff\u0640_/-]/gu;

/** Arabic-Indic and Persian digits, and full-width ones, as Latin digits. */
function latinDigits(typed: string): string {
  return typed.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) =>
    String(
      (digit.charCodeAt(0) & 0xff00) === 0xff00 ? digit.charCodeAt(0) - 0xff10 : digit.charCodeAt(0) & 0xf,
    ),
  );
}

/**
 * A 12-digit code as people type or paste it: blanks, dashes and dots go, Arabic-Indic digits count, O stands for 0 and
 * I or L for 1.
 *
 * @returns the 12 digits, or undefined when what remains is not exactly that.
 */
export function readCode(typed: string): string | undefined {
  const digits = latinDigits(typed.slice(0, 80))
    .replace(BETWEEN, '')
    .replace(/[oO]/g, '0')
    .replace(/[iIlL]/g, '1');
  return /^[0-9]{12}$/.test(digits) ? digits : undefined;
}

/** A reference as people type or paste it, as `XXXXX-XXXXX`; undefined when it is none. */
export function readReference(typed: string): string | undefined {
  return parseReference(latinDigits(typed.slice(0, 80)).replace(BETWEEN, ''));
}
