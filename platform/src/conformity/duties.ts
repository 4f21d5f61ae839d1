import { conformity, type EvidenceState, type Obligation, obligations } from '@taalil/norms';
import { legalDay } from '../clock.ts';
import type { Context } from '../context.ts';
import { answersOn, bindingLevel, bindingOf } from './binding.ts';
import { evidenceOf, type Held, type Looked } from './evidence.ts';
import { normPacks } from './packs.ts';

/** `held`: every need has evidence. `open`: some has none, which proves no breach. `against`: a figure says otherwise. */
export type DutyState = 'held' | 'open' | 'against';

export interface Need extends Omit<EvidenceState, 'evidence'> {
  readonly evidence: Held | undefined;
}

export interface Duty {
  readonly obligation: Obligation;
  readonly state: DutyState;
  readonly needs: readonly Need[];
}

export interface Duties {
  /** The level that they were asked with. */
  readonly level: number;
  readonly on: string;
  /** Those that bind, then those of a framework that is only announced. */
  readonly duties: readonly Duty[];
}

const STATES = { shown: 'held', 'not shown': 'open', contradicted: 'against' } as const;

/**
 * The duties that the norm packs of a system name today, each with the evidence held here. It says what is held and what
 * is not; whether the law is kept is for nobody to compute.
 */
export async function dutiesOf(ctx: Context, system: Looked): Promise<Duties> {
  const { record } = system;
  const on = legalDay(ctx.clock.now());
  const today = Temporal.PlainDate.from(on);
  const binding = await bindingOf(ctx.store, system);
  const level = bindingLevel(record.impactLevel, binding);
  const evidence = await evidenceOf(ctx, system);
  const found = obligations(normPacks(record.norms), {
    impactLevel: level,
    answers: answersOn(binding, on),
    on: today,
  });
  const duties = found.map((obligation): Duty => {
    const { state, needs } = conformity(obligation, evidence, today);
    return {
      obligation,
      state: STATES[state],
      needs: needs.map((need) => ({ ...need, evidence: need.evidence as Held | undefined })),
    };
  });
  const rank = ({ obligation: { status } }: Duty) => (status === 'binding' ? 0 : 1);
  return { level, on, duties: duties.toSorted((a, b) => rank(a) - rank(b)) };
}

/** How many duties that bind stand where. */
export function countDuties({ duties }: Duties): Readonly<Record<DutyState, number>> {
  const binding = duties.filter(({ obligation }) => obligation.status === 'binding');
  const count = (state: DutyState) => binding.filter((duty) => duty.state === state).length;
  return { held: count('held'), open: count('open'), against: count('against') };
}

/** The names of documents that the duties of a system ask for. */
export function documentsAsked({ duties }: Duties): readonly string[] {
  const names = duties.flatMap(({ needs }) =>
    needs.filter(({ need }) => need.kind === 'document').map(({ need }) => need.name),
  );
  return [...new Set(names)];
}
