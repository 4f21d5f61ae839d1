import { staffHref } from '../access/index.ts';
import {
  AgencyText,
  Button,
  DateText,
  Form,
  type FormErrors,
  type FormValues,
  type LocalText,
  Page,
  Radios,
  Table,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import type { Schedule } from './schedule.ts';

export interface SystemSchedule {
  readonly systemId: string;
  readonly name: LocalText;
  readonly schedule: Schedule | undefined;
  /** Minutes that entries wait before the public log shows them; 0: at once. */
  readonly delay: number;
}

/** How long the files of each system are kept; `href` leads to where it is set. */
export function ScheduleTable({
  systems,
  href,
}: {
  systems: readonly SystemSchedule[];
  href: string | undefined;
}) {
  const t = useT(m);
  return (
    <Table
      caption={t('schedules')}
      captionHidden
      rows={systems}
      columns={[
        { header: t('system'), rowHeader: true, cell: ({ name }) => <AgencyText text={name} mark={false} /> },
        {
          header: t('kept'),
          cell: ({ schedule }) =>
            schedule === undefined ? t('noSchedule') : t('months', { n: schedule.months }),
        },
        {
          header: t('backupDays'),
          cell: ({ schedule }) => schedule && t('days', { n: schedule.backupDays }),
        },
        { header: t('delay'), cell: ({ delay }) => t('delayed', { n: delay }) },
        { header: t('archive'), cell: ({ schedule }) => schedule && t(schedule.archive) },
        {
          header: t('basis'),
          cell: ({ schedule }) =>
            schedule && (
              <>
                <bdi>{schedule.basis}</bdi>
                <small class="ta-note">
                  <DateText value={schedule.setAt} style="medium" />
                </small>
              </>
            ),
        },
        ...(href === undefined
          ? []
          : [
              {
                header: <span class="ta-hidden">{t('set')}</span>,
                cell: ({ systemId, name }: SystemSchedule) => (
                  <a class="ds-link" href={`${href}/${systemId}`}>
                    {t('set')}
                    <span class="ta-hidden">
                      {' '}
                      <AgencyText text={name} mark={false} />
                    </span>
                  </a>
                ),
              },
            ]),
      ]}
    />
  );
}

export interface SchedulePageProps {
  readonly authorityId: string;
  readonly system: SystemSchedule;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** Sets the retention of one system. */
export function SchedulePage({ authorityId, system, values, errors = {} }: SchedulePageProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { schedule } = system;
  return (
    <Page kind="staff" title={t.text('scheduleTitle')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={staffHref(lang, authorityId, 'erasures')}>
          {t('back')}
        </a>
      </p>
      <h1>{t('scheduleTitle')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.name} />
      </p>
      <p>{t('scheduleLead')}</p>
      <Form values={values} errors={errors}>
        <TextField
          name="months"
          label={t('monthsField')}
          inputmode="numeric"
          size={5}
          maxlength={4}
          dir="ltr"
          value={String(schedule?.months ?? '')}
        />
        <TextField
          name="backupDays"
          label={t('backupField')}
          hint={t('backupHint')}
          inputmode="numeric"
          size={5}
          maxlength={4}
          dir="ltr"
          value={String(schedule?.backupDays ?? '')}
        />
        <TextField
          name="delay"
          label={t('delayField')}
          hint={t('delayHint')}
          inputmode="numeric"
          size={5}
          maxlength={4}
          dir="ltr"
          value={String(system.delay)}
        />
        <Radios
          name="archive"
          label={t('archiveField')}
          hint={t('archiveHint')}
          value={schedule?.archive ?? ''}
          options={(['eliminate', 'transferred'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <TextField
          name="basis"
          label={t('basisField')}
          hint={t('instrumentHint')}
          maxlength={300}
          value={schedule?.basis ?? ''}
        />
        <Button>{t('save')}</Button>
      </Form>
    </Page>
  );
}
