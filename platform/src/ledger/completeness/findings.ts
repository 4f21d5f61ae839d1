/** One thing in the store that is not what the log says. */
export interface Finding {
  /** Table, authority and key of the row, such as `case_events/agency/1234`. */
  readonly where: string;
  readonly what: string;
}

/** What a column for bytes holds, whatever type somebody wrote into it. */
export function bytesIn(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}

/** Kept in full up to here; beyond, they are only counted. */
const KEPT_MOST = 10_000;

/** What a check found: empty means that everything it read agrees. */
export class Findings {
  readonly list: Finding[] = [];
  count = 0;
  /** What the check could not cover, and why; not a fault. */
  readonly notes: string[] = [];

  add(where: string, what: string): void {
    this.count++;
    if (this.list.length < KEPT_MOST) this.list.push({ where, what });
  }
}
