import type { Funnel, FunnelGroup, Rate, StageOfGroup } from '@taalil/fairness';
import { wilson } from '@taalil/fairness';
import { funnelPlot } from '@taalil/fairness/plots';
import { Chart, EmptyState, Table, Tag, useT } from '../../web/index.ts';
import type { StoredCell } from '../cell-store.ts';
import { Frame } from './frame.tsx';
import { type Chosen, PeriodChoice } from './groups.tsx';
import type { MonitorView } from './load.ts';
import { m } from './messages.ts';
import { parts } from './messages-parts.ts';
import { Choices, RateText } from './parts.tsx';

interface ProcedureProps {
  readonly view: MonitorView;
  readonly funnel: Funnel | undefined;
  readonly attribute: string;
  readonly chosen: Pick<Chosen, 'period'>;
  /** The cube of answered reviews. */
  readonly reviews: readonly StoredCell[];
}

const STAGES = ['score', 'human', 'objection', 'remedy'] as const;

/** From the proposal to the remedy, by group: where in the procedure a difference arises. */
export function ProcedurePage({ view, funnel, attribute, chosen, reviews }: ProcedureProps) {
  const t = useT(m);
  const p = useT(parts);
  const { labels, watched } = view;
  const groups = inOrder(view, funnel?.groups ?? [], attribute);
  const stages = STAGES.filter((stage) => funnel?.stages.includes(stage));
  const draw = (width: number) =>
    funnelPlot(
      stages.map((stage) => ({
        heading: p.text(stage),
        groups: groups.map((group) => rowOf(labels.value(attribute, group.value), stageOf(group, stage))),
      })),
      { width, language: labels.lang, title: p.text('procedureLead') },
    );
  return (
    <Frame view={view} name="procedure">
      <p>{p('procedureLead')}</p>
      <PeriodChoice view={view} chosen={chosen} path="procedure" />
      <Choices
        label={p('by')}
        items={watched.dimensions.map(({ name }) => ({
          href: `${view.here}/procedure?by=${name}&period=${chosen.period}`,
          text: labels.dimension(name),
          current: name === attribute,
        }))}
      />
      {groups.length === 0 ? (
        <EmptyState title={t('nothingYet')}>
          <p>{t('nothingYetText')}</p>
        </EmptyState>
      ) : (
        <>
          <Chart wide={draw(760)} narrow={draw(330)} />
          <Table
            caption={labels.dimension(attribute)}
            dense
            rows={groups}
            columns={[
              { header: t('group'), rowHeader: true, cell: ({ value }) => labels.value(attribute, value) },
              ...stages.map((stage) => ({
                header: p(stage),
                cell: (group: FunnelGroup) => <StageCell stage={stageOf(group, stage)} />,
              })),
            ]}
          />
        </>
      )}
      <WrongRecords view={view} reviews={reviews} />
    </Frame>
  );
}

function inOrder(
  view: MonitorView,
  groups: readonly FunnelGroup[],
  attribute: string,
): readonly FunnelGroup[] {
  const values = view.watched.dimensions.find(({ name }) => name === attribute)?.values ?? [];
  const own = groups.filter((group) => !group.byOfficer && group.attribute === attribute);
  return values.flatMap(({ value }) => own.filter((group) => group.value === value));
}

function stageOf(group: FunnelGroup, stage: (typeof STAGES)[number]): StageOfGroup | undefined {
  return group.stages.find((one) => one.stage === stage);
}

function rowOf(label: string, stage: StageOfGroup | undefined) {
  const rate: Partial<Rate> = stage?.rate ?? {};
  return {
    label,
    value: rate.value,
    low: rate.low,
    high: rate.high,
    state: stage?.finding === 'differs' ? ('beyond' as const) : ('unsure' as const),
  };
}

function StageCell({ stage }: { stage: StageOfGroup | undefined }) {
  const t = useT(m);
  const p = useT(parts);
  if (stage === undefined) return <>–</>;
  return (
    <>
      <RateText rate={stage.rate} />
      <br />
      {stage.finding === 'differs' ? (
        <Tag state="attention">{p('differs')}</Tag>
      ) : (
        <small class="ta-note">{stage.finding === 'few' ? t('few') : p('noEvidence')}</small>
      )}
    </>
  );
}

/** Which recorded facts reviews found wrong: what is wrong in a register concerns more people than those who asked. */
function WrongRecords({ view, reviews }: { view: MonitorView; reviews: readonly StoredCell[] }) {
  const p = useT(parts);
  const answered = reviews.reduce((sum, { n }) => sum + n, 0);
  const wrong = new Map<string, number>();
  for (const { values, n } of reviews) {
    for (const fact of values[2] as readonly string[]) wrong.set(fact, (wrong.get(fact) ?? 0) + n);
  }
  const inputs = view.system.record.inputs;
  const rows = inputs.flatMap(({ name }) => {
    const n = wrong.get(name);
    return n === undefined ? [] : [{ name, n }];
  });
  return (
    <section>
      <h2>{p('wrongRecords')}</h2>
      <Table
        caption={p('wrongRecords')}
        captionHidden
        dense
        rows={rows}
        empty={<p>{p('wrongRecordsNone')}</p>}
        columns={[
          { header: p('fact'), rowHeader: true, cell: ({ name }) => view.labels.dimension(name) },
          {
            header: p('shareOfAnswers'),
            cell: ({ n }) => {
              const interval = wilson({ successes: n, total: answered }) ?? { low: 0, high: 1 };
              return (
                <>
                  {p('countOf', { n, of: answered })}
                  <small class="ta-note">
                    <RateText rate={{ value: n / answered, ...interval }} />
                  </small>
                </>
              );
            },
          },
        ]}
      />
    </section>
  );
}
