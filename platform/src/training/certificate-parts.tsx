import {
  Button,
  DateField,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Table,
  Tag,
  useT,
} from '../web/index.ts';
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
                  <Withdraw action={revoke} id={c.certificateId} standing={c.standing} />
                ),
              },
            ]),
      ]}
    />
  );
}

/** A button that withdraws what still has an effect, now or later. */
export function Withdraw(props: { action: string; id: string; standing: Certificate['standing'] }) {
  const t = useT(m);
  if (props.standing !== 'valid' && props.standing !== 'future') return null;
  return (
    <Form action={props.action}>
      <Button variant="tertiary" grave name="id" value={props.id}>
        {t('withdraw')}
      </Button>
    </Form>
  );
}

interface CertificateFormProps {
  readonly action: string;
  readonly today: string;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** Records a certificate: a year from today unless something else is typed. */
export function CertificateForm({ action, today, values, errors }: CertificateFormProps) {
  const t = useT(m);
  const nextYear = Temporal.PlainDate.from(today).add({ years: 1 }).toString();
  return (
    <Form action={action} values={values} errors={errors}>
      <p>{t('grantCertificateHint')}</p>
      <DateField name="certificate-from" label={t('from')} value={today} />
      <DateField name="certificate-to" label={t('to')} value={nextYear} />
      <Button>{t('record')}</Button>
    </Form>
  );
}
