import { PlatformError } from '../errors.ts';
import { type Db, readOnce, type Store, type Transaction, typed } from '../store/index.ts';
import { type FactsValidator, factsValidator } from './inputs.ts';
import { type RegisteredModel, readModel } from './models/index.ts';
import type { SystemRecord, SystemStatus } from './record.ts';
import type { RegisterTables } from './tables.ts';

/** A published version of a system, ready to decide: parsed once, kept while it is current. */
export interface PublishedSystem {
  readonly authorityId: string;
  readonly systemId: string;
  readonly version: number;
  readonly record: SystemRecord;
  readonly modelVersion: number;
  readonly model: RegisteredModel;
  readonly validate: FactsValidator;
}

export interface SystemState {
  readonly status: SystemStatus;
  readonly version: number;
}

/** Whatever can look rows up: the store for committed state, a transaction for its own. */
type Lookups = Pick<Transaction, 'lookup'>;

export async function systemState(
  from: Lookups,
  authorityId: string,
  systemId: string,
): Promise<SystemState | undefined> {
  const row = await from.lookup('systems', { authority_id: authorityId, system_id: systemId });
  return row as RegisterTables['systems'] | undefined;
}

/** The ids of an authority's systems, whatever their status, in alphabetical order. */
export async function listSystemIds(db: Db, authorityId: string): Promise<string[]> {
  const rows = await typed<RegisterTables>(db)
    .selectFrom('systems')
    .select('system_id')
    .where('authority_id', '=', authorityId)
    .orderBy('system_id')
    .execute();
  return rows.map((row) => row.system_id);
}

/** Throws unless the system may decide now (I2, I11). */
export function assertLive(systemId: string, state: SystemState | undefined): asserts state is SystemState {
  if (state === undefined) {
    throw new PlatformError('not-found', `There is no system "${systemId}" in this authority's register.`, {
      mend: 'Check the system id: the register lists them all.',
    });
  }
  if (state.status === 'suspended') {
    throw new PlatformError('suspended', `The system "${systemId}" is suspended and decides nothing.`, {
      mend: 'Follow the manual fallback named on its public page until two people have re-armed it.',
    });
  }
  if (state.status !== 'live') {
    throw new PlatformError(
      'not-live',
      `The system "${systemId}" is ${state.status}: it is not live in the register.`,
      {
        mend: 'Publish it first: what is not live in the register decides nothing.',
      },
    );
  }
}

const states = readOnce<SystemState | undefined>();

/**
 * For use inside the sealing transaction: the system is live and `version` is still its published version.
 * Read once for all decisions of a commit, and again after a change that the same commit makes.
 */
export async function assertStillLive(
  tx: Transaction,
  { authorityId, systemId, version }: Pick<PublishedSystem, 'authorityId' | 'systemId' | 'version'>,
): Promise<void> {
  const key = `${authorityId}/${systemId}`;
  const state = await states.get(tx, key, () => systemState(tx, authorityId, systemId));
  assertLive(systemId, state);
  if (state.version !== version) {
    throw new PlatformError(
      'stale-version',
      `Version ${version} of "${systemId}" is no longer the published one.`,
    );
  }
}

/** To be called by whoever has just changed a system inside `tx`: what follows in the commit sees the change. */
export function systemChanged(tx: Transaction): void {
  states.changed(tx);
}

const loaded = new WeakMap<Db, Map<string, Promise<PublishedSystem>>>();

/** Loads a version of a system, published now or earlier; kept in memory per store, as versions never change. */
export function loadSystem(
  db: Db,
  authorityId: string,
  systemId: string,
  version: number,
): Promise<PublishedSystem> {
  let systems = loaded.get(db);
  if (systems === undefined) {
    systems = new Map();
    loaded.set(db, systems);
  }
  const key = `${authorityId}/${systemId}/${version}`;
  let system = systems.get(key);
  if (system === undefined) {
    system = readSystem(db, authorityId, systemId, version);
    systems.set(key, system);
    system.catch(() => systems.delete(key));
  }
  return system;
}

/** The last version that had the model before this one; `undefined` for the first model. */
export async function withModelBefore(
  db: Db,
  authorityId: string,
  systemId: string,
  modelVersion: number,
): Promise<PublishedSystem | undefined> {
  const row = await typed<RegisterTables>(db)
    .selectFrom('system_versions')
    .select('version')
    .where('authority_id', '=', authorityId)
    .where('system_id', '=', systemId)
    .where('model_version', '<', modelVersion)
    .orderBy('model_version', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && loadSystem(db, authorityId, systemId, row.version);
}

/** The system as it is published now, checked to be live. */
export async function loadLive(
  store: Store,
  authorityId: string,
  systemId: string,
): Promise<PublishedSystem> {
  const state = await systemState(store, authorityId, systemId);
  assertLive(systemId, state);
  return loadSystem(store.read, authorityId, systemId, state.version);
}

async function readSystem(
  db: Db,
  authorityId: string,
  systemId: string,
  version: number,
): Promise<PublishedSystem> {
  const row = await typed<RegisterTables>(db)
    .selectFrom('system_versions as v')
    .innerJoin('models as m', (join) =>
      join
        .onRef('m.authority_id', '=', 'v.authority_id')
        .onRef('m.system_id', '=', 'v.system_id')
        .onRef('m.model_version', '=', 'v.model_version'),
    )
    .select(['v.record', 'v.model_version', 'm.sha256', 'm.bytes'])
    .where('v.authority_id', '=', authorityId)
    .where('v.system_id', '=', systemId)
    .where('v.version', '=', version)
    .executeTakeFirst();
  if (row === undefined) {
    throw new PlatformError('not-found', `There is no version ${version} of "${systemId}".`);
  }
  const record = JSON.parse(row.record) as SystemRecord;
  const model = readModel(row.bytes, record);
  if (model.sha256 !== row.sha256) {
    throw new PlatformError(
      'altered-record',
      `The stored model file of "${systemId}" is not the registered one.`,
      {
        where: `model version ${row.model_version}`,
        mend: 'Nothing is decided with it. Restore the file whose SHA-256 the register names.',
      },
    );
  }
  return {
    authorityId,
    systemId,
    version,
    record,
    modelVersion: row.model_version,
    model,
    validate: factsValidator(record),
  };
}
