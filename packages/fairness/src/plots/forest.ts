import * as Plot from '@observablehq/plot';
import {
  ACCENT,
  ALARM,
  canvasOf,
  draw,
  FAINT,
  fit,
  HALO,
  INK,
  isolate,
  type PlotSettings,
  QUIET,
  widthOf,
} from './canvas.ts';
import { numbersOf } from './language.ts';

/** One line of a forest plot: an interval with its value, or a heading. */
export type ForestRow =
  | { readonly heading: string }
  | {
      readonly label: string;
      /** `undefined` where nothing could be estimated: then only the note is shown. */
      readonly value: number | undefined;
      readonly low: number | undefined;
      readonly high: number | undefined;
      /** Stands beside the interval; the numbers where it is left out. */
      readonly note?: string;
      /** `beyond` is marked by shape and colour, `unsure` by a hollow mark. */
      readonly state?: 'beyond' | 'within' | 'unsure';
    };

export interface ForestSettings extends PlotSettings {
  /** `rate`: from zero, in per cent. `difference`: around zero, in points. `ratio`: around one, logarithmic. */
  readonly axis: 'rate' | 'difference' | 'ratio';
  /** What is tolerated: lines at ± limit, or at limit and 1/limit for ratios. */
  readonly limit?: number;
  /** Bars from zero under the intervals; rates only. */
  readonly bars?: boolean;
}

type Line = Extract<ForestRow, { label: string }>;
type Placed = Line & {
  readonly y: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
};

const ROW = 30;
const ROW_NARROW = 46;

/** Intervals one under the other, always drawn, with their names and numbers beside them. */
export function forestPlot(rows: readonly ForestRow[], settings: ForestSettings): string {
  const canvas = canvasOf(settings);
  const { narrow, text } = canvas;
  const { axis, limit, bars = false } = settings;
  const format = formatOf(settings);
  const lines = rows.flatMap((row, y) => ('heading' in row ? [] : [{ row, y }]));
  const domain = domainOf(
    lines.map(({ row }) => row),
    settings,
  );
  const inside = (value: number) => Math.min(domain[1], Math.max(domain[0], value));
  const placed: Placed[] = lines.map(({ row, y }) => ({
    ...row,
    y,
    text: row.note === undefined ? isolate(format.all(row)) : text(row.note),
    from: inside(row.low ?? domain[0]),
    to: inside(row.high ?? domain[0]),
  }));
  const drawn = placed.filter(({ value }) => value !== undefined);
  const headings = rows.flatMap((row, y) => ('heading' in row ? [{ y, text: text(row.heading) }] : []));
  const widest = Math.max(0, ...placed.map(({ label }) => widthOf(label)));
  const start = narrow ? 18 : Math.min(230, widest + 24);
  const end = narrow ? 18 : Math.min(200, Math.max(...placed.map((row) => widthOf(row.text)), 40) + 14);
  const height = rows.length * (narrow ? ROW_NARROW : ROW) + 36;
  const zero = axis === 'ratio' ? 1 : 0;
  const lift = narrow ? -15 : 0;
  const edges = { start: domain[0], end: domain[1] };
  const atEdge = (edge: 'start' | 'end', dx: number, anchor: 'start' | 'end', fill: string) => ({
    x: () => edges[edge],
    y: 'y',
    dx: canvas.along(dx),
    dy: lift,
    textAnchor: anchor,
    fill,
    ...HALO,
  });
  return draw(canvas, {
    height,
    ...canvas.margins(start, end),
    marginTop: 8,
    marginBottom: 28,
    x: {
      domain: [...domain],
      reverse: canvas.rtl,
      label: null,
      grid: false,
      ticks: narrow ? 4 : 6,
      tickFormat: (value: number) => format.tick(value),
      ...(axis === 'ratio' ? { type: 'log' as const } : {}),
    },
    y: { domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
    marks: [
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ticks: narrow ? 4 : 6 }),
      ...limitsOf(axis, limit).map((x) => Plot.ruleX([x], { stroke: QUIET, strokeDasharray: '3,3' })),
      Plot.ruleX([zero], { stroke: INK }),
      ...(bars
        ? [
            Plot.rect(drawn, {
              x1: 0,
              x2: 'value',
              y1: (row: Placed) => row.y - 0.18,
              y2: (row: Placed) => row.y + 0.18,
              fill: FAINT,
            }),
          ]
        : []),
      Plot.link(drawn, { x1: 'from', x2: 'to', y: 'y', stroke: strokeOf, strokeWidth: 2 }),
      Plot.dot(drawn, {
        x: (row: Placed) => inside(row.value as number),
        y: 'y',
        r: 5,
        symbol: (row: Placed) => (row.state === 'beyond' ? 'diamond' : 'circle'),
        fill: (row: Placed) => (row.state === 'unsure' ? 'var(--chart-paper, #fff)' : strokeOf(row)),
        stroke: strokeOf,
        strokeWidth: 2,
      }),
      Plot.text(placed, {
        ...atEdge('start', narrow ? -8 : -10, narrow ? canvas.start : canvas.end, INK),
        text: (row: Placed) => text(fit(row.label, narrow ? canvas.width - widthOf(row.text) - 30 : 220)),
      }),
      Plot.text(placed, {
        ...atEdge('end', narrow ? 8 : 10, narrow ? canvas.end : canvas.start, QUIET),
        text: 'text',
        fontVariant: 'tabular-nums',
      }),
      Plot.text(headings, {
        x: () => edges.start,
        y: 'y',
        dx: canvas.along(narrow ? -8 : 10 - start),
        dy: 4,
        text: 'text',
        textAnchor: canvas.start,
        fontWeight: 600,
        fill: INK,
        ...HALO,
      }),
    ],
  });
}

