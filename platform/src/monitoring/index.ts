/** Figures that protect small groups (I9): counted, cut and published. README.md says how and why. */
export { endOfDay, LEGAL_ZONE, legalDayOf, tallies } from './counts.ts';
export { advance, type Cut, EXPECTED_REST, SMALLEST_GROUP, type Standing } from './disclosure.ts';
export { type FigureDays, type FigureName, type Figures, figuresOf, totalsOf } from './figures.ts';
export { cutGroups, type GroupCut, type GroupTally } from './group-disclosure.ts';
export { type Share, shareOf, wilson } from './interval.ts';
export { type Median, medianOf } from './median.ts';
export { closePeriod, type Edge, type Period } from './periods.ts';
export { NOTHING, type SeriesName, type Tally } from './tally.ts';
