import type { Audit, Group, Metric } from '@taalil/fairness';
import { reliabilityPlot } from '@taalil/fairness/plots';
import { Alert, Chart, EmptyState, Table, useT } from '../../web/index.ts';
import { Frame } from './frame.tsx';
import { type Chosen, PeriodChoice } from './groups.tsx';
import type { MonitorView } from './load.ts';
import { m } from './messages.ts';
import { parts } from './messages-parts.ts';
import { RateText, VerdictTag } from './parts.tsx';

interface TruthProps {
  readonly view: MonitorView;
  readonly audits: readonly Audit[];
  readonly chosen: Pick<Chosen, 'period'>;
}

const BASIS = {
  'random-arm': 'basisRandom',
  assumed: 'basisAssumed',
  unknowable: 'basisUnknowable',
} as const;
const SHOWN = ['fpr', 'fnr', 'ppv'] as const satisfies readonly Metric[];

/** Proposals held against what the facts turned out to be: error rates by group, and whether scores mean what they say. */
export function TruthPage({ view, audits, chosen }: TruthProps) {
  const t = useT(m);
  const p = useT(parts);
  const { labels } = view;
  const known = audits.filter(({ hasTruth }) => hasTruth);
  const basis = known[0]?.labels?.basis;
  const groups = known.flatMap((audit) => audit.groups);
  return (
    <Frame view={view} name="truth">
      <p>{p('truthLead')}</p>
      {groups.length === 0 ? (
        <EmptyState title={p('truthNone')}>
          <p>{p('truthNoneText')}</p>
        </EmptyState>
      ) : (
        <>
          <PeriodChoice view={view} chosen={chosen} path="truth" />
          {basis !== undefined && (
            <Alert tone={basis === 'random-arm' ? 'info' : 'attention'} title={p(BASIS[basis])}>
              {null}
            </Alert>
          )}
          <Table
            caption={t('truth')}
            captionHidden
            dense
            rows={groups}
            columns={[
              {
                header: t('group'),
                rowHeader: true,
                cell: ({ attribute, value }) => (
                  <>
                    {labels.value(attribute, value)}
                    <small class="ta-note">{labels.dimension(attribute)}</small>
                  </>
                ),
              },
              ...SHOWN.map((metric) => ({
                header: p(metric),
                cell: ({ metrics }: Group) => {
                  const rate = metrics[metric];
                  return rate === undefined ? '–' : <RateText rate={rate} />;
                },
              })),
              { header: t('verdict'), cell: ({ verdict }) => <VerdictTag verdict={verdict} /> },
            ]}
          />
          <Calibrations view={view} audits={known} />
        </>
      )}
    </Frame>
  );
}

function Calibrations({ view, audits }: { view: MonitorView; audits: readonly Audit[] }) {
  const p = useT(parts);
  const { labels } = view;
  return (
    <>
      {audits
        .flatMap(({ calibration }) => calibration)
        .filter(({ points }) => points.length > 1)
        .map(({ attribute, value, points, brier }) => {
          const title = p.text('calibration', { group: labels.value(attribute, value) });
          const words = {
            score: p.text('axisScore'),
            observed: p.text('axisObserved'),
            asAnnounced: p.text('asAnnounced'),
          };
          const draw = (width: number) =>
            reliabilityPlot(points, { width, language: labels.lang, title, words });
          return (
            <section>
              <h2>{title}</h2>
              <Chart wide={draw(380)} narrow={draw(320)} />
              <Table
                caption={title}
                captionHidden
                dense
                rows={points}
                columns={[
                  { header: p('axisScore'), rowHeader: true, cell: ({ score }) => score.toFixed(2) },
                  {
                    header: p('axisObserved'),
                    cell: ({ rate, interval }) => <RateText rate={{ value: rate, ...interval }} />,
                  },
                ]}
              />
              {brier !== undefined && (
                <p class="ta-note">
                  {p('brier')}: {brier.score.toFixed(3)}
                </p>
              )}
            </section>
          );
        })}
    </>
  );
}
