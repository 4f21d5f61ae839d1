import { Alert, Page, useT } from '../web/index.ts';
import { CertificateTable, endsSoon, present } from './certificate-parts.tsx';
import { DelegationTable } from './delegation-parts.tsx';
import { m } from './messages.ts';
import type { Standings } from './people-page.tsx';

/** What one may sign oneself, and until when. */
export function OwnPage({ certificates, delegations, today }: Standings & { today: string }) {
  const t = useT(m);
  return (
    <Page kind="staff" wide title={t.text('ownTitle')}>
      <h1>{t('ownTitle')}</h1>
      <OwnStanding certificates={certificates} today={today} />
      <h2>{t('certificates')}</h2>
      <CertificateTable certificates={certificates} today={today} />
      <h2>{t('delegations')}</h2>
      <DelegationTable delegations={delegations} />
    </Page>
  );
}

function OwnStanding({ certificates, today }: Pick<Standings, 'certificates'> & { today: string }) {
  const t = useT(m);
  const held = present(certificates);
  if (held?.standing === 'valid' && !endsSoon(held, today)) {
    return <Alert tone="good" title={t('ownGood', { day: held.to })} />;
  }
  const title = held?.standing === 'valid' ? t('ownSoon', { day: held.to }) : t('ownMissing');
  return (
    <Alert tone="attention" title={title}>
      <p>{t('ownRenew')}</p>
    </Alert>
  );
}
