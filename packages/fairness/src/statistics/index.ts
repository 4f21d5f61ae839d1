export { type Brier, brier, type ReliabilityPoint, reliability, type ScoreBin } from './calibration.ts';
export {
  type ClusterSums,
  clusterInterval,
  clusterVariance,
  type Resampled,
  resample,
  resampleClusters,
} from './cluster-bootstrap.ts';
export { conditionalDemographicDisparity, pooled, simpsonsParadox } from './conditional-disparity.ts';
export { differenceSequence, rateSequence } from './confidence-sequence.ts';
export { ExcessEvidence } from './excess-evidence.ts';
export { fisherExactGreater, fisherMidP, type MidP } from './fisher.ts';
export { equalOddsGap, type Gap, gap } from './gap.ts';
export { type Count, type Estimate, type Interval, rateOf, Z95 } from './interval.ts';
export { koopman, ratioPValues, ratioScore } from './koopman.ts';
export { mantelHaenszelOdds, mantelHaenszelRatio, type Stratum } from './mantel-haenszel.ts';
export { type MaxT, maxT } from './max-t.ts';
export { benjaminiHochberg, benjaminiYekutieli, holm } from './multiplicity.ts';
export { differenceBeyond, differenceWithin, newcombe } from './newcombe.ts';
export { criticalValue, normalLower, normalQuantile, normalUpper, twoSided } from './normal.ts';
export { OddsEvidence } from './odds-evidence.ts';
export { binomial, hypergeometric, type Random, seededRandom } from './random.ts';
export { StratifiedSequence } from './stratified-sequence.ts';
export { rangeLower, rangeQuantile } from './studentized-range.ts';
export { deflate, effectiveCount, replicateVariance, type WeightSums } from './weights.ts';
export { wilson } from './wilson.ts';
