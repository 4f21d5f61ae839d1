import type { Migration } from '../store/index.ts';
import type { Kind } from './kinds.ts';

export type ReviewStatus = 'open' | 'assigned' | 'decided';
export type ReviewOutcome = 'upheld' | 'rejected';

export interface ReviewTables {
  /** Where each request for review stands. What was asked and answered is sealed in the case's events. */
  reviews: {
    authority_id: string;
    review_id: string;
    case_id: string;
    /** The decision under review. */
    decision_id: string;
    system_id: string;
    status: ReviewStatus;
    ground: string;
    requested_at: string;
    /** The dates that were told when the request came in, `YYYY-MM-DD`: what was told stays told (I8). */
    acknowledge_due: string;
    treat_due: string;
    assigned_to: string | null;
    assigned_at: string | null;
    decided_at: string | null;
    outcome: ReviewOutcome | null;
    /** The decision that an upheld request led to. */
    new_decision_id: string | null;
    /** What the desk qualified the request as; null until it has. */
    kind: Kind | null;
    /** The person contests the qualification, and the desk has not answered yet. */
    contested: number;
    /** When missing documents were asked for: once, for ever. */
    asked_at: string | null;
    brought_at: string | null;
    /** The one extension: its ground in the norm pack, and when it was decided. */
    extension: string | null;
    extended_at: string | null;
    /** The collective request that this one belongs to. */
    collective_id: string | null;
  };
  /** A request by one representative for many: what of it is public, and the representative, sealed. */
  collectives: {
    authority_id: string;
    collective_id: string;
    system_id: string;
    status: 'open' | 'answered';
    /** Public: what it is about. */
    subject: string;
    lang: string;
    representative: Uint8Array;
    opened_at: string;
    opened_by: string;
    answered_at: string | null;
    answered_by: string | null;
    /** Public: the one answer. */
    answer: string | null;
    answer_lang: string | null;
    /** Public: how many asked, upheld, rejected; null where a group would be small. */
    members: number | null;
    upheld: number | null;
    rejected: number | null;
  };
  /** When a reviewer first had the request in front of them. */
  review_openings: { authority_id: string; review_id: string; staff_id: string; opened_at: string };
}

export const reviewMigrations: readonly Migration[] = [
  {
    id: 'reviews-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('reviews')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('review_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('decision_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('ground', 'text', (c) => c.notNull())
        .addColumn('requested_at', 'text', (c) => c.notNull())
        .addColumn('acknowledge_due', 'text', (c) => c.notNull())
        .addColumn('treat_due', 'text', (c) => c.notNull())
        .addColumn('assigned_to', 'text')
        .addColumn('assigned_at', 'text')
        .addColumn('decided_at', 'text')
        .addColumn('outcome', 'text')
        .addColumn('new_decision_id', 'text')
        .addColumn('kind', 'text')
        .addColumn('contested', 'integer', (c) => c.notNull().defaultTo(0))
        .addColumn('asked_at', 'text')
        .addColumn('brought_at', 'text')
        .addColumn('extension', 'text')
        .addColumn('extended_at', 'text')
        .addColumn('collective_id', 'text')
        .addPrimaryKeyConstraint('reviews_pk', ['authority_id', 'review_id'])
        .execute();
      await db.schema
        .createIndex('reviews_by_case')
        .on('reviews')
        .columns(['authority_id', 'case_id', 'requested_at'])
        .execute();
      await db.schema
        .createIndex('reviews_by_status')
        .on('reviews')
        .columns(['authority_id', 'status', 'treat_due', 'review_id'])
        .execute();
      await db.schema
        .createIndex('reviews_by_collective')
        .on('reviews')
        .columns(['authority_id', 'collective_id'])
        .execute();
      await db.schema
        .createTable('collectives')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('collective_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('lang', 'text', (c) => c.notNull())
        .addColumn('representative', bytes as 'blob', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .addColumn('opened_by', 'text', (c) => c.notNull())
        .addColumn('answered_at', 'text')
        .addColumn('answered_by', 'text')
        .addColumn('answer', 'text')
        .addColumn('answer_lang', 'text')
        .addColumn('members', 'integer')
        .addColumn('upheld', 'integer')
        .addColumn('rejected', 'integer')
        .addPrimaryKeyConstraint('collectives_pk', ['authority_id', 'collective_id'])
        .execute();
      await db.schema
        .createTable('review_openings')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('review_id', 'text', (c) => c.notNull())
        .addColumn('staff_id', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('review_openings_by_review')
        .on('review_openings')
        .columns(['authority_id', 'review_id', 'staff_id', 'opened_at'])
        .execute();
    },
  },
];
