import { can, type Staff, type StaffMember, staffHref } from '../access/index.ts';
import {
  Actions,
  Alert,
  Button,
  DateField,
  DateText,
  Form,
  type FormErrors,
  type FormValues,
  Machine,
  Page,
  Radios,
  SummaryList,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import type { ListedErasure } from './due.ts';
import { Name } from './list-page.tsx';
import { m } from './messages.ts';
import type { Examined } from './obstacles.ts';
import { ArchiveAct, Obstacles } from './parts.tsx';

/** A file that a page speaks of. */
export interface NamedFile {
  readonly caseId: string;
  readonly reference: string;
}

function Back({ authorityId }: { authorityId: string }) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <p>
      <a class="ds-link" href={staffHref(lang, authorityId, 'erasures')}>
        {t('back')}
      </a>
    </p>
  );
}

function Files({ files }: { files: readonly NamedFile[] }) {
  const t = useT(m);
  return (
    <>
      <p>{t('files', { n: files.length })}</p>
      <ul>
        {files.map(({ caseId, reference }) => (
          <li>
            <Machine>{reference}</Machine>
            <input type="hidden" name="case" value={caseId} />
          </li>
        ))}
      </ul>
    </>
  );
}

export interface AskPageProps {
  readonly authorityId: string;
  readonly files: readonly NamedFile[];
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** Asks for the erasure of files that one act of the archives covers. */
export function AskPage({ authorityId, files, values, errors = {} }: AskPageProps) {
  const t = useT(m);
  return (
    <Page kind="staff" title={t.text('askTitle')} invalid={Object.keys(errors).length > 0}>
      <Back authorityId={authorityId} />
      <h1>{t('askTitle')}</h1>
      <Form values={values} errors={errors}>
        <Files files={files} />
        <Radios
          name="archive"
          label={t('archiveQuestion')}
          hint={t('archiveHint')}
          options={[
            { value: 'eliminate', label: t('answerEliminate') },
            { value: 'transferred', label: t('answerTransferred') },
          ]}
        />
        <TextField name="instrument" label={t('instrument')} hint={t('instrumentHint')} maxlength={200} />
        <DateField name="day" label={t('day')} />
        <Button name="step" value="ask">
          {t('ask')}
        </Button>
      </Form>
    </Page>
  );
}

/** The last page before files are gone. */
export function ConfirmPage({ authorityId, files }: { authorityId: string; files: readonly NamedFile[] }) {
  const t = useT(m);
  return (
    <Page kind="staff" title={t.text('confirmTitle')}>
      <Back authorityId={authorityId} />
      <h1>{t('confirmTitle')}</h1>
      <Alert tone="bad" title={t('confirmText')}>
        <p>{t('stays')}</p>
        <p>{t('backups')}</p>
      </Alert>
      <Form>
        <Files files={files} />
        <Button name="step" value="erase" grave>
          {t('erase')}
        </Button>
      </Form>
    </Page>
  );
}

export interface FilePageProps {
  readonly staff: Staff;
  readonly reference: string;
  readonly caseId: string;
  /** What an examination says; undefined once the file is erased. */
  readonly examined: Examined | undefined;
  readonly erasure: ListedErasure | undefined;
  readonly people: ReadonlyMap<string, StaffMember>;
}

/** One file: its dates, what stands against its erasure, where that stands. Nothing of what it holds. */
export function FilePage({ staff, reference, caseId, examined, erasure, people }: FilePageProps) {
  const t = useT(m);
  const { lang } = useSite();
  const here = staffHref(lang, staff.authorityId, 'erasures');
  const gone = erasure?.state === 'erased';
  const asks = can(staff, 'case.erase');
  const own = erasure?.requested_by === staff.staffId;
  return (
    <Page kind="staff" title={t.text('caseTitle', { reference })}>
      <Back authorityId={staff.authorityId} />
      <h1>{t('caseTitle', { reference: <Machine>{reference}</Machine> })}</h1>
      {gone && (
        <Alert tone="info" title={t('caseErased')}>
          <p>{t('stays')}</p>
        </Alert>
      )}
      <SummaryList
        items={[
          ...(examined === undefined
            ? []
            : [
                { term: t('lastEvent'), value: <DateText value={examined.lastEventAt} /> },
                {
                  term: t('keptUntil'),
                  value: examined.keepUntil ? <DateText value={examined.keepUntil} /> : t('noSchedule'),
                },
                { term: t('against'), value: <Obstacles obstacles={examined.obstacles} /> },
              ]),
          ...(erasure === undefined
            ? []
            : [
                {
                  term: t('askedBy'),
                  value: <Name id={erasure.requested_by} people={people} />,
                  note: <DateText value={erasure.requested_at} />,
                },
                { term: t('archiveAct'), value: <ArchiveAct of={erasure} /> },
              ]),
          ...(gone
            ? [
                {
                  term: t('confirmedBy'),
                  value: <Name id={erasure.confirmed_by} people={people} />,
                  note: erasure.erased_at && <DateText value={erasure.erased_at} />,
                },
                {
                  term: t('backupsUntil'),
                  value: erasure.backups_until && <DateText value={erasure.backups_until} />,
                  ...(erasure.destroyed_at === null ? { note: t('keyLeft') } : {}),
                },
              ]
            : []),
        ]}
      />
      {asks && erasure === undefined && examined?.obstacles.length === 0 && (
        <Form action={`${here}/ask`}>
          <input type="hidden" name="case" value={caseId} />
          <Button>{t('ask')}</Button>
        </Form>
      )}
      {erasure?.state === 'requested' && (
        <Form action={`${here}/confirm`}>
          <input type="hidden" name="case" value={caseId} />
          {own && <p>{t('ownRequest')}</p>}
          <Actions>
            {!own && <Button>{t('confirm')}</Button>}
            {asks && (
              <Button variant="secondary" formaction={`${here}/withdraw`}>
                {t('withdraw')}
              </Button>
            )}
          </Actions>
        </Form>
      )}
    </Page>
  );
}
