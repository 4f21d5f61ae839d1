import * as Plot from '@observablehq/plot';
import { ACCENT, canvasOf, draw, FAINT, INK, type PlotSettings, QUIET } from './canvas.ts';
import { numbersOf } from './language.ts';

/** Mean score of a bin against the rate observed in it. */
export interface ReliabilityPlotPoint {
  readonly score: number;
  readonly rate: number;
  readonly interval: { readonly low: number; readonly high: number };
}

export interface ReliabilityPlotSettings extends PlotSettings {
  readonly words: {
    /** Along the line, e.g. "score". */
    readonly score: string;
    /** Upwards, e.g. "observed". */
    readonly observed: string;
    /** Names the diagonal, e.g. "as announced". */
    readonly asAnnounced: string;
  };
}

/** A reliability diagram of one group: on the diagonal, scores mean what they say. */
export function reliabilityPlot(
  points: readonly ReliabilityPlotPoint[],
  settings: ReliabilityPlotSettings,
): string {
  const canvas = canvasOf({ width: 320, ...settings });
  const { text } = canvas;
  const { words } = settings;
  const numbers = numbersOf(settings.language ?? 'en');
  const percent = (value: number) => numbers.percent(value, 0);
  return draw(canvas, {
    height: canvas.width * 0.92,
    ...canvas.margins(46, 22),
    marginTop: 28,
    marginBottom: 40,
    x: { domain: [0, 1], reverse: canvas.rtl, axis: null },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.axisX({ label: null, ticks: 5, tickFormat: percent, tickSize: 0 }),
      Plot.axisY({ anchor: canvas.startSide, label: null, ticks: 5, tickFormat: percent, tickSize: 0 }),
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ticks: 5 }),
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: QUIET, strokeDasharray: '3,3' },
      ),
      Plot.text([text(words.asAnnounced)], {
        x: () => 0.98,
        y: () => 0.98,
        dy: -8,
        textAnchor: canvas.end,
        fill: QUIET,
      }),
      Plot.line(points, { x: 'score', y: 'rate', stroke: ACCENT }),
      Plot.link(points, {
        x: 'score',
        y1: ({ interval }: ReliabilityPlotPoint) => interval.low,
        y2: ({ interval }: ReliabilityPlotPoint) => interval.high,
        stroke: ACCENT,
        strokeWidth: 2,
      }),
      Plot.dot(points, { x: 'score', y: 'rate', r: 4, fill: ACCENT }),
      Plot.text([text(words.score)], { frameAnchor: 'bottom', dy: 34, fill: INK }),
      Plot.text([text(words.observed)], {
        frameAnchor: canvas.rtl ? 'top-right' : 'top-left',
        dx: canvas.along(-40),
        dy: -18,
        fill: INK,
      }),
    ],
  });
}
