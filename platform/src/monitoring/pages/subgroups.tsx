import type { Subgroup, SubgroupSearch } from '@taalil/fairness';
import { EmptyState, Table, useT } from '../../web/index.ts';
import { Frame } from './frame.tsx';
import { type Chosen, PeriodChoice } from './groups.tsx';
import type { MonitorView } from './load.ts';
import { m } from './messages.ts';
import { parts } from './messages-parts.ts';
import { Choices, PointsText, RateText } from './parts.tsx';

interface SubgroupsProps {
  readonly view: MonitorView;
  readonly search: SubgroupSearch | undefined;
  readonly chosen: Chosen;
  /** The strata that can be searched; `undefined` is everybody. */
  readonly strata: readonly (readonly string[] | undefined)[];
}

const RATES = { selection: 'kindGroup', fpr: 'fpr', fnr: 'fnr' } as const;

/** Groups and their intersections, searched all at once: whoever stands out beyond what so much searching finds by chance. */
export function SubgroupsPage({ view, search, chosen, strata }: SubgroupsProps) {
  const t = useT(m);
  const p = useT(parts);
  const { labels } = view;
  const named = ({ by }: Pick<Subgroup, 'by'>) =>
    Object.entries(by)
      .map(([attribute, value]) => labels.value(attribute, value))
      .join(' · ');
  return (
    <Frame view={view} name="subgroups">
      <p>{p('subgroupsLead')}</p>
      <PeriodChoice view={view} chosen={chosen} path="subgroups" />
      {strata.length > 1 && (
        <Choices
          label={t('population')}
          items={strata.map((within, at) => ({
            href: `${view.here}/subgroups?part=${at}&period=${chosen.period}`,
            text: within === undefined ? t('everybody') : labels.within(within),
            current: at === chosen.part,
          }))}
        />
      )}
      {search === undefined ? (
        <EmptyState title={t('nothingYet')}>
          <p>{t('nothingYetText')}</p>
        </EmptyState>
      ) : (
        <>
          <p class="ta-note">{p('subgroupsSearched', { n: search.tested, depth: search.depth })}</p>
          <Table
            caption={t('subgroups')}
            captionHidden
            dense
            rows={search.found}
            empty={<p>{p('subgroupsNone')}</p>}
            columns={[
              { header: t('group'), rowHeader: true, cell: named },
              { header: p('rateOf'), cell: ({ metric }) => p(RATES[metric]) },
              { header: p('inGroup'), cell: ({ rate }) => <RateText rate={rate} /> },
              { header: p('amongOthers'), cell: ({ others }) => <RateText rate={others} /> },
              { header: p('shrunk'), cell: ({ shrunk }) => <PointsText difference={shrunk} /> },
              {
                header: p('parent'),
                cell: ({ parent }) => (parent === undefined ? '–' : named(parent)),
              },
            ]}
          />
        </>
      )}
    </Frame>
  );
}
