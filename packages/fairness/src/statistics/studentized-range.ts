import { bisect } from './gamma.ts';
import { normalDensity, normalLower } from './normal.ts';

/**
 * Probability that the range of `groups` independent standard normal variables is at most `range`: Tukey's studentized
 * range with infinitely many degrees of freedom, by Simpson's rule on
 * k ∫ φ(x) [Φ(x + q) − Φ(x)]^(k−1) dx.
 */
export function rangeLower(range: number, groups: number): number {
  if (range <= 0) return 0;
  const steps = 800;
  const [from, to] = [-8 - range, 8];
  const width = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const x = from + i * width;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * normalDensity(x) * (normalLower(x + range) - normalLower(x)) ** (groups - 1);
  }
  return Math.min(1, (groups * sum * width) / 3);
}

const known = new Map<string, number>();

/** The upper `alpha` point of {@link rangeLower}: 4.030 for six groups and 0.05. */
export function rangeQuantile(alpha: number, groups: number): number {
  const key = `${alpha} ${groups}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = bisect(0, 40, (q) => rangeLower(q, groups) < 1 - alpha);
  if (known.size < 10_000) known.set(key, value);
  return value;
}
