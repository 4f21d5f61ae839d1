import type { Context as HttpContext } from 'hono';
import type { WebEnv } from '../access/index.ts';
import { PlatformError } from '../errors.ts';
import { langOf } from '../http.ts';
import { type FormErrors, translator } from '../web/index.ts';
import { m } from './messages.ts';

export type Staffed = HttpContext<WebEnv>;

/** What was typed, by field. */
export async function textsOf(c: Staffed): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const FIELDS = {
  archive: 'badArchive',
  instrument: 'badInstrument',
  day: 'badDay',
  months: 'badMonths',
  backupDays: 'badBackup',
  basis: 'badBasis',
  delay: 'badDelay',
} as const;

/** The fault of a form as its field shows it; undefined for any other error. */
export function fieldErrors(c: Staffed, error: unknown): FormErrors | undefined {
  if (!(error instanceof PlatformError) || error.code !== 'invalid-request') return undefined;
  const where = error.details.where ?? '';
  if (!Object.hasOwn(FIELDS, where)) return undefined;
  return { [where]: translator(m, langOf(c))(FIELDS[where as keyof typeof FIELDS]) };
}
