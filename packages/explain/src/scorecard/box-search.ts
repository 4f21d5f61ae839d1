import { Decimal } from '../exact/decimal.ts';
import * as int from '../exact/int.ts';
import type { Arm, Axis } from './axes.ts';
import type { CompiledSegment, CompiledTerm, Units } from './compile.ts';
import { Heap } from './heap.ts';
import type { FactValue, ScorecardModel, SegmentSpec } from './model.ts';

export interface Gap {
  readonly fact: string;
  readonly value: FactValue;
  readonly missing: string;
}

export interface SearchResult {
  readonly result: 'flips' | 'none' | 'undecided';
  /** The new value of each axis when `result` is `flips`. */
  readonly to: readonly FactValue[];
  readonly cost: Decimal;
  readonly refuted: number;
  readonly scored: number;
  readonly gaps: readonly Gap[];
}

/** A product of stretches of arms, one per axis; its corner at every `from` is the cheapest of its cases. */
interface Box {
  readonly scene: Scene;
  readonly sides: readonly { readonly arm: Arm; readonly from: number; readonly to: number }[];
  readonly cost: int.Int;
}

/** The segment that a box lies in, with the terms that the axes do not touch added up once. */
interface Scene {
  readonly segment: CompiledSegment;
  readonly fixed: int.Int;
  readonly moving: readonly CompiledTerm[];
}

/**
 * The cheapest combination of values, one other than the recorded one on every axis, that brings the target outcome.
 *
 * Best-first branch and bound: boxes are taken by the cost of their cheapest corner, so the first corner that flips is
 * the cheapest of all; a box is dropped only when the exact bound of its score, term by term, cannot flip.
 */
export function cheapestFlip(
  model: ScorecardModel,
  units: Units,
  axes: readonly Axis[],
  target: string,
  maxBoxes: number,
): SearchResult {
  return new BoxSearch(model, units, axes, target === model.outcomes.atMost).run(maxBoxes);
}

class BoxSearch {
  private readonly model: ScorecardModel;
  private readonly units: Units;
  private readonly axes: readonly Axis[];
  private readonly wantsAtMost: boolean;
  private readonly costScale: number;
  private readonly unitCosts: readonly int.Int[];
  private readonly low: Units;
  private readonly high: Units;
  private readonly heap = new Heap<Box>((a, b) => a.cost < b.cost);
  private readonly gaps: Gap[] = [];
  private refuted = 0;
  private scored = 0;

  constructor(model: ScorecardModel, units: Units, axes: readonly Axis[], wantsAtMost: boolean) {
    this.model = model;
    this.units = units;
    this.axes = axes;
    this.wantsAtMost = wantsAtMost;
    this.costScale = Math.max(...axes.map(({ cost, reader }) => cost.scale + reader.scale));
    this.unitCosts = axes.map(({ cost, reader }) => cost.unitsAt(this.costScale - reader.scale));
    this.low = [...units];
    this.high = [...units];
  }

  run(maxBoxes: number): SearchResult {
    this.pushAll([]);
    let left = maxBoxes;
    for (let box = this.heap.pop(); box !== undefined; box = this.heap.pop()) {
      if (left-- <= 0) return this.finish('undecided');
      if (
        this.canFlip(
          box.scene,
          box.sides.map(({ arm, from }) => ({ arm, from, to: from })),
        )
      )
        return this.finish('flips', box);
      this.scored++;
      this.split(box);
    }
    return this.finish(this.gaps.length === 0 ? 'none' : 'undecided');
  }

  private pushAll(sides: Box['sides']): void {
    const axis = this.axes[sides.length];
    if (axis === undefined) {
      const scene = this.scene(sides);
      if (scene !== undefined) this.push(scene, sides);
      return;
    }
    for (const arm of axis.arms) this.pushAll([...sides, { arm, from: 0, to: arm.count - 1 }]);
  }

