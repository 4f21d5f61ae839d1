import { rmSync } from 'node:fs';
import { createApiKey } from '../platform/src/access/index.ts';
import { serve } from '../platform/src/serve.ts';
import { AUTHORITY_A, makePlatform, SYSTEM } from '../platform/test/make-platform.ts';

/** The server under load, as a process of its own. Prints its address and key, and on request its processor time. */
const platform = await makePlatform();
platform.clock.run();
const { secret } = await createApiKey(platform, {
  authorityId: AUTHORITY_A,
  label: 'bench',
  scopes: ['decisions:write'],
  systems: [SYSTEM],
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
    rmSync(platform.folder, { recursive: true, force: true });
    process.exit(0);
  }
});
