import type { PlotSettings } from './canvas.ts';
import { type ForestRow, forestPlot } from './forest.ts';

/** A stage of the procedure: how many reached it, and the rate of every group, each with its interval. */
export interface FunnelPlotStage {
  readonly heading: string;
  readonly groups: readonly Exclude<ForestRow, { heading: string }>[];
}

/** The procedure from top to bottom: each stage's rates among those who reached it, as bars from zero with intervals. */
export function funnelPlot(stages: readonly FunnelPlotStage[], settings: PlotSettings): string {
  const rows = stages.flatMap(({ heading, groups }): ForestRow[] => [{ heading }, ...groups]);
  return forestPlot(rows, { ...settings, axis: 'rate', bars: true });
}
