import type { Child } from 'hono/jsx';
import type { Figures, Median, Share } from '../monitoring/index.ts';
import {
  Decimal,
  DefinitionHelp,
  EmptyState,
  Integer,
  type KeyFigure,
  KeyFigures,
  LANGUAGES,
  type Lang,
  Percent,
  Table,
  useSite,
  useT,
} from '../web/index.ts';
import { figureMessages as f } from './messages-figures.ts';
import type { PublishedFigures, PublishedPeriod } from './published-figures.ts';

const SHARES = ['adverse', 'overridden', 'reviews_upheld'] as const;

/** A system's published figures: never a share without its interval, never a word about a small group. */
export function FiguresSection({ published }: { published: PublishedFigures | undefined }) {
  const t = useT(f);
  return (
    <section>
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

/** A whole month by its name, anything else by its first and last day. */
function PeriodText({ from, to }: { from: string; to: string }) {
  const t = useT(f);
  const { lang } = useSite();
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const month = first.toPlainYearMonth();
  if (first.day !== 1 || last.day !== last.daysInMonth || !month.equals(last.toPlainYearMonth())) {
    return t('fromTo', { from, to });
  }
  return <time datetime={month.toString()}>{monthText(lang, first)}</time>;
}

function monthText(lang: Lang, day: Temporal.PlainDate): string {
  // There are no Tamazight month names to draw on: digits.
  if (lang === 'zgh') return `${String(day.month).padStart(2, '0')}/${day.year}`;
  const format = new Intl.DateTimeFormat(LANGUAGES[lang].locale, {
    month: 'long',
    year: 'numeric',
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
  });
  return format.format(day.toZonedDateTime('UTC').epochMilliseconds).replaceAll(' ', '\u00a0');
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
            {t('range', {
              low: <Percent share={value.interval[0]} digits={1} />,
              high: <Percent share={value.interval[1]} digits={1} />,
            })}
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
        { header: t('period'), rowHeader: true, cell: (period) => <PeriodText {...period} /> },
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
                  {t('range', {
                    low: <Integer value={days.interval[0]} />,
                    high: <Integer value={days.interval[1]} />,
                  })}
                </small>
              </>
            ),
        },
      ]}
    />
  );
}