  private push(scene: Scene, sides: Box['sides']): void {
    if (!this.canFlip(scene, sides)) {
      this.refuted++;
      return;
    }
    this.heap.push({ scene, sides, cost: this.costOf(sides) });
  }

  private split(box: Box): void {
    const lengths = box.sides.map(({ from, to }) => to - from);
    const longest = lengths.indexOf(Math.max(...lengths));
    const side = box.sides[longest];
    if (side === undefined || side.to === side.from) return;
    const middle = Math.floor((side.from + side.to) / 2);
    for (const half of [
      { ...side, to: middle },
      { ...side, from: middle + 1 },
    ]) {
      this.push(box.scene, box.sides.with(longest, half));
    }
  }

  /** False only when no case in the box can reach the target. Exact when the box is a single case. */
  private canFlip(scene: Scene, sides: Box['sides']): boolean {
    sides.forEach(({ arm, from, to }, place) => {
      const index = this.axes[place]?.reader.index ?? 0;
      const [a, b] = [valueAt(arm, from), valueAt(arm, to)];
      this.low[index] = int.least(a, b);
      this.high[index] = int.greatest(a, b);
    });
    let bound = scene.fixed;
    for (const { derived, factor, lift } of scene.moving) {
      const [least, greatest] = derived.range(this.low, this.high);
      const best = factor > 0 === this.wantsAtMost ? least : greatest;
      bound = int.add(bound, int.multiply(factor, int.multiply(best, lift)));
    }
    return this.wantsAtMost ? bound <= scene.segment.threshold : bound > scene.segment.threshold;
  }

  private costOf(sides: Box['sides']): int.Int {
    return sides.reduce<int.Int>((sum, { arm, from }, place) => {
      const axis = this.axes[place];
      if (axis === undefined) return sum;
      const distance = axis.numeric ? int.absolute(int.subtract(valueAt(arm, from), axis.current)) : 1;
      return int.add(sum, int.multiply(distance, this.unitCosts[place] ?? 0));
    }, 0);
  }

  private scene(sides: Box['sides']): Scene | undefined {
    const segment = this.segmentAfter(sides);
    const moved = new Set(this.axes.map(({ reader }) => reader.index));
    const missing = segment.compiled.needed.find(({ index }) => this.units[index] === undefined);
    if (missing !== undefined) {
      this.gaps.push({ fact: this.model.segmentBy ?? '', value: segment.name, missing: missing.spec.name });
      return undefined;
    }
    const isMoving = ({ facts }: CompiledTerm) => facts.some((index) => moved.has(index));
    const fixed = segment.compiled.terms
      .filter((term) => !isMoving(term))
      .reduce(
        (sum, { derived, factor, lift }) =>
          int.add(sum, int.multiply(factor, int.multiply(derived.value(this.units), lift))),
        segment.compiled.constant,
      );
    return { segment: segment.compiled, fixed, moving: segment.compiled.terms.filter(isMoving) };
  }

  private segmentAfter(sides: Box['sides']): SegmentSpec {
    const by = this.model.readers.get(this.model.segmentBy ?? '');
    const place = this.axes.findIndex(({ reader }) => reader === by);
    const units = sides[place]?.arm.first ?? (by === undefined ? 0 : this.units[by.index]);
    const name = by === undefined ? [...this.model.segments.keys()][0] : String(by.write(units ?? 0));
    const segment = this.model.segments.get(name ?? '');
    if (segment === undefined) throw new RangeError(`no segment ${name}`);
    return segment;
  }

  private finish(result: SearchResult['result'], box?: Box): SearchResult {
    return {
      result,
      to:
        box?.sides.map(({ arm, from }, place) => this.axes[place]?.reader.write(valueAt(arm, from)) ?? '') ??
        [],
      cost: new Decimal(box?.cost ?? 0, this.costScale),
      refuted: this.refuted,
      scored: this.scored,
      gaps: this.gaps,
    };
  }
}

function valueAt({ first, step }: Arm, place: number): int.Int {
  return int.add(first, int.multiply(step, place));
}
