import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createApiKey } from '../../platform/src/access/index.ts';
import { systemClock } from '../../platform/src/clock.ts';
import { openPlatform } from '../../platform/src/open.ts';
import { addAuthority } from '../../platform/src/register/authorities.ts';
import { publishVersion } from '../../platform/src/register/publish.ts';
import { changeStatus } from '../../platform/src/register/status.ts';
import { serve } from '../../platform/src/serve.ts';
import { type Kind, workloads } from './workload.ts';

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

/** The server under load: a production store on the system's clock, as a process of its own, told where by its environment. */
const { BENCH_FOLDER: folder, BENCH_DATABASE: database, BENCH_WORKLOAD: kind } = process.env;
if (folder === undefined || kind === undefined) throw new Error('started by bench/decisions/serving.ts');
const { authorityId, authority, systemId, record, model: bytes } = workloads[kind as Kind]();
const platform = await openPlatform({
  folder,
  clock: systemClock,
  kind: 'production',
  originPrefix: 'bench.example/log',
  database,
});
await addAuthority(platform, authorityId, authority);
const sha256 = createHash('sha256').update(bytes).digest('hex');
await publishVersion(platform, authorityId, systemId, record, { bytes, sha256 });
await changeStatus(platform, { authorityId, systemId, to: 'live', reason: { en: 'bench' }, by: 'stf_bench' });
const { secret } = await createApiKey(platform, {
  authorityId,
  label: 'bench',
  scopes: ['decisions:write'],
  systems: [systemId],
});
const running = await serve(platform, { host: '127.0.0.1', port: 0 });
process.send?.({ url: running.url, secret } satisfies Ready);

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
    await platform.close();
    process.exit(0);
  }
});
