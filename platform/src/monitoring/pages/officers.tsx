import { wilson } from '@taalil/fairness';
import { EmptyState, Integer, KeyFigures, PersonName, Table, Tag, useT } from '../../web/index.ts';
import { HASTY_SECONDS } from '../member.ts';
import type { OfficerFinding, Officers } from '../officers.ts';
import { Frame } from './frame.tsx';
import type { MonitorView } from './load.ts';
import { m } from './messages.ts';
import { parts } from './messages-parts.ts';
import { RateText } from './parts.tsx';

interface OfficersProps {
  readonly view: MonitorView;
  readonly officers: Officers | undefined;
  /** Names of those who stand out, and of nobody else. */
  readonly names: ReadonlyMap<string, string>;
}

type Count = OfficerFinding['hasty'];

const rateOf = (count: Count) => ({
  value: count.total === 0 ? 0 : count.successes / count.total,
  ...(wilson(count) ?? { low: 0, high: 1 }),
});

const BECAUSE = {
  'overrides-less': 'becauseLess',
  'overrides-more': 'becauseMore',
  hasty: 'becauseHasty',
} as const;

/** How officers use their judgement; for staff alone, and without a name unless the difference is beyond chance. */
export function OfficersPage({ view, officers, names }: OfficersProps) {
  const t = useT(m);
  const p = useT(parts);
  const pair = (own: Count, others: Count) =>
    p('ownAndOthers', {
      own: <RateText rate={rateOf(own)} inline />,
      others: <RateText rate={rateOf(others)} inline />,
    });
  return (
    <Frame view={view} name="officers">
      <p>{p('officersLead')}</p>
      {officers === undefined ? (
        <EmptyState title={t('nothingYet')}>
          <p>{t('nothingYetText')}</p>
        </EmptyState>
      ) : (
        <>
          <KeyFigures
            items={[
              { label: p('officersCount'), value: <Integer value={officers.officers} /> },
              {
                label: p('overridden'),
                value: p('countOf', { n: officers.overridden.successes, of: officers.overridden.total }),
                note: <RateText rate={rateOf(officers.overridden)} />,
              },
              {
                label: p('hasty', { n: HASTY_SECONDS }),
                value: p('countOf', { n: officers.hasty.successes, of: officers.hasty.total }),
                note: <RateText rate={rateOf(officers.hasty)} />,
              },
            ]}
          />
          <Table
            caption={p('officers')}
            captionHidden
            dense
            rows={officers.standOut}
            empty={<p>{p('noneStandsOut')}</p>}
            columns={[
              {
                header: p('officer'),
                rowHeader: true,
                cell: ({ officer }) => <PersonName>{names.get(officer) ?? officer}</PersonName>,
              },
              {
                header: p('because'),
                cell: ({ because }) => because.map((one) => <Tag state="attention">{p(BECAUSE[one])}</Tag>),
              },
              { header: p('overridden'), cell: ({ overridden, others }) => pair(overridden, others) },
              {
                header: p('hasty', { n: HASTY_SECONDS }),
                cell: ({ hasty, othersHasty }) => pair(hasty, othersHasty),
              },
            ]}
          />
        </>
      )}
    </Frame>
  );
}
