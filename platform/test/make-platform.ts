import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../src/clock.ts';
import { type OpenPlatform, openPlatform } from '../src/open.ts';
import { addAuthority } from '../src/register/authorities.ts';
import type { Facts } from '../src/register/inputs.ts';
import { publishVersion } from '../src/register/publish.ts';
import { changeStatus } from '../src/register/status.ts';
import { seeded } from '../worlds/random.ts';
import { drawPerson, type Household, type Person } from '../worlds/soutien-menages/households.ts';
import { modelFile } from '../worlds/soutien-menages/model.ts';
import { AUTHORITY, AUTHORITY_ID, RECORD, SYSTEM_ID } from '../worlds/soutien-menages/record.ts';
import { startPostgres, type TestServer } from './postgres.ts';

export const AUTHORITY_A = AUTHORITY_ID;
export const AUTHORITY_B = 'autre-agence';
export const SYSTEM = SYSTEM_ID;
/** A password that costs next to nothing to hash, where passwords are not what is tested. */
export const CHEAP_PASSWORDS = { passwordCost: { N: 2 ** 10, r: 8, p: 1 } };
export const TEST_START = Temporal.Instant.from('2026-03-02T09:00:00Z');

export interface TestPlatform extends OpenPlatform {
  readonly clock: VirtualClock;
  /** Closes and opens the same folder again, as a restart does. */
  reopen(meanwhile?: () => void): Promise<TestPlatform>;
  /** Closes and deletes the folder. */
  dispose(): Promise<void>;
}

export interface MakeOptions {
  /** Publish the demonstration system in authority A and set it live; true by default. */
  readonly system?: boolean;
  readonly folder?: string;
  /** Add the authorities; false for a folder that has them. */
  readonly authorities?: boolean;
  readonly publishEveryMs?: number;
  /** `fence` in the folder unless given. */
  readonly fence?: string;
  /** `witnesses` in the folder unless given. */
  readonly witnesses?: string;
  /** A PostgreSQL database; what `TAALIL_TEST_STORE` says unless given. */
  readonly database?: string | undefined;
  readonly clock?: VirtualClock;
}

/** A real platform over a temporary folder: SQLite files, keys, logs, a virtual clock at `TEST_START`. */
export async function makePlatform(options: MakeOptions = {}): Promise<TestPlatform> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'taalil-test-'));
  const platform = await open(folder, options.clock ?? new VirtualClock(TEST_START), options);
  if (options.authorities === false) return platform;
  for (const id of [AUTHORITY_A, AUTHORITY_B]) await addAuthority(platform, id, AUTHORITY);
  if (options.system !== false) await publishDemonstration(platform, AUTHORITY_A);
  return platform;
}

/** With `TAALIL_TEST_STORE=postgres` the same tests run on PostgreSQL; each folder then has a database of its own. */
const databases = new Map<string, string>();
let server: Promise<TestServer> | undefined;

async function databaseOf(folder: string): Promise<string | undefined> {
  if (process.env.TAALIL_TEST_STORE !== 'postgres') return undefined;
  server ??= startPostgres();
  const known = databases.get(folder) ?? (await (await server).database());
  databases.set(folder, known);
  return known;
}

async function open(folder: string, clock: VirtualClock, options: MakeOptions): Promise<TestPlatform> {
  const { publishEveryMs, fence, witnesses, database } = options;
  const platform = await openPlatform({
    database: database ?? (await databaseOf(folder)),
    folder,
    fence,
    witnesses,
    clock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
    publishEveryMs,
  });
  return {
    ...platform,
    ...CHEAP_PASSWORDS,
    clock,
    async reopen(meanwhile) {
      await platform.close();
      meanwhile?.();
      return open(folder, clock, options);
    },
    async dispose() {
      await platform.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function publishDemonstration(platform: OpenPlatform, authorityId: string, version: 1 | 2 = 1) {
  const bytes = modelFile({ version, fault: false });
  await publishVersion(platform, authorityId, SYSTEM, RECORD, {
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  if (version === 1) {
    await changeStatus(platform, {
      authorityId,
      systemId: SYSTEM,
      to: 'live',
      by: 'stf_test',
    });
  }
}

/** The household's facts as an agency sends them. */
export function inputOf(household: Household): Facts {
  return { ...household };
}

/** Seeded people; `wanted` keeps drawing until the register's model would give that effect. */
export function people(count: number, seed = 'people'): Person[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => drawPerson(random, i));
}

/** A household that the demonstration's model refuses, or grants, by a wide margin. */
export function clearCase(effect: 'favourable' | 'adverse'): Person {
  const base = people(1)[0] as Person;
  const rich: Partial<Household> = {
    milieu: 'urban',
    members: 2,
    children: 0,
    earners: 2,
    earnings: 20_000,
    schooling: 'higher',
    dwelling: 'villa',
    rooms: 8,
    vehicle: true,
  };
  const poor: Partial<Household> = {
    milieu: 'rural',
    members: 7,
    children: 4,
    earners: 1,
    earnings: 900,
    schooling: 'none',
    dwelling: 'precarious',
    rooms: 1,
    vehicle: false,
    water: 0,
  };
  return { ...base, household: { ...base.household, ...(effect === 'adverse' ? rich : poor) } };
}
