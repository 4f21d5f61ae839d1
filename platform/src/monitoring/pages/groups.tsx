import type { Audit, Group } from '@taalil/fairness';
import { type ForestRow, forestPlot, numbersOf } from '@taalil/fairness/plots';
import { Chart, DefinitionHelp, EmptyState, Integer, Table, useSite, useT } from '../../web/index.ts';
import type { Part } from '../measure.ts';
import { toleranceOf } from '../plan.ts';
import { Frame } from './frame.tsx';
import type { MonitorView } from './load.ts';
import { m } from './messages.ts';
import { Choices, PointsText, RateText, tolerancePoints, VerdictTag } from './parts.tsx';

export interface Chosen {
  /** The stratum that is shown, as a place among the parts. */
  readonly part: number;
  readonly period: 'version' | 'all';
}

interface GroupsProps {
  readonly view: MonitorView;
  readonly audited: readonly Part[];
  readonly chosen: Chosen;
}

const selectionOf = (group: Group) =>
  group.comparisons.find(({ metric }) => metric === 'selection')?.difference;

/** Every group against all others of its part: forest plot, and the numbers in a table. */
export function GroupsPage({ view, audited, chosen }: GroupsProps) {
  const t = useT(m);
  const { lang } = useSite();
  const part = audited[chosen.part] ?? audited[0];
  const groups = (part?.audits ?? []).flatMap(({ groups: all }) => all);
  const order = view.watched.dimensions.map(({ name }) => name);
  const shown = sorted(view, groups, order);
  return (
    <Frame view={view} name="groups">
      <PeriodChoice view={view} chosen={chosen} path="groups" />
      <Choices
        label={t('population')}
        items={audited.map(({ within }, at) => ({
          href: `${view.here}/groups?part=${at}&period=${chosen.period}`,
          text: within === undefined ? t('everybody') : view.labels.within(within),
          current: at === chosen.part,
        }))}
      />
      {shown.length === 0 ? (
        <EmptyState title={t('nothingYet')}>
          <p>{t('nothingYetText')}</p>
        </EmptyState>
      ) : (
        <>
          <h2>{headline(view, shown, t, lang)}</h2>
          <Forest view={view} groups={shown} title={headlineText(view, shown, t, lang)} />
          <GroupsTable view={view} groups={shown} />
          <Gaps view={view} audits={part?.audits ?? []} />
          <DefinitionHelp summary={t('how')}>
            <p>{t('howGroups')}</p>
          </DefinitionHelp>
        </>
      )}
    </Frame>
  );
}

/** In the order of the declaration, whatever the rates. */
function sorted(view: MonitorView, groups: readonly Group[], order: readonly string[]): readonly Group[] {
  const place = ({ attribute, value }: Group) => {
    const dimension = view.watched.dimensions.find(({ name }) => name === attribute);
    const at = dimension?.values.findIndex((one) => one.value === value) ?? -1;
    return order.indexOf(attribute) * 1_000 + (at < 0 ? 999 : at);
  };
  return groups.toSorted((a, b) => place(a) - place(b));
}

type Say = ReturnType<typeof useT<keyof (typeof m)['messages']>>;

/** One message: the group that is furthest beyond, or that there is none. */
function headlineText(
  view: MonitorView,
  groups: readonly Group[],
  t: Say,
  lang: MonitorView['labels']['lang'],
): string {
  const numbers = numbersOf(lang);
  const beyond = groups
    .filter(({ verdict }) => verdict === 'fail')
    .map((group) => ({ group, difference: selectionOf(group) }))
    .filter(({ difference }) => difference !== undefined)
    .sort((a, b) => Math.abs(b.difference?.value ?? 0) - Math.abs(a.difference?.value ?? 0))[0];
  if (beyond?.difference === undefined) return t.text('headlineNone');
  const { low, high, value } = beyond.difference;
  const [least, most] = value > 0 ? [low, high] : [-high, -low];
  return t.text(value > 0 ? 'headlineBeyond' : 'headlineLess', {
    group: view.labels.value(beyond.group.attribute, beyond.group.value),
    low: numbers.points(least, 0).replace('+', ''),
    high: numbers.points(most, 0).replace('+', ''),
  });
}

