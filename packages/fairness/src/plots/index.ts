/** Plots as SVG text, drawn on the server: `@taalil/fairness/plots`. */
export { isolate, NARROW, type PlotSettings } from './canvas.ts';
export { type DriftPlotPoint, type DriftPlotSettings, driftPlot } from './drift.ts';
export { type ForestRow, type ForestSettings, forestPlot } from './forest.ts';
export { type FunnelPlotStage, funnelPlot } from './funnel.ts';
export { LANGUAGES, type Language, type Numbers, numbersOf, RIGHT_TO_LEFT } from './language.ts';
export { type ReliabilityPlotPoint, type ReliabilityPlotSettings, reliabilityPlot } from './reliability.ts';
