import type { CitizenCase } from './case-view.ts';
import { type WhatWouldChange, whatWouldChange } from './what-would-change.ts';

/** What correcting the record would lead to; of a proposal that waits nothing is said. */
export async function correctionsOf({
  present,
  whole,
  record,
  waiting,
}: CitizenCase): Promise<WhatWouldChange> {
  if (waiting) return { checks: [], nothingToChange: true };
  const { system, explanation, effect } = present;
  // The model runs on the whole file; only facts of the open record are spoken of.
  return whatWouldChange({ record, model: system.model, facts: whole.facts, explanation, effect });
}
