import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogError, type Policy, type PolicyWitness, parsePolicy, quorumMet } from '@taalil/transparency-log';
import { PlatformError } from '../../errors.ts';

/** Who runs a witness, in the languages that are known. */
export type OperatorName = Readonly<Partial<Record<'ar' | 'zgh' | 'fr' | 'en', string>>>;

/** The witnesses that an operator has agreed with, and how many of them a checkpoint needs. */
export interface WitnessSetup {
  readonly policy: Policy;
  /** By the witness's name in the policy. */
  readonly operators: ReadonlyMap<string, OperatorName>;
}

const POLICY = 'policy';
const OPERATORS = 'operators.json';

/**
 * Reads the folder of witnesses: `policy`, a C2SP tlog-policy whose witness lines carry their submission prefix as URL, and
 * `operators.json`, which says for each witness's name who runs it: `{"name": {"ar": …, "fr": …, "en": …}}`. Undefined
 * where there is no policy, or one with `quorum none`. Throws `invalid-request` with file and line.
 */
export function readWitnessSetup(folder: string): WitnessSetup | undefined {
  const file = join(folder, POLICY);
  if (!existsSync(file)) return undefined;
  const policy = read(file, () => parsePolicy(readFileSync(file)));
  if (policy.quorum.kind === 'none') return undefined;
  for (const { name, url } of policy.witnesses) {
    if (url !== undefined && !isHttp(url))
      throw wrong(file, `the address of "${name}" is no http(s) address`);
  }
  const reachable = new Set(policy.witnesses.filter(({ url }) => url !== undefined));
  if (!quorumMet(policy.quorum, reachable)) {
    throw wrong(file, 'the witnesses with an address can never make up the quorum');
  }
  const names = join(folder, OPERATORS);
  return { policy, operators: existsSync(names) ? parseOperators(names, policy.witnesses) : new Map() };
}

function parseOperators(file: string, witnesses: readonly PolicyWitness[]): Map<string, OperatorName> {
  const given = read(file, () => JSON.parse(readFileSync(file, 'utf8')) as unknown);
  const operators = new Map<string, OperatorName>();
  for (const [name, texts] of Object.entries(given ?? {})) {
    if (!witnesses.some((witness) => witness.name === name)) throw wrong(file, `the policy has no "${name}"`);
    const languages = Object.entries(texts ?? {});
    const good = languages.every(
      ([lang, text]) =>
        ['ar', 'zgh', 'fr', 'en'].includes(lang) && typeof text === 'string' && text.length <= 200,
    );
    if (languages.length === 0 || !good) throw wrong(file, `"${name}" needs texts in ar, fr, en or zgh`);
    operators.set(name, Object.fromEntries(languages) as OperatorName);
  }
  return operators;
}

function read<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof LogError || error instanceof SyntaxError) throw wrong(file, error.message);
    throw error;
  }
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function wrong(file: string, why: string): PlatformError {
  return new PlatformError('invalid-request', `The list of witnesses cannot be used: ${why}.`, {
    where: file,
    mend: 'See docs/witness.md for both files.',
  });
}
