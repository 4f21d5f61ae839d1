import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey } from '../platform/src/access/index.ts';
import { systemClock } from '../platform/src/clock.ts';
import { openPlatform } from '../platform/src/open.ts';
import { addAuthority } from '../platform/src/register/authorities.ts';
import { publishVersion } from '../platform/src/register/publish.ts';
import { changeStatus } from '../platform/src/register/status.ts';
import { serve } from '../platform/src/serve.ts';
import { modelFile } from '../platform/worlds/soutien-menages/model.ts';
import { AUTHORITY, AUTHORITY_ID, RECORD, SYSTEM_ID } from '../platform/worlds/soutien-menages/record.ts';

/** The server under load: a production store on the system's clock, as a process of its own. */
const folder = mkdtempSync(join(tmpdir(), 'taalil-bench-'));
const platform = await openPlatform({
  folder,
  clock: systemClock,
  kind: 'production',
  originPrefix: 'bench.example/log',
  database: process.env.BENCH_DATABASE,
});
await addAuthority(platform, AUTHORITY_ID, AUTHORITY);
const bytes = modelFile({ version: 1, fault: false });
const sha256 = createHash('sha256').update(bytes).digest('hex');
await publishVersion(platform, AUTHORITY_ID, SYSTEM_ID, RECORD, { bytes, sha256 });
await changeStatus(platform, {
  authorityId: AUTHORITY_ID,
  systemId: SYSTEM_ID,
  to: 'live',
  reason: { en: 'bench' },
  by: 'stf_bench',
});
const { secret } = await createApiKey(platform, {
  authorityId: AUTHORITY_ID,
  label: 'bench',
  scopes: ['decisions:write'],
  systems: [SYSTEM_ID],
});
const running = await serve(platform, { host: '127.0.0.1', port: 0 });
process.send?.({ url: running.url, secret });
process.on('message', async (message) => {
  if (message === 'usage') {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMicroseconds: user + system, rss: process.memoryUsage.rss() });
  } else {
    await running.stop();
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }
});
