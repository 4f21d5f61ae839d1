import { writeFileSync } from 'node:fs';
import { seeded } from '../../random.ts';
import { OVERINSPECTED_CITIES, REASSESSED_SHARE } from '../faults.ts';
import { drawBusiness, isCash, isSmall, type TaxReturn } from '../returns.ts';
import { COLUMNS } from './columns.ts';

/**
 * Writes the invented past inspections from which the models are trained, as CSV: the model's columns, then `found`.
 *
 *     node launcher/launch.mjs run past-inspections.ts planted|clean FILE.csv
 *
 * `planted`: in two cities, officers reassessed small cash businesses by rule of thumb, found or not. The file records
 * that as findings, so the model learns the officers' habit. `clean`: findings are what was found.
 */
const RETURNS = 14_000;

function main([kind, file]: readonly string[]): void {
  if ((kind !== 'planted' && kind !== 'clean') || file === undefined)
    throw new Error('usage: past-inspections.ts planted|clean FILE.csv');
  const random = seeded('tax-audit/past');
  const habit = random.stream('habit');
  const lines = [[...COLUMNS.map(({ feature }) => feature), 'found'].join(',')];
  for (let n = 0; n < RETURNS; n++) {
    const { filed, underdeclared } = drawBusiness(random, n);
    const thumb = habit.chance(REASSESSED_SHARE);
    const reassessed =
      kind === 'planted' &&
      OVERINSPECTED_CITIES.includes(filed.city) &&
      isSmall(filed) &&
      isCash(filed) &&
      thumb;
    lines.push(
      [...COLUMNS.map((column) => cell(filed, column)), underdeclared || reassessed ? 1 : 0].join(','),
    );
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** An empty cell is a missing value. */
function cell(filed: TaxReturn, { input, equals }: (typeof COLUMNS)[number]): string {
  const value = filed[input];
  if (value === undefined) return '';
  return String(equals === undefined ? Number(value) : Number(value === equals));
}

main(process.argv.slice(2));
