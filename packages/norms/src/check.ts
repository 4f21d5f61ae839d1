import { join } from 'node:path';
import type { CaseResult } from './cases/case.ts';
import { conformance, type Gap, type Share, shares } from './cases/coverage.ts';
import { readCases } from './cases/read.ts';
import { runCases } from './cases/run.ts';
import { NormError, type Problem } from './error.ts';
import { bundledPack, readFolder } from './load.ts';
import type { Pack } from './pack.ts';
import { readPack } from './read/pack.ts';
import type { SourceFile } from './read/source.ts';
import type { Language } from './texts.ts';

export interface CheckReport {
  /** No problem, no failing case, nothing needed that is missing. */
  readonly ok: boolean;
  /** Absent when the pack could not be read. */
  readonly pack?: Pack;
  readonly problems: readonly Problem[];
  readonly cases: readonly CaseResult[];
  readonly gaps: readonly Gap[];
  readonly shares?: Readonly<Record<Language, Share>>;
}

export interface CheckSources {
  readonly pack: readonly SourceFile[];
  readonly cases: readonly SourceFile[];
  /** The files of other packs that cases name; by default those that come with this package. */
  readonly others?: (id: string) => readonly SourceFile[];
  /** Years for which announced holidays are wanted. */
  readonly years?: readonly number[];
}

function problemsOf<T>(read: () => T, problems: Problem[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NormError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Validates a pack, runs its cases and says what it lacks. Never throws for what the files hold. */
export function check(sources: CheckSources): CheckReport {
  const problems: Problem[] = [];
  const pack = problemsOf(() => readPack(sources.pack), problems);
  const cases = problemsOf(() => readCases(sources.cases), problems) ?? [];
  const others = sources.others ?? ((id) => readFolder(bundledPack(id)));
  if (pack === undefined) return { ok: false, problems, cases: [], gaps: [] };
  const files = (id: string) => (id === pack.id ? sources.pack : others(id));
  const results = runCases(cases, files);
  const gaps = conformance(pack, results, sources.years);
  const ok =
    problems.length === 0 &&
    results.every((one) => one.passed) &&
    gaps.every((gap) => gap.weight !== 'needed');
  return { ok, pack, problems, cases: results, gaps, shares: shares(pack) };
}

/** `check` of folders; cases stand in a folder of their own, beside the pack or wherever `casesDir` says. */
export function checkFolder(
  packDir: string,
  options: { readonly casesDir?: string; readonly years?: readonly number[] } = {},
): CheckReport {
  const casesDir =
    options.casesDir ??
    join(packDir, '..', '..', 'cases', packDir.split(/[\\/]/).filter(Boolean).at(-1) ?? '');
  const problems: Problem[] = [];
  const pack = problemsOf(() => readFolder(packDir), problems);
  const cases = problemsOf(() => readFolder(casesDir), problems);
  if (pack === undefined) return { ok: false, problems, cases: [], gaps: [] };
  const report = check({
    pack,
    cases: cases ?? [],
    ...(options.years === undefined ? {} : { years: options.years }),
  });
  return { ...report, ok: report.ok && problems.length === 0, problems: [...problems, ...report.problems] };
}
