import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../src/clock.ts';
import type { DemonstrationAccess } from '../src/demonstration/table.ts';
import { type OpenPlatform, openPlatform } from '../src/open.ts';
import { makeTaxWorld, type WorldOptions } from '../worlds/tax-audit/world.ts';
import { CHEAP_PASSWORDS } from './make-platform.ts';

export interface MadeTaxWorld {
  readonly platform: OpenPlatform;
  readonly access: DemonstrationAccess;
  readonly folder: string;
  dispose(): Promise<void>;
}

/** The invented revenue office over a temporary folder. */
export async function madeTaxWorld(options: WorldOptions): Promise<MadeTaxWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'taalil-tax-'));
  const clock = new VirtualClock(Temporal.Instant.fromEpochMilliseconds(0));
  const platform = await openPlatform({
    folder,
    clock,
    kind: 'demonstration',
    originPrefix: 'test.example/log',
  });
  const access = await makeTaxWorld({ ...platform, ...CHEAP_PASSWORDS }, clock, options);
  return {
    platform,
    access,
    folder,
    async dispose() {
      await platform.close();
      rmSync(folder, { recursive: true });
    },
  };
}
