import { can, type Staff, staffHref } from '../access/index.ts';
import { Alert, Page, useSite, useT } from '../web/index.ts';
import { CertificateTable, endsSoon, present } from './certificate-parts.tsx';
import { DelegationTable } from './delegation-parts.tsx';
import { m } from './messages.ts';
import type { Standings } from './people-page.tsx';

interface OwnProps extends Standings {
  readonly staff: Staff;
  readonly today: string;
}

/** What one may sign oneself, and until when. */
export function OwnPage({ staff, certificates, delegations, today }: OwnProps) {
  const t = useT(m);
  const decides = can(staff, 'desk.decide') || can(staff, 'review.decide');
  return (
    <Page kind="staff" wide title={t.text('ownTitle')}>
      <h1>{t('ownTitle')}</h1>
      {decides && <OwnStanding certificates={certificates} today={today} authorityId={staff.authorityId} />}
      <h2>{t('certificates')}</h2>
      <CertificateTable certificates={certificates} today={today} />
      <h2>{t('delegations')}</h2>
      <DelegationTable delegations={delegations} />
    </Page>
  );
}

interface StandingProps extends Pick<Standings, 'certificates'> {
  readonly today: string;
  readonly authorityId: string;
}

function OwnStanding({ certificates, today, authorityId }: StandingProps) {
  const t = useT(m);
  const { lang } = useSite();
  const held = present(certificates);
  if (held?.standing === 'valid' && !endsSoon(held, today)) {
    return <Alert tone="good" title={t('ownGood', { day: held.to })} />;
  }
  const title = held?.standing === 'valid' ? t('ownSoon', { day: held.to }) : t('ownMissing');
  return (
    <Alert tone="attention" title={title}>
      <p>
        {t('ownRenew', {
          training: (text) => (
            <a class="ds-link" href={staffHref(lang, authorityId, 'training')}>
              {text}
            </a>
          ),
        })}
      </p>
    </Alert>
  );
}
