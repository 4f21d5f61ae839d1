import type { Child } from 'hono/jsx';
import { type StaffMember, staffHref } from '../access/index.ts';
import {
  Button,
  DateField,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  PersonName,
  Radios,
  Select,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { ACT_WORDS } from './delegation-parts.tsx';
import { m } from './messages.ts';

export type GrantForm = 'certificate' | 'delegation';

export interface GrantProps {
  readonly form: GrantForm;
  readonly person: StaffMember;
  readonly systems: readonly string[];
  readonly today: string;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** One thing a page: records a certificate or a delegation of one person. */
export function GrantPage(props: GrantProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { form, person, values, errors } = props;
  const title = form === 'certificate' ? 'grantCertificate' : 'grantDelegation';
  return (
    <Page kind="staff" wide title={t.text(title)} invalid={errors !== undefined}>
      <p>
        <a class="ds-link" href={`${staffHref(lang, person.authorityId, 'people')}/${person.staffId}`}>
          {t('backTo')}
        </a>
      </p>
      <h1>{t(title)}</h1>
      <p class="ta-lead">
        <PersonName>{person.name}</PersonName>
      </p>
      <Form values={values} errors={errors}>
        {form === 'certificate' ? <CertificateFields {...props} /> : <DelegationFields {...props} />}
        <Button>{t('record')}</Button>
      </Form>
    </Page>
  );
}

/** A year from today unless something else is typed. */
function CertificateFields({ today }: GrantProps): Child {
  const t = useT(m);
  const nextYear = Temporal.PlainDate.from(today).add({ years: 1 }).toString();
  return (
    <>
      <p>{t('grantCertificateHint')}</p>
      <DateField name="from" label={t('from')} value={today} />
      <DateField name="to" label={t('to')} value={nextYear} />
    </>
  );
}

function DelegationFields({ today, systems }: GrantProps): Child {
  const t = useT(m);
  return (
    <>
      <Radios
        name="act"
        label={t('act')}
        options={Object.entries(ACT_WORDS).map(([value, word]) => ({ value, label: t(word) }))}
      />
      <Select
        name="scope"
        label={t('system')}
        options={[
          { value: 'all', label: t.text('allSystems') },
          ...systems.map((id) => ({ value: id, label: id })),
        ]}
      />
      <DateField name="from" label={t('from')} value={today} />
      <DateField name="to" label={t('to')} />
      <TextField name="instrument" label={t('instrument')} hint={t('instrumentHint')} maxlength={200} />
    </>
  );
}
