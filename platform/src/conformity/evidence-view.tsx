import type { OwnSystem } from '../register/own-systems.ts';
import {
  AgencyText,
  Alert,
  Button,
  DateField,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  Select,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { countDuties, type Duties } from './duties.ts';
import { DutyList } from './duty-views.tsx';
import { m } from './messages.ts';
import { useNormText } from './norm-text.tsx';

interface EvidenceProps {
  readonly system: OwnSystem;
  readonly duties: Duties;
  readonly mayRecord: boolean;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** The duties of one system for its staff, and the form that records a document. */
export function EvidencePage({ system, duties, mayRecord, values, errors = {} }: EvidenceProps) {
  const t = useT(m);
  const text = useNormText();
  const { lang } = useSite();
  const asked = new Map(
    duties.duties.flatMap(({ needs }) =>
      needs.filter(({ need }) => need.kind === 'document').map(({ need }) => [need.name, text(need.texts)]),
    ),
  );
  return (
    <Page kind="staff" title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={`/${lang}/staff/${system.authorityId}/systems/${system.systemId}`}>
          {t('back')}
        </a>
      </p>
      <h1>{t('title')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} />
      </p>
      <Alert>
        <p>{t('lead')}</p>
      </Alert>
      <p>{t('summary', { n: duties.level, ...countDuties(duties) })}</p>
      {mayRecord && asked.size > 0 && (
        <section>
          <h2>{t('recordTitle')}</h2>
          <p>{t('recordHint')}</p>
          <Form values={values} errors={errors}>
            <Select
              name="name"
              label={t('which')}
              options={[...asked].map(([value, label]) => ({ value, label }))}
            />
            <DateField name="date" label={t('date')} />
            <TextField name="reference" label={t('reference')} hint={t('referenceHint')} maxlength={300} />
            <Button>{t('record')}</Button>
          </Form>
        </section>
      )}
      <DutyList duties={duties} />
    </Page>
  );
}
