import type { CitizenCase } from './case-view.ts';
import { type WhatWouldChange, whatWouldChange } from './what-would-change.ts';

/** What correcting the record would lead to; of a proposal that waits nothing is said. */
export async function correctionsOf({ present, record, waiting }: CitizenCase): Promise<WhatWouldChange> {
  if (waiting) return { checks: [], nothingToChange: true };
  const { system, facts, explanation, effect } = present;
  return whatWouldChange({ record, model: system.model, facts, explanation, effect });
}
