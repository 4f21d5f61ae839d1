import { Bars } from '../components/bars.tsx';
import { SummaryList, Tag } from '../components/facts.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form } from '../components/form.tsx';
import { Actions, Button, Pagination } from '../components/links.tsx';
import { Alert } from '../components/notices.tsx';
import { Table } from '../components/table.tsx';
import { DateText, Machine } from '../components/text.tsx';
import { Page } from '../layout.tsx';
import { useT } from '../site.ts';
import { galleryMessages } from './messages.ts';
import { GalleryTabs } from './tabs.tsx';

const QUEUE = [
  { reference: 'TA-2026-004217', sent: '2026-08-14T09:12:00Z', score: '11.0731', late: false },
  { reference: 'TA-2026-004219', sent: '2026-08-14T09:40:00Z', score: '9.5', late: false },
  { reference: 'TA-2026-004188', sent: '2026-08-11T14:02:00Z', score: '10.12', late: true },
  { reference: 'TA-2026-004230', sent: '2026-08-15T08:30:00Z', score: '12', late: false },
  { reference: 'TA-2026-004231', sent: '2026-08-15T08:31:00Z', score: '-0.125', late: false },
];

/** A reviewer's page: the queue, then facts and reasons side by side. */
export function DeskPage() {
  const t = useT(galleryMessages);
  return (
    <Page kind="staff" title={t.text('queue')} wide scripts={['queue.js']}>
      <GalleryTabs current="staff" />
      <h1>{t('queue')}</h1>
      <Queue />
      <h2>{t('title')}</h2>
      <div class="ta-columns">
        <SummaryList
          items={[
            { term: t('members'), value: t('membersValue', { n: 3 }) },
            { term: t('water'), value: t('yes') },
            { term: t('milieu'), value: t('rural') },
          ]}
        />
        <Bars
          caption={t('effects')}
          below={t('lowers')}
          above={t('raises')}
          against="above"
          bars={[
            { label: t('water'), value: '1.2034' },
            { label: t('members'), value: '-0.4103' },
          ]}
        />
      </div>
      <Alert>
        <p>{t('proposal')}</p>
      </Alert>
      <Form action="#">
        <TextArea name="reasons" label={t('reasons')} rows={4} />
        <Actions>
          <Button grave>{t('refuse')}</Button>
          <Button variant="secondary">{t('send')}</Button>
        </Actions>
      </Form>
    </Page>
  );
}

function Queue() {
  const t = useT(galleryMessages);
  return (
    <>
      <Table
        caption={t('queue')}
        captionHidden
        queue
        dense
        rows={QUEUE}
        columns={[
          {
            header: t('reference'),
            rowHeader: true,
            cell: (row) => (
              <a class="ds-link" href={`#${row.reference}`}>
                <Machine>{row.reference}</Machine>
              </a>
            ),
          },
          {
            header: t('sent'),
            sort: { href: '?sort=sent', direction: 'ascending' },
            cell: (row) => <DateText value={row.sent} style="datetime" />,
          },
          { header: t('score'), sort: { href: '?sort=score' }, decimal: (row) => row.score },
          {
            header: t('state'),
            cell: (row) =>
              row.late ? <Tag state="attention">{t('late')}</Tag> : <Tag state="wait">{t('waiting')}</Tag>,
          },
        ]}
      />
      <Pagination first="?" previous="?before=a" next="?after=b" where={t('range')} />
    </>
  );
}
