import type { Migration } from '../store/index.ts';

/**
 * - `arriving`: its pieces are being written;
 * - `staged`: chosen by somebody who has not sent their request yet;
 * - `handed-in`: an event of the case names it, with its hash;
 * - `withdrawn`: taken back; its bytes go.
 */
export type AttachmentState = 'arriving' | 'staged' | 'handed-in' | 'withdrawn';

export interface AttachmentTables {
  attachments: {
    authority_id: string;
    attachment_id: string;
    case_id: string;
    /** Who chose it: `citizen`, or the visit at a counter. */
    holder: string;
    /** The request that it belongs to, once it was handed in. */
    review_id: string | null;
    state: AttachmentState;
    bytes: number;
    added_at: string;
    /** Its place among the files of the case when it came. */
    place: number;
    /** Name, type and hash, sealed under the file's own key. */
    sealed: Uint8Array;
  };
  /** The bytes of a file in pieces, each sealed: no transaction holds others up for long. */
  attachment_pieces: { authority_id: string; attachment_id: string; piece: number; sealed: Uint8Array };
}

export const attachmentMigrations: readonly Migration[] = [
  {
    id: 'attachments-0001',
    async up({ db, bytes }) {
      await db.schema
        .createTable('attachments')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('attachment_id', 'text', (c) => c.notNull())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('holder', 'text', (c) => c.notNull())
        .addColumn('review_id', 'text')
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('bytes', 'integer', (c) => c.notNull())
        .addColumn('added_at', 'text', (c) => c.notNull())
        .addColumn('place', 'integer', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('attachments_pk', ['authority_id', 'attachment_id'])
        .execute();
      await db.schema
        .createIndex('attachments_by_case')
        .on('attachments')
        .columns(['authority_id', 'case_id', 'state'])
        .execute();
      await db.schema
        .createIndex('attachments_by_review')
        .on('attachments')
        .columns(['authority_id', 'review_id'])
        .execute();
      await db.schema
        .createTable('attachment_pieces')
        .addColumn('authority_id', 'text', (c) => c.notNull())
        .addColumn('attachment_id', 'text', (c) => c.notNull())
        .addColumn('piece', 'integer', (c) => c.notNull())
        .addColumn('sealed', bytes as 'blob', (c) => c.notNull())
        .addPrimaryKeyConstraint('attachment_pieces_pk', ['authority_id', 'attachment_id', 'piece'])
        .execute();
    },
  },
];
