import type { Share } from '../monitoring/index.ts';
import type { PublishedGroups } from './published-figures.ts';

const HEADER = ['attribute', 'group', 'kind', 'until', 'decided', 'adverse', 'share', 'low', 'high'];

/**
 * Published figures of groups as CSV (RFC 4180), one group a line, as the register's JSON has them: what is withheld is not
 * there. `kind` is `group`, `unknown` (whose group is not known) or `together` (groups too small to stand alone). Shares
 * are decimals with Wilson's 95 % interval; `until` is the day up to which a line counts.
 */
export function groupsCsv(groups: Readonly<Record<string, PublishedGroups>>): string {
  const lines = Object.entries(groups).flatMap(([attribute, { until, groups: shares, together }]) => {
    const line = (group: string, kind: string, { count, of, share, interval }: Share) => [
      attribute,
      group,
      kind,
      until,
      String(of),
      String(count),
      share,
      ...interval,
    ];
    return [
      ...Object.entries(shares).map(([group, share]) =>
        line(group, group === '' ? 'unknown' : 'group', share),
      ),
      ...(together === null ? [] : [line('', 'together', together)]),
    ];
  });
  return [HEADER, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/** Groups are codes that an agency chose; spreadsheets must not take any of them for a formula. */
function field(value: string): string {
  const harmless = /^[=+@\t\r-]/.test(value) ? `'${value}` : value;
  return /^[\w.'-]*$/.test(harmless) ? harmless : `"${harmless.replaceAll('"', '""')}"`;
}
