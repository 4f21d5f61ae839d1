import { newcombe } from '@taalil/fairness';
import { driftPlot, numbersOf } from '@taalil/fairness/plots';
import { Chart, DefinitionHelp, EmptyState, Table, Tag, useSite, useT } from '../../web/index.ts';
import type { Evidence, EvidencePoint } from '../points.ts';
import { Frame } from './frame.tsx';
import type { MonitorView } from './load.ts';
import { m } from './messages.ts';
import { alertMessages } from './messages-alerts.ts';
import { parts } from './messages-parts.ts';
import { groupsIn, Num, PointsText, RateText, tolerancePoints } from './parts.tsx';

interface TimeProps {
  readonly view: MonitorView;
  readonly evidence: readonly Evidence[];
  readonly watch: string | undefined;
}

const last = ({ points }: Evidence) => points.at(-1);
const isBeyond = ({ points }: Evidence) => points.some(({ beyond }) => beyond);

/** How near a watch is to an alert, for choosing what is shown first; not a ranking of groups. */
function nearness(evidence: Evidence): number {
  const point = last(evidence);
  if (point?.evidence !== undefined) return Math.log(point.evidence) / Math.log(evidence.needed);
  return (point?.sequence?.low ?? -1) / evidence.watch.tolerance;
}

/** What the monthly looks add up to, watch by watch, with bounds that hold at every look. */
export function TimePage({ view, evidence, watch }: TimeProps) {
  const t = useT(m);
  const p = useT(parts);
  const a = useT(alertMessages);
  const { labels } = view;
  const told = evidence.filter(
    (one) => one.group.total > 0 && (one.watch.kind !== 'officer' || isBeyond(one)),
  );
  const ordered = told.toSorted(
    (a, b) => Number(isBeyond(b)) - Number(isBeyond(a)) || nearness(b) - nearness(a),
  );
  const shown = told.find((one) => one.watch.id === watch) ?? ordered[0];
  return (
    <Frame view={view} name="time">
      <p>{p('timeLead')}</p>
      {shown === undefined || shown.points.length === 0 ? (
        <EmptyState title={t('nothingYet')}>
          <p>{t('nothingYetText')}</p>
        </EmptyState>
      ) : (
        <>
          <h2>{labels.watch(shown.watch)}</h2>
          <Drift view={view} evidence={shown} />
          {(last(shown)?.setAside ?? []).length > 0 && (
            <p>{a('setAsideLine', { groups: groupsIn(labels, shown.watch, last(shown)?.setAside ?? []) })}</p>
          )}
          <Months evidence={shown} />
          <h2>{p('nearest')}</h2>
          <Watches view={view} evidence={ordered.slice(0, NEAREST)} />
          <DefinitionHelp summary={p('moreWatches', { n: ordered.length })}>
            <Watches view={view} evidence={ordered.slice(NEAREST)} />
          </DefinitionHelp>
        </>
      )}
    </Frame>
  );
}

/** How many watches stand open on the page; the others unfold. */
const NEAREST = 12;

function Watches({ view, evidence }: { view: MonitorView; evidence: readonly Evidence[] }) {
  const t = useT(m);
  const p = useT(parts);
  return (
    <Table
      caption={p('nearest')}
      captionHidden
      dense
      rows={evidence}
      columns={[
        {
          header: p('watch'),
          rowHeader: true,
          cell: (one) => (
            <a class="ds-link" href={`${view.here}/time?watch=${encodeURIComponent(one.watch.id)}`}>
              {view.labels.watch(one.watch)}
            </a>
          ),
        },
        { header: p('evidence'), cell: (one) => <EvidenceText evidence={one} /> },
        {
          header: t('state'),
          cell: (one) => (
            <Tag state={isBeyond(one) ? 'bad' : 'neutral'}>
              {p(isBeyond(one) ? 'settledBeyond' : 'quiet')}
            </Tag>
          ),
        },
      ]}
    />
  );
}

/** The evidence reached: an e-value against the one needed, or the bound of a sequence against the tolerance. */
export function EvidenceText({ evidence }: { evidence: Evidence }) {
  const p = useT(parts);
  const numbers = numbersOf(useSite().lang);
  const point = last(evidence);
  if (point?.evidence !== undefined) {
    return p('reachedOf', {
      reached: <Num>{large(point.evidence, numbers)}</Num>,
      needed: <Num>{numbers.whole(Math.round(evidence.needed))}</Num>,
    });
  }
  if (point?.sequence === undefined || point.sequence.low <= 0) return p('nothingSure');
  return p('boundOf', {
    low: <Num>{numbers.points(point.sequence.low).replace('+', '')}</Num>,
    tolerance: <Num>{tolerancePoints(evidence.watch.tolerance, numbers)}</Num>,
  });
}

/** A number that may be enormous. */
export function large(value: number, numbers: ReturnType<typeof numbersOf>): string {
  if (value < 10) return numbers.ratio(value);
  if (value < 1e6) return numbers.whole(Math.floor(value));
  return `10^${Math.floor(Math.log10(value))}`;
}

function Drift({ view, evidence }: { view: MonitorView; evidence: Evidence }) {
  const p = useT(parts);
  const t = useT(m);
  const { labels } = view;
  const numbers = numbersOf(labels.lang);
  const { watch, points } = evidence;
  const alarm = points.find(({ beyond }) => beyond)?.month;
  const draw = (width: number) =>
    driftPlot(
      points.map((point) => ({ period: point.month, difference: single(point), sequence: point.sequence })),
      {
        width,
        language: labels.lang,
        title: labels.watch(watch),
        tolerance: watch.tolerance,
        alarm,
        words: {
          sequence: p.text('sequenceBand'),
          tolerance: t.text('tolerated', { points: tolerancePoints(watch.tolerance, numbers) }),
          alarm: p.text('alarm'),
        },
      },
    );
  return <Chart wide={draw(760)} narrow={draw(330)} />;
}

/** The difference of one month alone. */
function single({ group, others }: EvidencePoint) {
  if (group.total === 0 || others.total === 0) return undefined;
  const interval = newcombe(group, others);
  if (interval === undefined) return undefined;
  return { value: group.successes / group.total - others.successes / others.total, ...interval };
}

function Months({ evidence }: { evidence: Evidence }) {
  const p = useT(parts);
  const record = evidence.watch.kind === 'record';
  const count = ({ successes, total }: { successes: number; total: number }) =>
    p('countOf', { n: successes, of: total });
  return (
    <DefinitionHelp summary={p('month')}>
      <Table
        caption={p('month')}
        captionHidden
        dense
        rows={evidence.points.toReversed()}
        columns={[
          { header: p('month'), rowHeader: true, cell: ({ month }) => <Num>{month}</Num> },
          { header: p('inGroup'), cell: ({ group }) => count(group) },
          ...(record
            ? []
            : [{ header: p('amongOthers'), cell: ({ others }: EvidencePoint) => count(others) }]),
          {
            header: p('soFar'),
            cell: ({ sequence }) =>
              sequence === undefined ? (
                '–'
              ) : record ? (
                <RateText rate={sequence} />
              ) : (
                <PointsText difference={sequence} />
              ),
          },
        ]}
      />
    </DefinitionHelp>
  );
}
