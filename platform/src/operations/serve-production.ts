import { readIdentityProviders } from '../access/identity.ts';
import { systemClock } from '../clock.ts';
import type { ProductionConfig } from '../config.ts';
import { logger } from '../logger.ts';
import { joinPlatform, type Member } from '../processes/member.ts';
import { serveMember } from '../processes/serve-member.ts';
import { startBackground } from './background.ts';
import { observe } from './observe.ts';
import { startOperatorServer } from './operator-server.ts';

export interface Served {
  readonly member: Member;
  readonly url: string;
  readonly operatorUrl: string;
  /** Takes no new requests, lets the running ones end, seals what waits, and leaves. */
  stop(): Promise<void>;
}

/** One process of a platform in production. */
export async function serveProduction(config: ProductionConfig): Promise<Served> {
  const member = await joinPlatform({
    folder: config.folder,
    fence: config.fence,
    database: config.database,
    witnesses: config.witnesses,
    clock: systemClock,
    kind: 'production',
    originPrefix: config.originPrefix,
    http: { publicOrigin: config.publicOrigin, trustedProxies: config.trustedProxies },
    identity: readIdentityProviders(config.identity),
    outgoing: { networks: config.webhookNetworks },
  });
  member.whileWriter(() => {
    const background = startBackground(member.context);
    return () => background.stop();
  });
  const operator = await startOperatorServer(member, {
    host: config.operatorHost,
    port: config.operatorPort,
  });
  const running = await serveMember(member, config, observe);
  logger.warn(
    { url: running.url, operator: operator.url, role: member.writes ? 'writer' : 'web' },
    'serving',
  );
  return {
    member,
    url: running.url,
    operatorUrl: operator.url,
    async stop() {
      operator.drain();
      // Balancers ask every few seconds: let them see that this process is leaving before it closes its door.
      await new Promise((resolve) => setTimeout(resolve, config.drainSeconds * 1_000));
      await running.stop();
      await member.close();
      await operator.stop();
    },
  };
}
