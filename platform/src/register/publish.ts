import { timingSafeEqual } from 'node:crypto';
import { ExplainError, type Model, parseModel } from '@taalil/explain';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { recordInJournal } from '../ledger/journal.ts';
import { typed } from '../store/index.ts';
import { type SystemRecord, systemRecord } from './record.ts';
import { systemState } from './systems.ts';
import type { RegisterTables } from './tables.ts';

export interface ModelUpload {
  readonly bytes: Uint8Array;
  /** The SHA-256 that the agency states, lower-case hexadecimal: the pin. */
  readonly sha256: string;
}

/** Parses a record that came from outside. Throws `invalid-record` and names every fault. */
export function parseRecord(value: unknown): SystemRecord {
  const parsed = systemRecord.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PlatformError('invalid-record', "The system's record is not complete or not valid.", {
    faults: parsed.error.issues.slice(0, 30).map((i) => ({ where: `/${i.path.join('/')}`, what: i.message })),
    mend: 'Correct the fields named in "faults" and send the record again.',
  });
}

/** Parses an uploaded model and checks it against its pin and the record's inputs and reasons. */
export function admitModel(upload: ModelUpload, record: SystemRecord): Model {
  let model: Model;
  try {
    model = parseModel(upload.bytes);
  } catch (error) {
    if (!(error instanceof ExplainError)) throw error;
    throw new PlatformError('invalid-model', `The model file is refused: ${error.message}`, { cause: error });
  }
  const stated = Buffer.from(upload.sha256.padEnd(64).slice(0, 64));
  if (!timingSafeEqual(stated, Buffer.from(model.sha256)) || upload.sha256.length !== 64) {
    throw new PlatformError('invalid-model', 'The model file does not have the SHA-256 that was stated for it.', {
      where: '/model/sha256',
      mend: `The file that arrived has ${model.sha256}. Send the file you meant, or state its hash.`,
    });
  }
  const faults = [
    ...model.facts
      .filter((fact) => !record.inputs.some((input) => input.name === fact.name))
      .map((fact) => ({ where: '/inputs', what: `the model uses "${fact.name}", which the record does not declare` })),
    ...model.reasons
      .filter((id) => !record.reasons.some((reason) => reason.id === id))
      .map((id) => ({ where: '/reasons', what: `the model gives the reason "${id}", which the record does not name` })),
  ];
  if (faults.length > 0) {
    throw new PlatformError('invalid-model', 'The model and the record do not belong together.', {
      faults,
      mend: 'Declare every input and every reason of the model in the record.',
    });
  }
  return model;
}

/**
 * Registers a new system as a draft, or publishes a new version of an existing one. The record and the model's
 * hash are sealed in the authority's log before anything can be decided with them.
 */
export async function publishVersion(
  ctx: Context,
  authorityId: string,
  systemId: string,
  recordValue: unknown,
  upload: ModelUpload,
): Promise<{ version: number; modelVersion: number; logIndex: number }> {
  const record = parseRecord(recordValue);
  const model = admitModel(upload, record);
  const state = await systemState(ctx.store, authorityId, systemId);
  if (state?.status === 'retired') {
    throw new PlatformError('conflict', `"${systemId}" is retired: it takes no new version.`, {
      mend: 'Register a new system.',
    });
  }
  const version = (state?.version ?? 0) + 1;
  const known = await typed<RegisterTables>(ctx.store.read)
    .selectFrom('models')
    .select(['model_version', 'sha256'])
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .orderBy('model_version')
    .execute();
  const same = known.find((m) => m.sha256 === model.sha256);
  const modelVersion = same?.model_version ?? (known.at(-1)?.model_version ?? 0) + 1;
  const sealed = await recordInJournal(ctx, {
    authorityId,
    kind: 'register',
    type: 'system-published',
    facts: { system: systemId, version, record, model_version: modelVersion, model_sha256: model.sha256 },
    async check(tx) {
      const now = await systemState(tx, authorityId, systemId);
      if ((now?.version ?? 0) !== version - 1) {
        throw new PlatformError('conflict', `Somebody else has just published a version of "${systemId}".`, {
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
        tx.append('systems', {
          authority_id: authorityId,
          system_id: systemId,
          status: 'draft',
          version,
          status_reason: null,
          rearm_requested_by: null,
          updated_at: at,
        });
      } else {
        await db
          .updateTable('systems')
          .set({ version, updated_at: at })
          .where('authority_id', '=', authorityId)
          .where('system_id', '=', systemId)
          .execute();
      }
    },
  });
  return { version, modelVersion, logIndex: sealed.index };
}
