import type { CitizenCase } from '../citizen/case-view.ts';
import { NOTIFICATION_MODES, type NotificationMode, type NotificationRequest } from '../notices/index.ts';
import {
  Alert,
  Button,
  DateField,
  Form,
  type FormErrors,
  type FormValues,
  Radios,
  readDate,
  TextField,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import { VisitPage } from './shell.tsx';
import type { Visit } from './visits.ts';

const MODE_LABELS = {
  hand: 'hand',
  'registered-letter': 'registeredLetter',
  electronic: 'electronic',
} as const satisfies Record<NotificationMode, string>;

export type NotificationFault = 'needMode' | 'needTo' | 'needProof' | 'badDate';
export type NotificationFaults = Readonly<Record<string, NotificationFault>>;
type Given = Pick<NotificationRequest, 'mode' | 'date' | 'to' | 'proof'>;

const typed = (values: FormValues, name: string) => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** The notification as typed, or what is wrong with it. */
export function readNotification(values: FormValues): { given: Given } | { faults: NotificationFaults } {
  const mode = NOTIFICATION_MODES.find((one) => one === values.mode);
  const date = readDate(values, 'date');
  const to = typed(values, 'to');
  const document = typed(values, 'proof');
  const on = readDate(values, 'proofOn');
  const faults: NotificationFaults = {
    ...(mode === undefined ? { mode: 'needMode' as const } : {}),
    ...(date ? {} : { date: 'badDate' as const }),
    ...(to === '' || to.length > 200 ? { to: 'needTo' as const } : {}),
    ...((document === '') !== (on === '') || document.length > 300 ? { proof: 'needProof' as const } : {}),
    ...(on === undefined ? { proofOn: 'badDate' as const } : {}),
  };
  if (Object.keys(faults).length > 0 || mode === undefined || !date) return { faults };
  return { given: { mode, date, to, proof: document === '' || !on ? undefined : { document, on } } };
}

export interface NotificationPageProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly values?: FormValues;
  readonly faults?: NotificationFaults;
}

/** Records by hand that the decision was brought to the person. */
export function NotificationPage({ visit, of, values = {}, faults = {} }: NotificationPageProps) {
  const t = useT(m);
  const errors: FormErrors = Object.fromEntries(
    Object.entries(faults).map(([field, key]) => [field, t(key)]),
  );
  return (
    <VisitPage
      visit={visit}
      of={of}
      page="notification"
      title={t('notificationTitle')}
      plainTitle={t.text('notificationTitle')}
      invalid={Object.keys(faults).length > 0}
    >
      {of.waiting ? (
        <Alert>
          <p>{t('nothingToNotify')}</p>
        </Alert>
      ) : (
        <>
          <p>{t('notificationText')}</p>
          <Form values={values} errors={errors}>
            <Radios
              name="mode"
              label={t('mode')}
              options={NOTIFICATION_MODES.map((value) => ({ value, label: t(MODE_LABELS[value]) }))}
            />
            <DateField name="date" label={t('dateReached')} />
            <TextField name="to" label={t('to')} hint={t('toHint')} maxlength={200} />
            <TextField
              name="proof"
              label={t('proofDocument')}
              hint={t('proofHint')}
              maxlength={300}
              optional
            />
            <DateField name="proofOn" label={t('proofOn')} optional />
            <Button>{t('record')}</Button>
          </Form>
        </>
      )}
    </VisitPage>
  );
}
