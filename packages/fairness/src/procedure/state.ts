import { type Cells, UNKNOWN } from '../cells/cells.ts';

/**
 * The stages after the population, each conditional on the one before:
 *
 * - `score`: burdened by the score, of all;
 * - `human`: left burdened by the person, of those whom the score burdened and a person looked at;
 * - `objection`: objected, of those burdened in the end (by the person, or by the score where no person looked);
 * - `remedy`: put right, of those who objected.
 */
export const STAGES = ['score', 'human', 'objection', 'remedy'] as const;
export type Stage = (typeof STAGES)[number];

/** `towards-favourable`: the score burdened and the person did not. `towards-adverse`: the other way round. */
export const OVERRIDES = ['towards-favourable', 'towards-adverse'] as const;
export type Override = (typeof OVERRIDES)[number];

/** Of each cell: 1 the thing happened, 0 it did not, {@link UNKNOWN} it could not happen or is not known. */
export type State = Int8Array;

/**
 * The prediction that burdens: the negative one where the positive one is favourable, otherwise the positive one (chosen
 * for inspection, refused).
 */
export function burdenOf(favourable: 'yes' | 'no' | undefined): 0 | 1 {
  return favourable === 'yes' ? 0 : 1;
}

/** Stages that the cells can tell. */
export function stagesOf({ roles }: Cells): readonly Stage[] {
  return STAGES.filter((stage) => stage === 'score' || roles[stage] !== undefined);
}

export function stageState(cells: Cells, stage: Stage, burden: 0 | 1): State {
  const { prediction, human, objection, remedy } = cells.roles;
  const at = (codes: Int32Array | undefined, cell: number) => codes?.[cell] ?? UNKNOWN;
  return stateOf(cells, (cell) => {
    const score = at(prediction.codes, cell);
    const person = at(human?.codes, cell);
    if (stage === 'score') return score === burden;
    if (stage === 'human') return score === burden ? known(person, (code) => code === burden) : undefined;
    if ((person === UNKNOWN ? score : person) !== burden) return undefined;
    const objected = known(at(objection?.codes, cell), (code) => code === 1);
    if (stage === 'objection') return objected;
    return objected === true ? known(at(remedy?.codes, cell), (code) => code === 1) : undefined;
  });
}

export function overrideState(cells: Cells, direction: Override, burden: 0 | 1): State {
  const { prediction, human } = cells.roles;
  const from = direction === 'towards-favourable' ? burden : 1 - burden;
  return stateOf(cells, (cell) =>
    prediction.codes[cell] === from
      ? known(human?.codes[cell] ?? UNKNOWN, (code) => code !== from)
      : undefined,
  );
}

function known(code: number, of: (code: number) => boolean): boolean | undefined {
  return code === UNKNOWN ? undefined : of(code);
}

function stateOf(cells: Cells, of: (cell: number) => boolean | undefined): State {
  const state = new Int8Array(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    const happened = of(cell);
    state[cell] = happened === undefined ? UNKNOWN : happened ? 1 : 0;
  }
  return state;
}
