import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { AUTHORITY_A, publishDemonstration, SYSTEM, TEST_START } from '../../test/make-platform.ts';
import { type Played, play, schedule } from '../../test/primacy.ts';
import { AUTHORITY } from '../../worlds/soutien-menages/record.ts';
import { VirtualClock } from '../clock.ts';
import { openPlatform } from '../open.ts';
import { addAuthority } from '../register/authorities.ts';
import { systemState } from '../register/systems.ts';
import { listCertificates, listDelegations } from '../training/index.ts';
import { joinPlatform, type Member } from './member.ts';

const folder = mkdtempSync(join(tmpdir(), 'taalil-primacy-'));
const clock = new VirtualClock(TEST_START);
const options = { folder, clock, kind: 'demonstration', originPrefix: 'test.example/log' } as const;
let members: Member[] = [];

before(async () => {
  const setup = await openPlatform(options);
  await addAuthority(setup, AUTHORITY_A, AUTHORITY);
  await publishDemonstration(setup, AUTHORITY_A);
  await setup.close();
  for (let i = 0; i < 3; i++) members.push(await joinPlatform(options));
});
after(async () => {
  for (const member of members) await member.close();
  rmSync(folder, { recursive: true, force: true });
});

function writer(): Member | undefined {
  return members.find((member) => member.writes);
}

/** The writer leaves, another member takes its place with whatever it has read before, and a new one joins. */
async function handOver(): Promise<void> {
  const old = writer() as Member;
  members = members.filter((member) => member !== old);
  await old.close();
  while (writer() === undefined) await pause(20);
  members.push(await joinPlatform(options));
}

/** The platform as its writer of the moment has it. */
const played: Played = {
  ...options,
  fence: join(options.folder, 'fence'),
  get store() {
    return (writer() as Member).context.store;
  },
  get vault() {
    return (writer() as Member).context.vault;
  },
  get ledger() {
    return (writer() as Member).context.ledger;
  },
} as Played;

test('human primacy and independence hold while the writing process changes, whatever the others have read before', async () => {
  const seen = { adverse: 0, reviews: 0, twice: 0, handed: 0 };
  await fc.assert(
    fc.asyncProperty(schedule, async (rounds) => {
      const { adverse, reviews, twice } = await play(played, rounds, async (round) => {
        for (const { context } of members) {
          await listCertificates(context, AUTHORITY_A);
          await listDelegations(context, AUTHORITY_A);
          await systemState(context.store, AUTHORITY_A, SYSTEM);
        }
        if (round % 7 !== 3) return;
        await handOver();
        seen.handed += 1;
      });
      seen.adverse += adverse;
      seen.reviews += reviews;
      seen.twice += twice;
    }),
    { numRuns: 5, seed: 23, endOnFailure: true },
  );
  assert.ok(seen.adverse > 3 && seen.twice > 0 && seen.handed > 5, JSON.stringify(seen));
});
