import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { openBytes, sealBytes } from '../vault/seal.ts';
import type { CaseKey } from '../vault/vault.ts';

const yesNo = z.union([z.literal(0), z.literal(1), z.null()]);
const month = z.string().nullable();

/** A confirmation in fewer seconds than this after opening the file is counted as hasty. */
export const HASTY_SECONDS = 30;

/**
 * Where a case is counted. Everything the cells tell apart and nothing else: no fact, no name, no reference. Yes is 1, no
 * is 0, `null` is not known or not yet.
 */
export const member = z.strictObject({
  v: z.literal(1),
  /** Its group in each dimension of the plan. */
  groups: z.array(z.string().nullable()),
  /** Legal month of the decision or proposal. */
  opened: z.string(),
  /** Legal month in which the first decision took effect. */
  settled: month,
  /** Of the model. */
  version: z.number(),
  /** The model proposed against the person. */
  adverse: yesNo,
  /** The model before this one would have proposed in the person's favour, and this one does not. */
  changed: yesNo,
  /** A person decided against the person. */
  person: yesNo,
  officer: z.string().nullable(),
  hasty: yesNo,
  objected: yesNo,
  upheld: yesNo,
  /** The facts, as established later, call for the adverse outcome. */
  truth: yesNo,
  /** That was looked for at random. */
  random: yesNo,
  /** In thousandths, of scores from 0 to 1. */
  score: z.number().nullable(),
  /** Answers to requests for review: month, and the recorded facts that were found wrong. */
  answers: z.array(z.strictObject({ month: z.string(), upheld: yesNo, corrected: z.array(z.string()) })),
});
export type Member = z.infer<typeof member>;

const keyOf = (key: CaseKey) => createHmac('sha256', key).update('taalil/monitored-case').digest();
const place = (authorityId: string, caseId: string) => `monitored-case/${authorityId}/${caseId}`;

export function sealMember(key: CaseKey, authorityId: string, caseId: string, value: Member): Uint8Array {
  return sealBytes(keyOf(key), place(authorityId, caseId), JSON.stringify(value));
}

export function openMember(key: CaseKey, authorityId: string, caseId: string, sealed: Uint8Array): Member {
  return member.parse(JSON.parse(openBytes(keyOf(key), place(authorityId, caseId), sealed).toString()));
}

export type Cube = 'groups' | 'officers' | 'reviews';

/** What one case adds to the cells: one combination in each cube, and one per answered review. */
export function cellsOf(m: Member): readonly { cube: Cube; cell: string; score: number }[] {
  const bin = m.score === null ? null : Math.min(9, Math.floor(m.score / 100));
  const list: { cube: Cube; cell: string; score: number }[] = [
    {
      cube: 'groups',
      cell: JSON.stringify([
        ...m.groups,
        m.opened,
        m.settled,
        m.version,
        m.adverse,
        m.changed,
        m.person,
        m.objected,
        m.upheld,
        m.truth,
        m.random,
        bin,
      ]),
      score: m.score ?? 0,
    },
  ];
  if (m.officer !== null && m.person !== null) {
    list.push({
      cube: 'officers',
      cell: JSON.stringify([m.officer, m.settled, m.adverse, m.person, m.hasty]),
      score: 0,
    });
  }
  for (const answer of m.answers) {
    const cell = JSON.stringify([answer.month, answer.upheld, answer.corrected]);
    list.push({ cube: 'reviews', cell, score: 0 });
  }
  return list;
}
