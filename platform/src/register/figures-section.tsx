import type { Child } from 'hono/jsx';
import type { Figures, Median, Share } from '../monitoring/index.ts';
import {
  Decimal,
  DefinitionHelp,
  EmptyState,
  Integer,
  type KeyFigure,
  KeyFigures,
  Percent,
  Table,
  useT,
} from '../web/index.ts';
import { figureMessages as f } from './messages-figures.ts';
import type { PublishedFigures, PublishedPeriod } from './published-figures.ts';

const SHARES = ['adverse', 'overridden', 'reviews_upheld'] as const;

/** A system's published figures: never a share without its interval, never a word about a small group. */
export function FiguresSection({ published }: { published: PublishedFigures | undefined }) {
  const t = useT(f);
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{t('title')}</h2>
      {published === undefined ? (
        <EmptyState title={t('emptyTitle')}>
          <p>{t('emptyText')}</p>
        </EmptyState>
      ) : (
        <>
          <p>{t('lead', { from: published.from, day: published.day })}</p>
          <KeyFigures items={totalItems(published, t)} />
          {published.periods.length > 0 && <PeriodsTable periods={published.periods} />}
          <DefinitionHelp summary={t('how')}>
            <p>{t('howCounted')}</p>
            <p>{t('howIntervals')}</p>
            <p>{t('howProtected')}</p>
          </DefinitionHelp>
        </>
      )}
    </section>
  );
}

type Say = ReturnType<typeof useT<keyof (typeof f)['messages']>>;

function totalItems({ totals, until }: PublishedFigures, t: Say): KeyFigure[] {
  const upTo = (name: keyof Figures): Child => {
    const day = until[name];
    return day === null ? undefined : t('until', { day });
  };
  const withheld = (label: Child): KeyFigure => ({ label, value: t('withheld'), note: t('withheldNote') });
  const share = (name: (typeof SHARES)[number]): KeyFigure => {
    const value = totals[name];
    if (value === null) return withheld(t(name));
    return {
      label: t(name),
      value: <Percent share={value.share} digits={1} />,
      note: (
        <>
          {t('count', { count: value.count, of: value.of })}
          <br />
          {intervalOf(value, t)}
          <br />
          {upTo(name)}
        </>
      ),
    };
  };
  const asked = totals.reviews_asked_at_least;
  const days = totals.review_days;
  return [
    totals.volume === null
      ? withheld(t('volume'))
      : { label: t('volume'), value: <Integer value={totals.volume} />, note: upTo('volume') },
    share('adverse'),
    share('overridden'),
    asked === null
      ? withheld(t('reviews_asked_at_least'))
      : {
          label: t('reviews_asked_at_least'),
          value: t('atLeast', { n: asked }),
          note: upTo('reviews_asked_at_least'),
        },
    share('reviews_upheld'),
    days === null
      ? withheld(t('review_days'))
      : {
          label: t('review_days'),
          value: <DaysText median={days} />,
          note: (
            <>
              {t('answered', { n: days.of })}
              <br />
              {t('interval', {
                low: <Integer value={days.interval[0]} />,
                high: t('days', { n: days.interval[1] }),
              })}
              <br />
              {upTo('review_days')}
            </>
          ),
        },
  ];
}

function intervalOf({ interval: [low, high] }: Share, t: Say): Child {
  return t('interval', {
    low: <Percent share={low} digits={1} />,
    high: <Percent share={high} digits={1} />,
  });
}

/** A median of whole days may lie between two of them. */
function DaysText({ median: { median } }: { median: Median }) {
  const t = useT(f);
  const whole = Number(median);
  if (Number.isInteger(whole)) return t('days', { n: whole });
  return (
    <>
      <Decimal value={median} /> {t('daysUnit')}
    </>
  );
}

function PeriodsTable({ periods }: { periods: readonly PublishedPeriod[] }) {
  const t = useT(f);
  const share = (name: (typeof SHARES)[number]) => ({
    header: t(name),
    cell: ({ figures }: PublishedPeriod) => {
      const value = figures[name];
      if (value === null) return t('withheld');
      return (
        <>
          <Percent share={value.share} digits={1} />
          <small class="ta-note">
            <Percent share={value.interval[0]} digits={1} />
            {' – '}
            <Percent share={value.interval[1]} digits={1} />
          </small>
        </>
      );
    },
  });
  return (
    <Table
      caption={t('periods')}
      dense
      rows={periods}
      columns={[
        { header: t('period'), rowHeader: true, cell: ({ from, to }) => t('fromTo', { from, to }) },
        {
          header: t('volume'),
          cell: ({ figures: { volume } }) => (volume === null ? t('withheld') : <Integer value={volume} />),
        },
        share('adverse'),
        share('overridden'),
        {
          header: t('reviews_asked_at_least'),
          cell: ({ figures: { reviews_asked_at_least: n } }) =>
            n === null ? t('withheld') : t('atLeast', { n }),
        },
        share('reviews_upheld'),
        {
          header: t('review_days'),
          cell: ({ figures: { review_days: days } }) =>
            days === null ? (
              t('withheld')
            ) : (
              <>
                <DaysText median={days} />
                <small class="ta-note">
                  {days.interval[0]} – {days.interval[1]}
                </small>
              </>
            ),
        },
      ]}
    />
  );
}
