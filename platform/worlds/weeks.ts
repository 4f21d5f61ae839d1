import type { VirtualClock } from '../src/clock.ts';
import type { DemonstrationAccess } from '../src/demonstration/table.ts';
import type { Progress } from '../src/progress.ts';
import { WORLD_DAYS, WORLD_END, WORLD_START } from './soutien-menages/calendar.ts';

/** A world that is being made, week by week. Worlds share the weeks: while one waits for the disk, another computes. */
export interface WorldInMaking {
  /** How many cases it will have, and has. */
  readonly total: number;
  readonly done: number;
  runWeek(week: number): Promise<void>;
  /** What is left once the present is reached. */
  finish(): Promise<DemonstrationAccess>;
}

/** Makes worlds side by side in virtual time, from the first week to the demonstration's present. */
export async function makeWorlds(
  clock: VirtualClock,
  worlds: readonly WorldInMaking[],
  progress?: (total: number) => Progress,
): Promise<DemonstrationAccess[]> {
  const bar = progress?.(worlds.reduce((sum, { total }) => sum + total, 0));
  for (let week = 0; week * 7 <= WORLD_DAYS; week++) {
    const end = WORLD_START.add({ hours: 24 * 7 * (week + 1) });
    clock.moveTo(Temporal.Instant.compare(end, WORLD_END) < 0 ? end : WORLD_END);
    await Promise.all(worlds.map((world) => world.runWeek(week)));
    bar?.step(worlds.reduce((sum, { done }) => sum + done, 0));
  }
  bar?.end();
  clock.moveTo(WORLD_END);
  const made: DemonstrationAccess[] = [];
  for (const world of worlds) made.push(await world.finish());
  return made;
}
