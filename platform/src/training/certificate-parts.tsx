import { DateText, EmptyState, Table, Tag, useSite, useT } from '../web/index.ts';
import type { Certificate } from './certificates.ts';
import { m } from './messages.ts';

/** From this many days before its end on, a certificate is shown as about to expire. */
export const SOON_DAYS = 60;

export function endsSoon(certificate: Certificate, today: string): boolean {
  const limit = Temporal.PlainDate.from(today).add({ days: SOON_DAYS }).toString();
  return certificate.standing === 'valid' && certificate.to <= limit;
}

/** The certificate that counts now: a valid one that runs longest, else the last one held. */
export function present(certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.find((c) => c.standing === 'valid') ?? certificates[0];
}

/** Where a certificate stands, in a word and a date. */
export function CertificateTag({
  certificate,
  today,
}: {
  certificate: Certificate | undefined;
  today: string;
}) {
  const t = useT(m);
  if (certificate === undefined) return <Tag state="neutral">{t('none')}</Tag>;
  switch (certificate.standing) {
    case 'valid':
      return (
        <Tag state={endsSoon(certificate, today) ? 'attention' : 'good'}>
          {t('validUntil', { day: certificate.to })}
        </Tag>
      );
    case 'future':
      return <Tag state="wait">{t('fromDay', { day: certificate.from })}</Tag>;
    case 'ended':
      return <Tag state="bad">{t('expired', { day: certificate.to })}</Tag>;
    case 'revoked':
      return <Tag state="bad">{t('revoked')}</Tag>;
  }
}

interface CertificateTableProps {
  readonly certificates: readonly Certificate[];
  readonly today: string;
  /** Where a certificate is withdrawn; without it nothing can be. */
  readonly revoke?: string | undefined;
}

/** The certificates of one person. */
export function CertificateTable({ certificates, today, revoke }: CertificateTableProps) {
  const t = useT(m);
  return (
    <Table
      caption={t('certificates')}
      captionHidden
      rows={certificates}
      empty={
        <EmptyState title={t('noCertificates')}>
          <p>{t('noCertificatesText')}</p>
        </EmptyState>
      }
      columns={[
        { header: t('from'), rowHeader: true, cell: (c) => <DateText value={c.from} style="medium" /> },
        { header: t('to'), cell: (c) => <DateText value={c.to} style="medium" /> },
        { header: t('state'), cell: (c) => <CertificateTag certificate={c} today={today} /> },
        ...(revoke === undefined
          ? []
          : [
              {
                header: t('withdraw'),
                cell: (c: Certificate) => (
                  <Withdraw
                    action={revoke}
                    id={c.certificateId}
                    standing={c.standing}
                    label={t.text('withdrawCertificate', { day: c.to })}
                  />
                ),
              },
            ]),
      ]}
    />
  );
}

interface WithdrawProps {
  readonly action: string;
  readonly id: string;
  readonly standing: Certificate['standing'];
  /** Says it whole for who hears the button alone; begins with its word. */
  readonly label: string;
}

/** A button that withdraws what still has an effect, now or later. */
export function Withdraw({ action, id, standing, label }: WithdrawProps) {
  const t = useT(m);
  const { csrf } = useSite();
  if (standing !== 'valid' && standing !== 'future') return null;
  return (
    <form method="post" action={action}>
      <input type="hidden" name="csrf" value={csrf} />
      <button
        type="submit"
        class="ta-linkbutton"
        name="id"
        value={id}
        aria-label={label}
        lang={t.lang('withdraw')}
      >
        {t('withdraw')}
      </button>
    </form>
  );
}
