import type { CaseTables } from './tables.ts';

export type FeedRow = Pick<
  CaseTables['case_events'],
  'authority_id' | 'log_index' | 'type' | 'at' | 'system_id' | 'case_id' | 'decision_id'
>;

/** A case's event for other systems. It names no person; what it says of the case is read through the API. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The same at every delivery: whoever has handled it may drop it. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly cursor: string;
    readonly system: string;
    readonly case: string;
    readonly decision?: string;
  };
}

/** CloudEvents 1.0.2 (CNCF), structured content: `source` and `id` together are unique. */
export function cloudEvent(row: FeedRow): CloudEvent {
  return {
    specversion: '1.0',
    id: `${row.authority_id}.${row.log_index}`,
    source: `/authorities/${row.authority_id}/systems/${row.system_id}`,
    type: `taalil.case.${row.type}`,
    time: row.at,
    subject: row.case_id,
    datacontenttype: 'application/json',
    data: {
      cursor: String(row.log_index),
      system: row.system_id,
      case: row.case_id,
      ...(row.decision_id === null ? {} : { decision: row.decision_id }),
    },
  };
}
