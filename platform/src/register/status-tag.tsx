import type { State } from '../web/index.ts';
import { Tag, useT } from '../web/index.ts';
import { m } from './messages.ts';
import type { SystemStatus } from './record.ts';

export const STATUS_STATES: Readonly<Record<SystemStatus, State>> = {
  draft: 'neutral',
  live: 'good',
  suspended: 'bad',
  retired: 'neutral',
};

export function StatusTag({ status }: { status: SystemStatus }) {
  const t = useT(m);
  return <Tag state={STATUS_STATES[status]}>{t(status)}</Tag>;
}
