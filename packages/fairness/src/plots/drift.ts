import * as Plot from '@observablehq/plot';
import {
  ACCENT,
  ALARM,
  canvasOf,
  draw,
  FAINT,
  HALO,
  INK,
  isolate,
  type PlotSettings,
  QUIET,
} from './canvas.ts';
import { numbersOf } from './language.ts';

/** One look: the difference of this period alone, and of all so far with its confidence sequence. */
export interface DriftPlotPoint {
  readonly period: string;
  readonly difference: { readonly value: number; readonly low: number; readonly high: number } | undefined;
  readonly sequence: { readonly value: number; readonly low: number; readonly high: number } | undefined;
}

export interface DriftPlotSettings extends PlotSettings {
  readonly tolerance: number;
  /** The period of the alarm, where there is one. */
  readonly alarm?: string | undefined;
  readonly words: {
    /** Names the band, e.g. "all periods so far, 95 % at every look". */
    readonly sequence: string;
    /** Names the lines, e.g. "tolerated: 5 points". */
    readonly tolerance: string;
    /** Names the mark, e.g. "alarm"; the period follows. */
    readonly alarm?: string | undefined;
  };
}

const HEIGHT = 300;
const HIGHEST_SHOWN = 3;

/** A difference of rates over time: each period with its own interval, behind it the band that holds at every look. */
export function driftPlot(points: readonly DriftPlotPoint[], settings: DriftPlotSettings): string {
  const canvas = canvasOf(settings);
  const { narrow, text } = canvas;
  const { tolerance, alarm, words } = settings;
  const numbers = numbersOf(settings.language ?? 'en');
  const at = points.map((point, x) => ({ ...point, x }));
  const band = at.flatMap(({ x, sequence }) => (sequence === undefined ? [] : [{ x, ...sequence }]));
  const single = at.flatMap(({ x, difference }) => (difference === undefined ? [] : [{ x, ...difference }]));
  const most = extent(band, single, tolerance);
  const inside = (value: number) => Math.min(most, Math.max(-most, value));
  const alarmAt = alarm === undefined ? undefined : at.find(({ period }) => period === alarm);
  const every = Math.max(1, Math.ceil(points.length / (narrow ? 4 : 9)));
  const last = points.length - 1;
  const lowest = single.concat(band).every(({ value }) => value >= 0) ? -most / 2 : -most;
  return draw(canvas, {
    height: HEIGHT,
    ...canvas.margins(44, 16),
    marginTop: 26,
    marginBottom: 30,
    x: { domain: [-0.5, last + 0.5], reverse: canvas.rtl, axis: null },
    y: { domain: [Math.max(-most, lowest), most], axis: null },
    marks: [
      Plot.axisY({
        anchor: canvas.startSide,
        label: null,
        ticks: 6,
        tickSize: 0,
        tickFormat: (value: number) => numbers.points(value, Math.abs(value % 0.01) > 1e-9 ? 1 : 0),
      }),
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 6 }),
      Plot.ruleY(
        [-tolerance, tolerance].filter((y) => y >= lowest),
        { stroke: QUIET, strokeDasharray: '3,3' },
      ),
      Plot.ruleY([0], { stroke: INK }),
      Plot.areaY(band, {
        x: 'x',
        y1: ({ low }: (typeof band)[number]) => inside(low),
        y2: ({ high }: (typeof band)[number]) => inside(high),
        fill: ACCENT,
        fillOpacity: 0.16,
      }),
      Plot.link(single, {
        x: 'x',
        y1: ({ low }: (typeof single)[number]) => inside(low),
        y2: ({ high }: (typeof single)[number]) => inside(high),
        stroke: QUIET,
        strokeOpacity: 0.6,
      }),
      Plot.dot(single, {
        x: 'x',
        y: ({ value }: (typeof single)[number]) => inside(value),
        r: 2.5,
        fill: QUIET,
      }),
      Plot.lineY(band, { x: 'x', y: 'value', stroke: ACCENT, strokeWidth: 2 }),
      ...(alarmAt === undefined
        ? []
        : [
            Plot.ruleX([alarmAt.x], { stroke: ALARM }),
            Plot.text([text(`▲ ${words.alarm ?? ''} ${isolate(alarmAt.period)}`)], {
              x: () => alarmAt.x,
              frameAnchor: 'top',
              dy: -16,
              textAnchor: alarmAt.x > last / 2 ? canvas.end : canvas.start,
              fill: ALARM,
              fontWeight: 600,
            }),
          ]),
      Plot.text([text(words.tolerance)], {
        x: () => -0.4,
        y: () => (lowest < -tolerance ? -tolerance : tolerance),
        dy: lowest < -tolerance ? 12 : -10,
        textAnchor: canvas.start,
        fill: QUIET,
        ...HALO,
      }),
      Plot.text(band.slice(-1), {
        x: () => last + 0.4,
        y: ({ value, low, high }: (typeof band)[number]) => inside(value >= 0 ? low : high),
        dy: (band.at(-1)?.value ?? 0) >= 0 ? 14 : -14,
        text: () => text(words.sequence),
        textAnchor: canvas.end,
        fill: ACCENT,
        ...HALO,
      }),
      Plot.axisX(
        at.filter(({ x }) => x % every === 0).map(({ x }) => x),
        { label: null, tickFormat: (x: number) => points[x]?.period ?? '' },
      ),
    ],
  });
}

/** Early bands are wide: the picture shows three times the last one, the rest runs out of it. */
function extent(
  band: readonly { low: number; high: number }[],
  single: readonly { value: number }[],
  tolerance: number,
): number {
  const last = band.at(-1);
  const wide = Math.max(...single.map(({ value }) => Math.abs(value)), 2 * tolerance, 0.02);
  const ended = last === undefined ? 0 : Math.max(Math.abs(last.low), Math.abs(last.high));
  const most = Math.max(...band.map(({ low, high }) => Math.max(-low, high)), wide);
  return Math.min(1, most, HIGHEST_SHOWN * Math.max(ended, wide / 2)) * 1.05;
}