function strokeOf({ state }: Placed): string {
  return state === 'beyond' ? ALARM : state === 'within' ? ACCENT : INK;
}

function limitsOf(axis: ForestSettings['axis'], limit: number | undefined): readonly number[] {
  if (limit === undefined || axis === 'rate') return [];
  return axis === 'ratio' ? [limit, 1 / limit] : [-limit, limit];
}

function domainOf(lines: readonly Line[], { axis, limit }: ForestSettings): readonly [number, number] {
  const ends = lines.flatMap(({ value, low, high }) => [value, low, high]).filter((x) => x !== undefined);
  const all = [...ends, ...limitsOf(axis, limit)].filter((x) => Number.isFinite(x));
  if (axis === 'rate') return [0, Math.min(1, niceAbove(Math.max(0.05, ...all)))];
  if (axis === 'difference') {
    const most = niceAbove(Math.max(0.02, ...all.map(Math.abs)));
    return [-most, most];
  }
  const most = Math.min(50, Math.max(1.3, ...all.filter((x) => x > 0).map((x) => Math.max(x, 1 / x))) * 1.1);
  return [1 / most, most];
}

function niceAbove(value: number): number {
  const step = 10 ** Math.floor(Math.log10(value)) / 2;
  return Math.ceil((value * 1.02) / step) * step;
}

function formatOf({ axis, language = 'en' }: ForestSettings) {
  const numbers = numbersOf(language);
  const one = (value: number | undefined) =>
    axis === 'rate'
      ? numbers.percent(value)
      : axis === 'difference'
        ? numbers.points(value)
        : numbers.ratio(value);
  const tick = (value: number) =>
    axis === 'rate'
      ? numbers.percent(value, 0)
      : axis === 'difference'
        ? numbers.points(value, Math.abs(value) < 0.01 && value !== 0 ? 1 : 0)
        : numbers.ratio(value);
  return {
    tick,
    all: ({ value, low, high }: Line) =>
      value === undefined ? one(undefined) : `${one(value)} (${numbers.between(one(low), one(high))})`,
  };
}
