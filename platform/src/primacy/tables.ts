import type { Migration } from '../store/index.ts';

export type Judged = 'favourable' | 'adverse' | 'unsure';

export interface PrimacyTables {
  /** What was announced in writing to the staff of a system; the newest row counts. */
  primacy_plans: {
    authority_id: string;
    system_id: string;
    announced_at: string;
    /** Of a thousand files, in how many the reviewer judges first. */
    judge_first_permille: number;
    /** One known-answer file comes after so many signed ones; 0 for none. */
    known_answer_every: number;
    /** Files that one person signs in a day at the most; 0 for no cap. */
    day_cap: number;
    announced_by: string;
  };
  primacy_acknowledgements: {
    authority_id: string;
    system_id: string;
    announced_at: string;
    staff_id: string;
    at: string;
  };
  /** What a reviewer thought before seeing the proposal. The first word stands. */
  primacy_judgements: {
    authority_id: string;
    decision_id: string;
    staff_id: string;
    system_id: string;
    judged: Judged;
    at: string;
  };
  /** Files with a known answer: invented facts, nobody's. `misled` are the facts behind a proposal that is wrong. */
  primacy_known_answers: {
    authority_id: string;
    known_id: string;
    system_id: string;
    facts: string;
    misled: string | null;
    added_at: string;
  };
  /** A known-answer file on one reviewer's desk. Never in the log, in figures of the register or in anybody's file. */
  primacy_exercises: {
    authority_id: string;
    exercise_id: string;
    known_id: string;
    system_id: string;
    staff_id: string;
    version: number;
    reference: string;
    /** Where its proposal would stand in the log. */
    place: number;
    planted_at: string;
    opened_at: string | null;
    answered_at: string | null;
    word: 'confirm' | 'override' | null;
    /** Whether the proposal shown was wrong. */
    wrong: number;
    seconds: number | null;
  };
  /** Time spent on what was signed, per person. Seen by that person and, in sums, by the supervision. */
  primacy_signed: {
    authority_id: string;
    decision_id: string;
    staff_id: string;
    system_id: string;
    case_id: string;
    legal_day: string;
    seconds: number | null;
    facts: number;
    agreed: number;
  };
  /** What somebody answers to their own figures, sealed under their own key. */
  primacy_contests: { authority_id: string; staff_id: string; at: string; sealed: Uint8Array };
}

export const primacyMigrations: readonly Migration[] = [
  {
    id: 'primacy-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('primacy_plans')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('announced_at', 'text', (c) => c.notNull())
        .addColumn('judge_first_permille', 'integer', (c) => c.notNull())
        .addColumn('known_answer_every', 'integer', (c) => c.notNull())
        .addColumn('day_cap', 'integer', (c) => c.notNull())
        .addColumn('announced_by', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('primacy_plans_pk', ['authority_id', 'system_id', 'announced_at'])
        .execute();
      await db.schema
        .createTable('primacy_acknowledgements')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('announced_at', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('primacy_acknowledgements_pk', [
          'authority_id',
          'system_id',
          'announced_at',
          'staff_id',
        ])
        .execute();
      await db.schema
        .createTable('primacy_judgements')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('judged', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('primacy_judgements_pk', ['authority_id', 'decision_id', 'staff_id'])
        .execute();
      await db.schema
        .createTable('primacy_known_answers')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('known_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('facts', 'text', (c) => c.notNull())
        .addColumn('misled', 'text')
        .addColumn('added_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('primacy_known_answers_pk', ['authority_id', 'known_id'])
        .execute();
      await db.schema
        .createTable('primacy_exercises')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('exercise_id', 'text', (c) => c.notNull())
        .addColumn('known_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('reference', 'text', (c) => c.notNull())
        .addColumn('place', 'bigint', (c) => c.notNull())
        .addColumn('planted_at', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text')
        .addColumn('answered_at', 'text')
        .addColumn('word', 'text')
        .addColumn('wrong', 'integer', (c) => c.notNull())
        .addColumn('seconds', 'integer')
        .addPrimaryKeyConstraint('primacy_exercises_pk', ['authority_id', 'exercise_id'])
        .execute();
      await db.schema
        .createIndex('primacy_exercises_by_staff')
        .on('primacy_exercises')
        .columns(['authority_id', 'staff_id', 'planted_at'])
        .execute();
      await db.schema
        .createTable('primacy_signed')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('legal_day', 'text', (c) => c.notNull())
        .addColumn('seconds', 'integer')
        .addColumn('facts', 'integer', (c) => c.notNull())
        .addColumn('agreed', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('primacy_signed_pk', ['authority_id', 'decision_id', 'staff_id'])
        .execute();
      await db.schema
        .createIndex('primacy_signed_by_day')
        .on('primacy_signed')
        .columns(['authority_id', 'system_id', 'staff_id', 'legal_day'])
        .execute();
      await db.schema
        .createTable('primacy_contests')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('primacy_contests_pk', ['authority_id', 'staff_id', 'at'])
        .execute();
    },
  },
];
