import type { Migration } from '../store/index.ts';

export type ConsultationStatus = 'open' | 'closed';
export type CommentStatus = 'waiting' | 'published' | 'refused' | 'withdrawn';

export interface ConsultationTables {
  consultations: {
    authority_id: string;
    consultation_id: string;
    system_id: string;
    /** Version of the record that is put to the public. */
    version: number;
    status: ConsultationStatus;
    /** JSON, localized: what the administration asks. */
    question: string;
    opened_at: string;
    opened_by: string;
    /** Last day for comments, in the law's calendar. */
    closes_on: string;
    closed_at: string | null;
    log_index: number;
  };
  consultation_comments: {
    authority_id: string;
    comment_id: string;
    consultation_id: string;
    status: CommentStatus;
    received_at: string;
    /** Until somebody has read it: sealed, as it may hold what should not be published. Erased by the moderation. */
    sealed: Uint8Array | null;
    /** Published words; null before, for one that is refused, and once it is withdrawn. */
    text: string | null;
    /** 32 random bytes in base64: with the text they give the digest that is in the log. Erased with the text. */
    nonce: string | null;
    ground: string | null;
    moderated_at: string | null;
    moderated_by: string | null;
    /** JSON, localized. */
    answer: string | null;
    answered_at: string | null;
    answered_by: string | null;
    withdrawn_at: string | null;
    withdrawn_by: string | null;
    /** JSON, localized: why it was withdrawn. */
    withdrawn_because: string | null;
    log_index: number | null;
  };
}

export const consultationMigrations: readonly Migration[] = [
  {
    id: 'consultation-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('consultations')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('consultation_id', 'text', (c) => c.notNull())
        .addColumn('system_id', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('question', 'text', (c) => c.notNull())
        .addColumn('opened_at', 'text', (c) => c.notNull())
        .addColumn('opened_by', 'text', (c) => c.notNull())
        .addColumn('closes_on', 'text', (c) => c.notNull())
        .addColumn('closed_at', 'text')
        .addColumn('log_index', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('consultations_pk', ['authority_id', 'consultation_id'])
        .execute();
      await db.schema
        .createIndex('consultations_by_system')
        .on('consultations')
        .columns(['authority_id', 'system_id'])
        .execute();
      await db.schema
        .createTable('consultation_comments')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('comment_id', 'text', (c) => c.notNull())
        .addColumn('consultation_id', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('received_at', 'text', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob')
        .addColumn('text', 'text')
        .addColumn('nonce', 'text')
        .addColumn('ground', 'text')
        .addColumn('moderated_at', 'text')
        .addColumn('moderated_by', 'text')
        .addColumn('answer', 'text')
        .addColumn('answered_at', 'text')
        .addColumn('answered_by', 'text')
        .addColumn('withdrawn_at', 'text')
        .addColumn('withdrawn_by', 'text')
        .addColumn('withdrawn_because', 'text')
        .addColumn('log_index', 'bigint')
        .addPrimaryKeyConstraint('consultation_comments_pk', ['authority_id', 'comment_id'])
        .execute();
      await db.schema
        .createIndex('consultation_comments_by_consultation')
        .on('consultation_comments')
        .columns(['authority_id', 'consultation_id', 'received_at'])
        .execute();
    },
  },
];
