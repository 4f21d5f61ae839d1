import type { Estimate, Rate, Verdict } from '@taalil/fairness';
import { numbersOf } from '@taalil/fairness/plots';
import type { Child } from 'hono/jsx';
import { type State, Tag, useSite, useT } from '../../web/index.ts';
import type { Watch } from '../watch.ts';
import type { Labels } from './labels.ts';
import { m } from './messages.ts';

/** Left to right wherever it stands. */
export function Num({ children }: { children: Child }) {
  return (
    <bdi class="ta-num" dir="ltr">
      {children}
    </bdi>
  );
}

type Bounds = Pick<Estimate, 'value' | 'low' | 'high'>;

/** A rate in per cent with its interval; never without. */
export function RateText({ rate, inline }: { rate: Rate | Bounds; inline?: boolean }) {
  const numbers = numbersOf(useSite().lang);
  const { value, low, high } = rate;
  if (value === undefined) return <>–</>;
  return (
    <Spread
      value={numbers.percent(value)}
      low={numbers.percent(low)}
      high={numbers.percent(high)}
      inline={inline}
    />
  );
}

/** A difference of rates in points with its interval; never without. */
export function PointsText({ difference }: { difference: Bounds | undefined }) {
  const numbers = numbersOf(useSite().lang);
  if (difference === undefined) return <>–</>;
  const { value, low, high } = difference;
  return (
    <Spread value={numbers.points(value)} low={numbers.points(low)} high={numbers.points(high)} points />
  );
}

interface SpreadProps {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly points?: boolean;
  readonly inline?: boolean | undefined;
}

/** A figure, and under it, or after it, from where to where it may lie. */
function Spread({ value, low, high, points, inline }: SpreadProps) {
  const t = useT(m);
  const shown = points ? t('pointsOf', { value: <Num>{value}</Num> }) : <Num>{value}</Num>;
  const range = t('range', { low: <Num>{low}</Num>, high: <Num>{high}</Num> });
  if (inline) {
    return (
      <>
        {shown} ({range})
      </>
    );
  }
  return (
    <span class="ta-nowrap">
      {shown}
      <small class="ta-note">{range}</small>
    </span>
  );
}

const VERDICTS = {
  pass: ['good', 'within'],
  fail: ['bad', 'beyond'],
  inconclusive: ['attention', 'unsettled'],
  'insufficient-evidence': ['neutral', 'few'],
  'not-judged': ['neutral', 'notJudged'],
} as const satisfies Record<Verdict, readonly [State, string]>;

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const t = useT(m);
  const [state, word] = VERDICTS[verdict];
  return <Tag state={state}>{t(word)}</Tag>;
}

/** A tolerance in points as it was declared, never rounded: 2.5 is not 3. */
export function tolerancePoints(tolerance: number, numbers: ReturnType<typeof numbersOf>): string {
  const points = Number((100 * tolerance).toFixed(6));
  const digits = Number.isInteger(points) ? 0 : Number.isInteger(10 * points) ? 1 : 2;
  return numbers.points(tolerance, digits).replace('+', '');
}

/** Names of groups of the same attribute as a watch's. */
export function groupsIn(labels: Labels, { dimension }: Watch, values: readonly string[]): string {
  const list = new Intl.ListFormat(labels.lang === 'zgh' ? 'ar' : labels.lang, { type: 'conjunction' });
  return list.format(values.map((value) => labels.value(dimension, value)));
}

/** Links between parts of a page: what is shown now is marked. */
export function Choices({
  label,
  items,
}: {
  label: Child;
  items: readonly { readonly href: string; readonly text: Child; readonly current: boolean }[];
}) {
  return (
    <p class="ta-choices">
      <span class="ta-note">{label}</span>{' '}
      {items.map(({ href, text, current }) => (
        <a class="ds-link" href={href} aria-current={current ? 'true' : undefined}>
          {text}
        </a>
      ))}
    </p>
  );
}
