import type { Child } from 'hono/jsx';
import { can, type Staff, type StaffMember, staffHref } from '../access/index.ts';
import {
  Actions,
  Alert,
  Button,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  PersonName,
  Table,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import type { ListedErasure } from './due.ts';
import { m } from './messages.ts';
import type { Examined } from './obstacles.ts';
import { ArchiveAct, Obstacles, Reference } from './parts.tsx';
import { ScheduleTable, type SystemSchedule } from './schedule-page.tsx';

/** What has just been done, to say so at the top. */
export type Done = readonly { readonly key: DoneKey; readonly n: number }[];
export type DoneKey = 'askedDone' | 'erasedDone' | 'refusedDone' | 'withdrawnDone' | 'setDone';

export interface ErasuresProps {
  readonly staff: Staff;
  readonly systems: readonly SystemSchedule[];
  readonly due: readonly Examined[];
  readonly requested: readonly ListedErasure[];
  readonly erased: readonly ListedErasure[];
  readonly people: ReadonlyMap<string, StaffMember>;
  readonly done: Done;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** Retention and erasure: what is due, what waits for a second person, what is gone. */
export function ErasuresPage(props: ErasuresProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { staff, systems, due, requested, erased, done, values, errors = {} } = props;
  const here = staffHref(lang, staff.authorityId, 'erasures');
  const asks = can(staff, 'case.erase');
  return (
    <Page kind="staff" wide title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('title')}</h1>
      {done.map(({ key, n }) => (
        <Alert tone={key === 'refusedDone' ? 'attention' : 'good'} title={t(key, { n })} live />
      ))}
      <p>{t('lead')}</p>
      <h2>{t('toConfirm')}</h2>
      <Requested {...props} here={here} asks={asks} requested={requested} />
      <h2>{t('due')}</h2>
      <Due due={due} here={here} asks={asks} />
      <h2>{t('done')}</h2>
      <Erased {...props} here={here} erased={erased} />
      <h2>{t('schedules')}</h2>
      <ScheduleTable systems={systems} href={can(staff, 'retention.set') ? `${here}/schedule` : undefined} />
      <p>
        <a class="ds-link" href={`${staffHref(lang, staff.authorityId)}/retention`}>
          {t('others')}
        </a>
      </p>
      <h2>{t('find')}</h2>
      <Form action={`${here}/find`} values={values} errors={errors}>
        <TextField
          name="reference"
          label={t('reference')}
          hint={t('findHint')}
          size={14}
          maxlength={40}
          dir="ltr"
        />
        <Button variant="secondary">{t('show')}</Button>
      </Form>
      <h2>{t('what')}</h2>
      <p>{t('stays')}</p>
      <p>{t('backups')}</p>
    </Page>
  );
}

type WithNames = Pick<ErasuresProps, 'people'> & { here: string };

export function Name({ id, people }: { id: string | null; people: ReadonlyMap<string, StaffMember> }): Child {
  const person = people.get(id ?? '');
  return person === undefined || person.name === '' ? '–' : <PersonName>{person.name}</PersonName>;
}

function Requested({
  requested,
  people,
  here,
  asks,
  staff,
}: WithNames & Pick<ErasuresProps, 'requested' | 'staff'> & { asks: boolean }) {
  const t = useT(m);
  const table = (
    <Table
      caption={t('toConfirm')}
      captionHidden
      rows={requested}
      columns={[
        {
          header: t('reference'),
          rowHeader: true,
          cell: (row) => (
            <Reference
              reference={row.reference}
              href={`${here}/${row.case_id}`}
              {...(asks || row.requested_by !== staff.staffId ? { choose: row.case_id } : {})}
            />
          ),
        },
        { header: t('askedBy'), cell: (row) => <Name id={row.requested_by} people={people} /> },
        { header: t('askedOn'), cell: (row) => <DateText value={row.requested_at} style="medium" /> },
        { header: t('archiveAct'), cell: (row) => <ArchiveAct of={row} /> },
      ]}
      empty={
        <EmptyState title={t('toConfirmNone')}>
          <p>{t('toConfirmWhen')}</p>
        </EmptyState>
      }
    />
  );
  if (requested.length === 0) return table;
  return (
    <Form action={`${here}/confirm`}>
      {table}
      <Actions>
        <Button>{t('confirm')}</Button>
        {asks && (
          <Button variant="secondary" formaction={`${here}/withdraw`}>
            {t('withdraw')}
          </Button>
        )}
      </Actions>
    </Form>
  );
}

function Due({ due, here, asks }: { due: readonly Examined[]; here: string; asks: boolean }) {
  const t = useT(m);
  const free = due.some((file) => file.obstacles.length === 0);
  const table = (
    <Table
      caption={t('due')}
      captionHidden
      rows={due}
      columns={[
        {
          header: t('reference'),
          rowHeader: true,
          cell: (file) => (
            <Reference
              reference={file.reference}
              href={`${here}/${file.caseId}`}
              {...(asks && file.obstacles.length === 0 ? { choose: file.caseId } : {})}
            />
          ),
        },
        { header: t('lastEvent'), cell: (file) => <DateText value={file.lastEventAt} style="medium" /> },
        {
          header: t('keptUntil'),
          cell: (file) => file.keepUntil && <DateText value={file.keepUntil} style="medium" />,
        },
        { header: t('against'), cell: (file) => <Obstacles obstacles={file.obstacles} /> },
      ]}
      empty={
        <EmptyState title={t('dueNone')}>
          <p>{t('dueWhen')}</p>
        </EmptyState>
      }
    />
  );
  if (!asks || !free) return table;
  return (
    <Form action={`${here}/ask`}>
      {table}
      <Button>{t('ask')}</Button>
    </Form>
  );
}

function Erased({ erased, people, here }: WithNames & Pick<ErasuresProps, 'erased'>) {
  const t = useT(m);
  return (
    <Table
      caption={t('done')}
      captionHidden
      rows={erased}
      columns={[
        {
          header: t('reference'),
          rowHeader: true,
          cell: (row) => <Reference reference={row.reference} href={`${here}/${row.case_id}`} />,
        },
        {
          header: t('erasedOn'),
          cell: (row) => (
            <>
              {row.erased_at && <DateText value={row.erased_at} style="medium" />}
              {row.destroyed_at === null && <small class="ta-note">{t('keyLeft')}</small>}
            </>
          ),
        },
        { header: t('askedBy'), cell: (row) => <Name id={row.requested_by} people={people} /> },
        { header: t('confirmedBy'), cell: (row) => <Name id={row.confirmed_by} people={people} /> },
        {
          header: t('backupsUntil'),
          cell: (row) => row.backups_until && <DateText value={row.backups_until} style="medium" />,
        },
      ]}
      empty={<EmptyState title={t('doneNone')} />}
    />
  );
}
