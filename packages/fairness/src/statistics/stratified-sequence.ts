import type { Count, Estimate } from './interval.ts';
import type { Stratum } from './mantel-haenszel.ts';

/**
 * A confidence sequence for the difference of two rates *within* periods, group minus comparison, averaged over the
 * periods so far with Mantel–Haenszel weights: valid at every look at once. The level of both rates may move from period
 * to period, and people may move between groups; only the difference counts. Asymptotic, by a normal mixture over the
 * information gathered; `scale` is the size of difference at which it should be sharpest and must be declared before the
 * first look.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, Annals of Statistics 52 (2024) 2613–2640 (running averages);
 * boundary of H. Robbins, Annals of Mathematical Statistics 41 (1970) 1397–1409; weights of Greenland & Robins, Biometrics
 * 41 (1985) 55–68. The variance of each period has one success and one failure added to each side (Agresti & Caffo, The
 * American Statistician 54 (2000) 280–288).
 */
export class StratifiedSequence {
  readonly #alpha: number;
  readonly #prior: number;
  #sum = 0;
  #weight = 0;
  #variance = 0;

  constructor({ alpha = 0.05, scale = 0.05 }: { alpha?: number; scale?: number } = {}) {
    this.#alpha = alpha;
    this.#prior = 1 / (scale * scale);
  }

  /** Adds a period and gives the sequence reached; a period in which one side is empty tells nothing. */
  add({ group, reference }: Stratum): Estimate | undefined {
    if (group.total > 0 && reference.total > 0) {
      const weight = (group.total * reference.total) / (group.total + reference.total);
      this.#sum += weight * (group.successes / group.total - reference.successes / reference.total);
      this.#weight += weight;
      this.#variance += weight * weight * (variance(group) + variance(reference));
    }
    return this.value;
  }

  /** `undefined` before the first period in which both sides were seen. */
  get value(): Estimate | undefined {
    if (this.#weight === 0) return undefined;
    const value = this.#sum / this.#weight;
    const information = (this.#weight * this.#weight) / this.#variance;
    const prior = this.#prior;
    const boundary =
      (1 + prior / information) * Math.log((information + prior) / (prior * this.#alpha * this.#alpha));
    const half = Math.sqrt(boundary / information);
    return {
      value,
      low: Math.max(-1, value - half),
      high: Math.min(1, value + half),
      method: 'confidence-sequence',
    };
  }
}

function variance({ successes, total }: Count): number {
  const p = (successes + 1) / (total + 2);
  return (p * (1 - p)) / total;
}
