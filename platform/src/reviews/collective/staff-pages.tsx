import { can, type Staff, staffHref } from '../../access/index.ts';
import type { Localized } from '../../register/record.ts';
import {
  Alert,
  Button,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  LANGS,
  LANGUAGES,
  localText,
  Machine,
  Page,
  PersonName,
  Select,
  Table,
  Tag,
  TextArea,
  TextField,
  useSite,
  useT,
} from '../../web/index.ts';
import { type CollectiveRow, publicCollective } from './collectives.ts';
import { collective } from './messages.ts';
import { Answer, Told } from './public-page.tsx';

const languages = LANGS.map((value) => ({ value, label: LANGUAGES[value].name }));

interface ListProps {
  readonly staff: Staff;
  readonly rows: readonly CollectiveRow[];
  readonly systems: ReadonlyMap<string, Localized>;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** The collective requests of an authority, and for the counter the form that opens one. */
export function CollectivesPage({ staff, rows, systems, values, errors = {} }: ListProps) {
  const t = useT(collective);
  const { lang } = useSite();
  const here = `${staffHref(lang, staff.authorityId, 'reviews')}/collectives`;
  return (
    <Page kind="staff" title={t.text('listTitle')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('listTitle')}</h1>
      <p>{t('lead')}</p>
      <Table
        caption={t('listTitle')}
        captionHidden
        dense
        rows={rows}
        empty={
          <EmptyState title={t('none')}>
            <p>{t('noneText')}</p>
          </EmptyState>
        }
        columns={[
          {
            header: t('number'),
            rowHeader: true,
            cell: (row) => (
              <a class="ds-link" href={`${here}/${row.collective_id}`}>
                <Machine>{row.collective_id}</Machine>
              </a>
            ),
          },
          { header: t('opened'), cell: (row) => <DateText value={row.opened_at} style="medium" /> },
          {
            header: t('state'),
            cell: (row) => <Tag state={row.status === 'open' ? 'wait' : 'good'}>{t(row.status)}</Tag>,
          },
        ]}
      />
      {can(staff, 'counter.assist') && (
        <>
          <h2>{t('openTitle')}</h2>
          <Form action={here} values={values ?? { lang }} errors={errors}>
            <TextField
              name="representative"
              label={t('representative')}
              hint={t('representativeHint')}
              maxlength={200}
            />
            <Select
              name="system"
              label={t('system')}
              options={[...systems].map(([value, name]) => ({
                value,
                label: localText(name, lang)?.text ?? value,
              }))}
            />
            <TextArea name="subject" label={t('subject')} hint={t('publicHint')} rows={4} maxlength={4000} />
            <Select name="lang" label={t('lang')} options={languages} />
            <Button>{t('openButton')}</Button>
          </Form>
        </>
      )}
    </Page>
  );
}

interface OneProps {
  readonly staff: Staff;
  readonly row: CollectiveRow;
  readonly representative: string;
  readonly system: Localized | undefined;
  readonly members: { readonly all: number; readonly done: number };
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** One collective request for the desk: how far it is, and the public answer once everybody has theirs. */
export function CollectivePage({
  staff,
  row,
  representative,
  system,
  members,
  values,
  errors = {},
}: OneProps) {
  const t = useT(collective);
  const { lang } = useSite();
  const here = `${staffHref(lang, staff.authorityId, 'reviews')}/collectives`;
  const of = publicCollective(row);
  const ready = members.all > 0 && members.done === members.all;
  return (
    <Page kind="staff" title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={here}>
          {t('listTitle')}
        </a>
      </p>
      <h1>{t('title')}</h1>
      {row.status === 'open' && <Alert title={t('give')} />}
      <Told
        of={of}
        system={system}
        more={[{ term: t('representedBy'), value: <PersonName>{representative}</PersonName> }]}
      />
      <p>
        <a class="ds-link" href={`/${lang}/collective/${row.collective_id}`}>
          {t('publicPage')}
        </a>
      </p>
      <p>{t('progress', members)}</p>
      {of.answer && (
        <>
          <h2>{t('answerTitle')}</h2>
          <Answer of={of.answer} />
        </>
      )}
      {row.status === 'open' && can(staff, 'collective.answer') && (
        <>
          <h2>{t('answerTitle')}</h2>
          {ready ? (
            <Form action={`${here}/${row.collective_id}`} values={values ?? { lang }} errors={errors}>
              <TextArea
                name="text"
                label={t('answerText')}
                hint={t('publicHint')}
                rows={6}
                maxlength={4000}
              />
              <Select name="lang" label={t('lang')} options={languages} />
              <Button>{t('publish')}</Button>
            </Form>
          ) : (
            <p>{t('notYet')}</p>
          )}
        </>
      )}
    </Page>
  );
}
