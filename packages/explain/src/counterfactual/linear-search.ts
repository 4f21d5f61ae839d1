import type { ChangeableFeature } from './cells.ts';

/** How one feature can help: by an amount from `least` to `most` for `price` each, or by one of a few jumps. */
export interface Lever {
  readonly wish: ChangeableFeature;
  readonly from: number;
  /** What one unit of change adds to the margin that is wanted, above 0. */
  readonly gain: number;
  /** 1 when the value must rise to help, −1 when it must fall. */
  readonly way: 1 | -1;
  /** Above 0 when the recorded value lies outside its range: then any change goes at least so far. */
  readonly least: number;
  readonly most: number;
  readonly price: number;
  /** For a feature with values: those that help, with what they add. */
  readonly jumps: readonly { readonly to: number; readonly adds: number }[] | null;
}

export interface Move {
  readonly lever: Lever;
  readonly to: number;
}

export interface Budget {
  boxes: number;
  readonly most: number;
}

/** The cheapest moves of some levers that gain `gap` together; undefined when they cannot, or the budget is spent. */
export function cheapestMoves(levers: readonly Lever[], gap: number, budget: Budget): Move[] | undefined {
  const steps = levers.filter(({ jumps }) => jumps === null);
  let best: { cost: number; moves: Move[] } | undefined;
  const choose = (left: readonly Lever[], need: number, cost: number, moves: readonly Move[]): void => {
    const [first, ...rest] = left;
    if (first === undefined) {
      const found =
        steps.length === 0
          ? need <= 0
            ? { cost: 0, moves: [] }
            : undefined
          : byAmounts(steps, need, budget);
      if (found !== undefined && cost + found.cost < (best?.cost ?? Number.POSITIVE_INFINITY))
        best = { cost: cost + found.cost, moves: [...moves, ...found.moves] };
      return;
    }
    for (const { to, adds } of first.jumps ?? []) {
      if (++budget.boxes > budget.most) return;
      choose(rest, need - adds, cost + first.price, [...moves, { lever: first, to }]);
    }
  };
  choose(
    levers.filter(({ jumps }) => jumps !== null),
    gap,
    0,
    [],
  );
  return best?.moves;
}

/** The cheapest amounts: by gain per price, whole where they must be. */
function byAmounts(
  levers: readonly Lever[],
  need: number,
  budget: Budget,
): { cost: number; moves: Move[] } | undefined {
  const order = levers.toSorted((a, b) => b.gain / b.price - a.gain / a.price);
  let best: { cost: number; amounts: number[] } | undefined;
  const open: { least: number[]; most: number[] }[] = [
    { least: order.map(({ least }) => least), most: order.map(({ most }) => most) },
  ];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    if (++budget.boxes > budget.most) return undefined;
    const { least, most } = box;
    const amounts = [...least];
    let left = need - order.reduce((sum, { gain }, place) => sum + gain * (least[place] as number), 0);
    for (let place = 0; place < order.length && left > 0; place++) {
      const { gain } = order[place] as Lever;
      const room = (most[place] as number) - (least[place] as number);
      const amount = Math.min(room, left / gain);
      amounts[place] = (amounts[place] as number) + amount;
      left = amount < room ? 0 : left - gain * room;
    }
    if (left > 0) continue;
    const cost = order.reduce((sum, { price }, place) => sum + price * (amounts[place] as number), 0);
    if (cost >= (best?.cost ?? Number.POSITIVE_INFINITY)) continue;
    const broken = order.findIndex(
      (lever, place) => lever.wish.integer === true && !isWhole(lever, amounts[place] as number),
    );
    if (broken < 0) {
      best = { cost, amounts };
      continue;
    }
    const lever = order[broken] as Lever;
    const value = lever.from + lever.way * (amounts[broken] as number);
    const [below, above] =
      lever.way > 0 ? [Math.floor(value), Math.ceil(value)] : [Math.ceil(value), Math.floor(value)];
    const lower = (below - lever.from) * lever.way;
    const higher = (above - lever.from) * lever.way;
    if (lower >= (least[broken] as number)) open.push({ least, most: most.with(broken, lower) });
    if (higher <= (most[broken] as number)) open.push({ least: least.with(broken, higher), most });
  }
  if (best === undefined) return undefined;
  const { cost, amounts } = best;
  const moves = order.flatMap((lever, place): Move[] => {
    const amount = amounts[place] as number;
    return amount === 0 ? [] : [{ lever, to: lever.from + lever.way * amount }];
  });
  return { cost, moves };
}

const isWhole = ({ from, way }: Lever, amount: number) =>
  amount === 0 || Number.isInteger(from + way * amount);
