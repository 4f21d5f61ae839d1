import type { Context } from '../context.ts';
import type { PublicSystem } from '../register/public-register.ts';
import { useT } from '../web/index.ts';
import { m } from './messages.ts';
import { type Schedule, schedulesInForce } from './schedule.ts';

/** What the public register says of how long files are kept. */
export async function retentionOf(ctx: Context, system: PublicSystem): Promise<Schedule | undefined> {
  return (await schedulesInForce(ctx.store.read, system.authorityId)).get(system.systemId);
}

export function RetentionSection({ schedule }: { schedule: Schedule | undefined }) {
  const t = useT(m);
  return (
    <>
      <h2>{t('publicTitle')}</h2>
      {schedule === undefined ? (
        <p>{t('publicNone')}</p>
      ) : (
        <>
          <p>
            {t('months', { n: schedule.months })} (<bdi>{schedule.basis}</bdi>).
          </p>
          <p>{t('publicThen')}</p>
        </>
      )}
    </>
  );
}
