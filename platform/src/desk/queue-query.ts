import { type Direction, SORTS, type Sort } from './queue.ts';

/** What the queue's address says. */
export interface QueueQuery {
  readonly sort: Sort;
  readonly direction: Direction;
  readonly system: string | undefined;
  readonly days: number | undefined;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

const CURSOR = /^dec_[0-9a-z]{24}$/;

/** Reads the address of the queue; whatever it does not know is as if it were not there. */
export function readQuery(query: Readonly<Record<string, string>>): QueueQuery {
  const cursor = (value: string | undefined) => (CURSOR.test(value ?? '') ? value : undefined);
  const before = cursor(query.before);
  return {
    sort: SORTS.find((sort) => sort === query.sort) ?? 'since',
    direction: query.direction === 'descending' ? 'descending' : 'ascending',
    system:
      /^[a-z][a-z0-9-]{1,39}$/.test(query.system ?? '') && query.system !== 'all' ? query.system : undefined,
    days: /^[1-9]\d{0,2}$/.test(query.days ?? '') ? Number(query.days) : undefined,
    after: before === undefined ? cursor(query.after) : undefined,
    before,
  };
}

/** The same as a query string, with its question mark; empty for the queue as it is shown first. */
export function toSearch({ sort, direction, ...rest }: QueueQuery): string {
  const search = new URLSearchParams();
  if (sort !== 'since') search.set('sort', sort);
  if (direction === 'descending') search.set('direction', direction);
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search}`;
}
