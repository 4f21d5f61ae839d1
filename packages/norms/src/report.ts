import type { CheckReport } from './check.ts';
import { tellProblem } from './error.ts';
import { LANGUAGES } from './texts.ts';

/** A check as lines of plain text for a terminal: what is wrong first, then what is missing, then what is known to be. */
export function tellReport(report: CheckReport): string[] {
  const { pack, problems, cases, gaps, shares } = report;
  const failed = cases.filter((one) => !one.passed);
  const lines = problems.map((problem) => `problem  ${tellProblem(problem)}`);
  for (const { case: one, differences } of failed) {
    const place = one.line === undefined ? one.file : `${one.file}:${one.line}`;
    lines.push(
      `case     ${place} "${one.name}"`,
      ...differences.map((difference) => `           ${difference}`),
    );
  }
  const gap = (weight: 'needed' | 'known') => gaps.filter((one) => one.weight === weight);
  lines.push(...gap('needed').map(({ what, mend }) => `missing  ${what}; ${mend}`));
  lines.push(...gap('known').map(({ what, mend }) => `known    ${what}; ${mend}`));
  if (pack !== undefined && shares !== undefined) {
    for (const language of LANGUAGES) {
      const { written, draft, commission } = shares[language];
      lines.push(
        `texts    ${language}: ${written} written, ${draft} drafts, ${commission} to be commissioned`,
      );
    }
    lines.push(
      `${report.ok ? 'ok' : 'not ok'}: pack ${pack.id}, ${pack.rules.size} rules, ` +
        `${cases.length - failed.length} of ${cases.length} cases pass, ${gap('needed').length} gaps to fill`,
    );
  } else lines.push('not ok: the pack cannot be read');
  return lines;
}
