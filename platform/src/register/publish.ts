import { createHash, timingSafeEqual } from 'node:crypto';
import { NormError } from '@taalil/norms';
import { canonicalize, type JsonValue } from '@taalil/transparency-log';
import { BY_SETUP } from '../access/index.ts';
import { normPacks } from '../conformity/packs.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { typed } from '../store/index.ts';
import { type RegisteredModel, readModel } from './models/index.ts';
import { type SystemRecord, type SystemStatus, systemRecord } from './record.ts';
import { searchText } from './search-text.ts';
import { systemChanged, systemState } from './systems.ts';
import type { RegisterTables } from './tables.ts';

export interface ModelUpload {
  readonly bytes: Uint8Array;
  /** The SHA-256 that the agency states, lower-case hexadecimal: the pin. */
  readonly sha256: string;
}

/** Parses a record that came from outside. Throws `invalid-record` and names every fault. */
export function parseRecord(value: unknown): SystemRecord {
  const parsed = systemRecord.safeParse(value);
  if (!parsed.success) {
    throw new PlatformError('invalid-record', "The system's record is not complete or not valid.", {
      faults: parsed.error.issues.slice(0, 30).map((i) => ({
        where: `/record${i.path.map((step) => `/${String(step)}`).join('')}`,
        what: i.message,
      })),
      mend: 'Correct the fields named in "faults" and send the record again.',
    });
  }
  for (const [i, pack] of parsed.data.norms.entries()) assertPack(pack, `/record/norms/${i}`);
  return parsed.data;
}

function assertPack(pack: string, where: string): void {
  try {
    normPacks([pack]);
  } catch (cause) {
    if (!(cause instanceof NormError)) throw cause;
    throw new PlatformError('invalid-record', `There is no norm pack "${pack}" on this platform.`, {
      where,
      mend: 'Name a pack that is installed here, such as "ma".',
      cause,
    });
  }
}

/** Reads an uploaded model of any kind and checks it against its pin and the record. Throws `invalid-model`. */
export function admitModel(upload: ModelUpload, record: SystemRecord): RegisteredModel {
  const stated = Buffer.from(upload.sha256.padEnd(64).slice(0, 64), 'latin1');
  const arrived = createHash('sha256').update(upload.bytes).digest('hex');
  if (upload.sha256.length !== 64 || !timingSafeEqual(stated, Buffer.from(arrived))) {
    throw new PlatformError(
      'invalid-model',
      'The model file does not have the SHA-256 that was stated for it.',
      {
        where: '/model/sha256',
        mend: `The file that arrived has ${arrived}. Send the file you meant, or state its hash.`,
      },
    );
  }
  return readModel(upload.bytes, record);
}

export interface Publication {
  readonly version: number;
  readonly modelVersion: number;
  readonly status: SystemStatus;
  /** The entry of this version in the authority's log. */
  readonly logIndex: number;
  readonly outcome: 'registered' | 'published' | 'unchanged';
}

/**
 * Registers a new system as a draft, or publishes a new version of an existing one. The record and the model's
 * hash are sealed in the authority's log before anything can be decided with them. The very record and model that
 * are published already change nothing.
 *
 * @param by API key id or staff id; sealed in the log, never shown in the register
 */
export async function publishVersion(
  ctx: Context,
  authorityId: string,
  systemId: string,
  recordValue: unknown,
  upload: ModelUpload,
  by: string = BY_SETUP,
): Promise<Publication> {
  const record = parseRecord(recordValue);
  const model = admitModel(upload, record);
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state?.status === 'retired') {
    throw new PlatformError('conflict', `"${systemId}" is retired: it takes no new version.`, {
      mend: 'Register a new system.',
    });
  }
  const versions = await versionsOf(ctx, authorityId, systemId);
  const present = versions.find((v) => v.version === state?.version);
  if (state !== undefined && present?.sha256 === model.sha256 && sameRecord(present.record, record)) {
    return {
      version: state.version,
      modelVersion: present.model_version,
      status: state.status,
      logIndex: Number(present.log_index),
      outcome: 'unchanged',
    };
  }
  const version = (state?.version ?? 0) + 1;
  const same = versions.find((v) => v.sha256 === model.sha256);
  const modelVersion = same?.model_version ?? Math.max(0, ...versions.map((v) => v.model_version)) + 1;
  const indexed = { search: searchText(systemId, record), impact_level: record.impactLevel };
  const sealed = await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'system-published',
    facts: {
      system: systemId,
      version,
      record: sealable(record),
      model_version: modelVersion,
      model_sha256: model.sha256,
      by,
    },
    async check(tx) {
      const now = await systemState(tx, authorityId, systemId);
      if ((now?.version ?? 0) !== version - 1 || now?.status === 'retired') {
        throw new PlatformError('conflict', `Somebody else has just published or retired "${systemId}".`, {
          mend: 'Read the present version, then send yours again.',
        });
      }
    },
    async write(tx, index, at) {
      const db = typed<RegisterTables>(tx.db);
      if (same === undefined) {
        tx.append('models', {
          authority_id: authorityId,
          system_id: systemId,
          model_version: modelVersion,
          sha256: model.sha256,
          bytes: upload.bytes,
          added_at: at,
        });
      }
      tx.append('system_versions', {
        authority_id: authorityId,
        system_id: systemId,
        version,
        record: JSON.stringify(record),
        model_version: modelVersion,
        published_at: at,
        log_index: index,
      });
      if (state === undefined) {
        // Not appended: the check of a second publication in the same commit has to see it.
        await db
          .insertInto('systems')
          .values({
            authority_id: authorityId,
            system_id: systemId,
            status: 'draft',
            version,
            status_reason: null,
            rearm_requested_by: null,
            rearm_requested_at: null,
            updated_at: at,
            ...indexed,
          })
          .execute();
      } else {
        // Whoever asked to re-arm asked for another version.
        await db
          .updateTable('systems')
          .set({ version, updated_at: at, rearm_requested_by: null, rearm_requested_at: null, ...indexed })
          .where('authority_id', '=', authorityId)
          .where('system_id', '=', systemId)
          .execute();
      }
      systemChanged(tx);
    },
  });
  return {
    version,
    modelVersion,
    status: state?.status ?? 'draft',
    logIndex: sealed.index,
    outcome: state === undefined ? 'registered' : 'published',
  };
}

function versionsOf(ctx: Context, authorityId: string, systemId: string) {
  return typed<RegisterTables>(ctx.store.read)
    .selectFrom('system_versions as v')
    .innerJoin('models as m', (join) =>
      join
        .onRef('m.authority_id', '=', 'v.authority_id')
        .onRef('m.system_id', '=', 'v.system_id')
        .onRef('m.model_version', '=', 'v.model_version'),
    )
    .select(['v.version', 'v.model_version', 'v.log_index', 'v.record', 'm.sha256'])
    .where('v.authority_id', '=', authorityId)
    .where('v.system_id', '=', systemId)
    .orderBy('v.version')
    .execute();
}

function sameRecord(stored: string, record: SystemRecord): boolean {
  return canonicalize(JSON.parse(stored)) === canonicalize(JSON.parse(JSON.stringify(record)));
}

/** The record as facts allow it: numbers that are not whole become decimal strings (docs/formats.md, "Facts"). */
export function sealable(record: SystemRecord): JsonValue {
  return JSON.parse(
    JSON.stringify(record, (_, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? String(value) : value,
    ),
  );
}
