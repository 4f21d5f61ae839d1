import { DateText, EmptyState, Machine, type State, Table, Tag, useT } from '../web/index.ts';
import type { Act } from './acts.ts';
import { Withdraw } from './certificate-parts.tsx';
import type { ListedDelegation } from './delegations.ts';
import { m } from './messages.ts';
import type { Standing } from './validity.ts';

/** The message that says each act. */
export const ACT_WORDS = {
  'confirm-adverse': 'confirmAdverse',
  'decide-review': 'decideReview',
  'approve-assessment': 'approveAssessment',
  'decide-appeal': 'decideAppeal',
} as const satisfies Record<Act, string>;

const STANDINGS = {
  valid: { state: 'good', word: 'valid' },
  future: { state: 'wait', word: 'future' },
  ended: { state: 'neutral', word: 'ended' },
  revoked: { state: 'bad', word: 'withdrawn' },
} as const satisfies Record<Standing, { state: State; word: string }>;

interface DelegationTableProps {
  readonly delegations: readonly ListedDelegation[];
  readonly revoke?: string | undefined;
}

/** The delegations of one person. */
export function DelegationTable({ delegations, revoke }: DelegationTableProps) {
  const t = useT(m);
  return (
    <Table
      caption={t('delegations')}
      captionHidden
      rows={delegations}
      empty={
        <EmptyState title={t('noDelegations')}>
          <p>{t('noDelegationsText')}</p>
        </EmptyState>
      }
      columns={[
        { header: t('act'), rowHeader: true, cell: (d) => t(ACT_WORDS[d.act]) },
        {
          header: t('system'),
          cell: (d) => (d.scope === 'all' ? t('allSystems') : <Machine>{d.scope}</Machine>),
        },
        { header: t('from'), cell: (d) => <DateText value={d.from} style="medium" /> },
        { header: t('to'), cell: (d) => <DateText value={d.to} style="medium" /> },
        { header: t('instrument'), cell: (d) => <bdi>{d.instrument}</bdi> },
        {
          header: t('state'),
          cell: (d) => <Tag state={STANDINGS[d.standing].state}>{t(STANDINGS[d.standing].word)}</Tag>,
        },
        ...(revoke === undefined
          ? []
          : [
              {
                header: t('withdraw'),
                cell: (d: ListedDelegation) => (
                  <Withdraw
                    action={revoke}
                    id={d.delegationId}
                    standing={d.standing}
                    label={t.text('withdrawDelegation', { act: t.text(ACT_WORDS[d.act]), day: d.to })}
                  />
                ),
              },
            ]),
      ]}
    />
  );
}
