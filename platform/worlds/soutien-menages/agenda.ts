/** What happens in one stage of a week; stages run in this order, so that what a stage leads to can follow at once. */
export const STAGES = ['request', 'desk', 'notify', 'review', 'assign', 'decide-review', 'upkeep'] as const;
export type Stage = (typeof STAGES)[number];

interface Task {
  readonly at: Temporal.Instant;
  run(at: Temporal.Instant): Promise<void>;
}

const WEEK = 7;

/**
 * The world's diary: tasks by week and stage. All tasks of one stage of a week run side by side, so that the ledger
 * takes them in few commits; each sees its own instant as the present.
 */
export class Agenda {
  readonly #weeks = new Map<number, Map<Stage, Task[]>>();
  readonly #dayOf: (at: Temporal.Instant) => number;
  done = 0;

  constructor(dayOf: (at: Temporal.Instant) => number) {
    this.#dayOf = dayOf;
  }

  add(stage: Stage, at: Temporal.Instant, run: (at: Temporal.Instant) => Promise<void>): void {
    const week = Math.floor(this.#dayOf(at) / WEEK);
    const stages = this.#weeks.get(week) ?? new Map<Stage, Task[]>();
    this.#weeks.set(week, stages);
    const tasks = stages.get(stage) ?? [];
    stages.set(stage, tasks);
    tasks.push({ at, run });
  }

  /** Runs one week. Tasks that a stage adds for its own or an earlier stage of the same week run in another round. */
  async runWeek(week: number): Promise<void> {
    const stages = this.#weeks.get(week);
    while (stages !== undefined && [...stages.values()].some((tasks) => tasks.length > 0)) {
      for (const stage of STAGES) {
        const tasks = stages.get(stage)?.splice(0) ?? [];
        tasks.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
        await Promise.all(tasks.map((task) => task.run(task.at)));
        this.done += tasks.length;
      }
    }
    this.#weeks.delete(week);
  }
}
