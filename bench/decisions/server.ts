import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createApiKey } from '../../platform/src/access/index.ts';
import { systemClock } from '../../platform/src/clock.ts';
import type { Context } from '../../platform/src/context.ts';
import { joinPlatform } from '../../platform/src/processes/member.ts';
import { serveMember } from '../../platform/src/processes/serve-member.ts';
import { addAuthority } from '../../platform/src/register/authorities.ts';
import { publishVersion } from '../../platform/src/register/publish.ts';
import { changeStatus } from '../../platform/src/register/status.ts';
import { type Kind, type Workload, workloads } from './workload.ts';

/** What the server under load says of itself. */
export interface Usage {
  /** Processor time of all its threads since it started. */
  readonly cpuMicroseconds: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly descriptors: number;
}

export interface Ready {
  readonly url: string;
  readonly secret: string;
}

/**
 * One process of the platform under load: a production store on the system's clock, told where by its environment. The first makes
 * the system and becomes the writer.
 */
const { BENCH_FOLDER: folder, BENCH_DATABASE: database, BENCH_WORKLOAD: kind } = process.env;
if (folder === undefined || kind === undefined) throw new Error('started by bench/decisions/serving.ts');
const member = await joinPlatform({
  folder,
  clock: systemClock,
  kind: 'production',
  originPrefix: 'bench.example/log',
  database,
});
const secret = member.writes ? await makeSystem(member.context, workloads[kind as Kind]()) : '';
const running = await serveMember(member, { host: '127.0.0.1', port: 0 });
process.send?.({ url: running.url, secret } satisfies Ready);

async function makeSystem(
  ctx: Context,
  { authorityId, authority, systemId, record, model: bytes }: Workload,
): Promise<string> {
  await addAuthority(ctx, authorityId, authority);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await publishVersion(ctx, authorityId, systemId, record, { bytes, sha256 });
  await changeStatus(ctx, { authorityId, systemId, to: 'live', reason: { en: 'bench' }, by: 'stf_bench' });
  const { secret } = await createApiKey(ctx, {
    authorityId,
    label: 'bench',
    scopes: ['decisions:write'],
    systems: [systemId],
  });
  return secret;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    cpuMicroseconds: user + system,
    rssBytes: process.memoryUsage.rss(),
    heapBytes: process.memoryUsage().heapUsed,
    descriptors: readdirSync('/proc/self/fd').length,
  };
}

process.on('message', async (message) => {
  if (message === 'usage') process.send?.(usage());
  else {
    await running.stop();
    await member.close();
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(1));