const headline = headlineText;

const STATES = { fail: 'beyond', pass: 'within' } as const;

function Forest({ view, groups, title }: { view: MonitorView; groups: readonly Group[]; title: string }) {
  const { labels, watched } = view;
  const rows: ForestRow[] = [];
  let last: string | undefined;
  for (const group of groups) {
    if (group.attribute !== last) rows.push({ heading: labels.dimension(group.attribute) });
    last = group.attribute;
    const difference = selectionOf(group);
    if (group.value === undefined) continue;
    rows.push({
      label: labels.value(group.attribute, group.value),
      value: difference?.value,
      low: difference?.low,
      high: difference?.high,
      state: STATES[group.verdict as keyof typeof STATES] ?? 'unsure',
    });
  }
  const limit = Number(watched.declared.plan.tolerance);
  const draw = (width: number) =>
    forestPlot(rows, { axis: 'difference', limit, width, language: labels.lang, title });
  return <Chart wide={draw(760)} narrow={draw(330)} />;
}

function GroupsTable({ view, groups }: { view: MonitorView; groups: readonly Group[] }) {
  const t = useT(m);
  const { lang } = useSite();
  const numbers = numbersOf(lang);
  const { labels, watched } = view;
  return (
    <Table
      caption={t('groups')}
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
              <small class="ta-note">
                {labels.dimension(attribute)},{' '}
                {t('tolerated', {
                  points: tolerancePoints(toleranceOf(watched.declared.plan, attribute), numbers),
                })}
              </small>
            </>
          ),
        },
        { header: t('people'), cell: ({ counts }) => <Integer value={counts.n} /> },
        {
          header: t('rate'),
          cell: ({ metrics }) =>
            metrics.selection === undefined ? '–' : <RateText rate={metrics.selection} />,
        },
        { header: t('difference'), cell: (group) => <PointsText difference={selectionOf(group)} /> },
        { header: t('verdict'), cell: ({ verdict }) => <VerdictTag verdict={verdict} /> },
      ]}
    />
  );
}

/** The largest distance between any two groups, with bounds that hold whichever two they are. */
function Gaps({ view, audits }: { view: MonitorView; audits: readonly Audit[] }) {
  const t = useT(m);
  const gaps = audits.flatMap((audit) => audit.gaps).filter(({ metric }) => metric === 'selection');
  return (
    <Table
      caption={t('gaps')}
      dense
      rows={gaps}
      columns={[
        { header: t('group'), rowHeader: true, cell: ({ attribute }) => view.labels.dimension(attribute) },
        { header: t('gap'), cell: (gap) => <PointsText difference={gap} /> },
        {
          header: t('between'),
          cell: ({ attribute, between }) =>
            between.map((value) => view.labels.value(attribute, value)).join(' · '),
        },
      ]}
    />
  );
}

/** Which cases a page is about: those since the newest model version, or all. */
export function PeriodChoice({
  view,
  chosen,
  path,
}: {
  view: MonitorView;
  chosen: Pick<Chosen, 'period'> & Partial<Chosen>;
  path: string;
}) {
  const t = useT(m);
  const { newest } = view;
  if (newest === undefined || newest.version === 1) return null;
  const part = chosen.part === undefined ? '' : `&part=${chosen.part}`;
  return (
    <Choices
      label={t('period')}
      items={(['version', 'all'] as const).map((period) => ({
        href: `${view.here}/${path}?period=${period}${part}`,
        text: period === 'all' ? t('allTime') : t('sinceVersion', { n: newest.version }),
        current: period === chosen.period,
      }))}
    />
  );
}
