import { staffHref } from '../access/nav.tsx';
import type { CaseRow } from '../cases/cases.ts';
import { collective } from '../reviews/collective/messages.ts';
import {
  Alert,
  Button,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  Radios,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import { DOCUMENTS, PRESENT } from './visits.ts';

const DOCUMENT_LABELS = {
  'national-card': 'nationalCard',
  passport: 'passport',
  'residence-card': 'residenceCard',
  'driving-licence': 'drivingLicence',
  other: 'otherDocument',
} as const satisfies Record<(typeof DOCUMENTS)[number], string>;

export interface OpenCounterProps {
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  readonly ended?: boolean;
  /** Several files of one file number: which one? */
  readonly choices?: readonly CaseRow[];
}

/** The first page of the counter: which file, and which document was compared. */
export function OpenCounterPage({ values, errors = {}, ended, choices = [] }: OpenCounterProps) {
  const t = useT(m);
  const c = useT(collective);
  const { lang, staff } = useSite();
  return (
    <Page kind="staff" title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('title')}</h1>
      {ended && (
        <Alert tone="attention">
          <p>{t('endedText')}</p>
        </Alert>
      )}
      <p>{t('lead')}</p>
      {staff && (
        <p>
          <a class="ds-link" href={`${staffHref(lang, staff.authority, 'reviews')}/collectives`}>
            {c('listTitle')}
          </a>
        </p>
      )}
      <Form values={values} errors={errors}>
        <TextField name="reference" label={t('reference')} dir="ltr" size={16} maxlength={40} />
        <TextField name="fileNumber" label={t('fileNumber')} dir="ltr" size={24} maxlength={200} optional />
        {choices.length > 0 && (
          <Radios
            name="case"
            label={t('which')}
            options={choices.map((one) => ({
              value: one.reference,
              label: <bdi>{one.reference}</bdi>,
              hint: t('whichHint', { day: one.openedAt }),
            }))}
          />
        )}
        <Radios
          name="document"
          label={t('document')}
          hint={t('documentHint')}
          options={DOCUMENTS.map((value) => ({ value, label: t(DOCUMENT_LABELS[value]) }))}
        />
        <Radios
          name="present"
          label={t('present')}
          options={PRESENT.map((value) => ({
            value,
            label: t(value === 'person' ? 'presentPerson' : 'presentRepresentative'),
          }))}
        />
        <Button>{t('open')}</Button>
      </Form>
    </Page>
  );
}
