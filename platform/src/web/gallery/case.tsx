import { Bars } from '../components/bars.tsx';
import { KeyFigures, SummaryList, Tag, TaskList } from '../components/facts.tsx';
import { Actions, ButtonLink } from '../components/links.tsx';
import { Alert, Callout, DefinitionHelp, EmptyState } from '../components/notices.tsx';
import { QrCode } from '../components/qr.tsx';
import {
  AgencyText,
  DateText,
  Decimal,
  Duration,
  Integer,
  Machine,
  Percent,
  PersonName,
} from '../components/text.tsx';
import { Timeline } from '../components/timeline.tsx';
import { Page } from '../layout.tsx';
import { useT } from '../site.ts';
import { galleryMessages } from './messages.ts';
import { GalleryTabs } from './tabs.tsx';

const HASH = '9f2c4e1b7a60d58831fe0c22d94b6a17c3f85e90b1d2746a8e35f01c7b9d4e62';

/** A citizen's page: one adverse decision from callout to receipt. */
export function CasePage() {
  const t = useT(galleryMessages);
  return (
    <Page kind="citizen" title={t.text('title')}>
      <GalleryTabs current="" />
      <h1>{t('title')}</h1>
      <p class="ta-lead">
        {t('lead', {
          day: '2026-08-14',
          name: <PersonName latin="Rkia Aït Brahim" arabic="رقية أيت براهيم" />,
        })}
      </p>
      <Callout>
        <p>{t('can', { review: (text) => <a href="#facts">{text}</a> })}</p>
        <ButtonLink href="#facts">{t('ask')}</ButtonLink>
      </Callout>
      <h2>{t('reasons')}</h2>
      <p>
        {t('reasonsText', {
          score: <Decimal value="11.0731" />,
          threshold: <Decimal value="9.3264" />,
        })}
      </p>
      <h2 id="facts">{t('facts')}</h2>
      <Facts />
      <h2>{t('effects')}</h2>
      <Bars
        caption={t('effects')}
        captionHidden
        below={t('lowers')}
        above={t('raises')}
        against="above"
        bars={[
          { label: t('water'), detail: t('yes'), value: '1.2034' },
          { label: t('members'), detail: t('membersValue', { n: 3 }), value: '-0.4103' },
          { label: t('phone'), detail: t('yes'), value: '0.35' },
          { label: t('milieu'), detail: t('rural'), value: '-0.07' },
        ]}
        totals={[
          { label: t('mean'), value: '10' },
          { label: t('score'), value: '11.0731' },
        ]}
      />
      <h2>{t('life')}</h2>
      <Life />
      <Alert tone="attention" title={t('courtTitle')}>
        <p>{t('courtText')}</p>
      </Alert>
      <Receipt />
      <States />
    </Page>
  );
}

function Facts() {
  const t = useT(galleryMessages);
  const note = t('recorded', { day: '2025-12-03' });
  const action = (about: ReturnType<typeof t>) => ({ href: '#ask', label: t('wrong'), about });
  return (
    <SummaryList
      items={[
        { term: t('members'), value: t('membersValue', { n: 3 }), note, action: action(t('members')) },
        { term: t('water'), value: t('yes'), note, action: action(t('water')) },
        { term: t('milieu'), value: t('rural') },
        {
          term: t('purpose'),
          value: <AgencyText text={{ fr: 'Cibler l’aide vers les ménages qui en ont le plus besoin.' }} />,
        },
      ]}
    />
  );
}

function Life() {
  const t = useT(galleryMessages);
  return (
    <Timeline
      events={[
        { at: '2026-07-02', title: t('received'), detail: <p>{t('receivedDetail')}</p> },
        { at: '2026-08-14T09:12:00Z', dateStyle: 'datetime', title: t('decided') },
        { at: '2026-08-20', title: t('notified'), when: 'now' },
        { at: '2026-10-20', title: t('answerDue'), when: 'next' },
      ]}
    />
  );
}

function Receipt() {
  const t = useT(galleryMessages);
  return (
    <>
      <h2>{t('receipt')}</h2>
      <p>{t('receiptText')}</p>
      <p>
        <Machine>{HASH}</Machine>
      </p>
      <QrCode text="https://example.org/fr/d/TA-2026-004217" label={t.text('qr')} />
      <DefinitionHelp summary={t('whatIsLog')}>
        <p>{t('logText')}</p>
      </DefinitionHelp>
      <Actions>
        <ButtonLink href="#ask">{t('ask')}</ButtonLink>
        <ButtonLink href="/fr/gallery/letter" variant="secondary">
          {t('print')}
        </ButtonLink>
      </Actions>
    </>
  );
}

function States() {
  const t = useT(galleryMessages);
  const percent = (share: string) => <Percent share={share} digits={1} />;
  return (
    <>
      <h2>{t('figures')}</h2>
      <KeyFigures
        items={[
          { label: t('volume'), value: <Integer value={20417} />, note: <DateText value="2026-08-31" /> },
          {
            label: t('adverse'),
            value: percent('0.2384'),
            note: t('interval', { low: percent('0.232'), high: percent('0.245') }),
          },
          { label: t('delay'), value: <Duration value="P11D" /> },
        ]}
      />
      <h2>{t('steps')}</h2>
      <TaskList
        tasks={[
          { title: t('stepModel'), href: '#a', status: { state: 'good', label: t('done') } },
          { title: t('stepHuman'), href: '#b', status: { state: 'attention', label: t('late') } },
          { title: t('stepSign'), status: { state: 'neutral', label: t('draftState') } },
        ]}
      />
      <p>
        <Tag state="good">{t('granted')}</Tag> <Tag state="wait">{t('waiting')}</Tag>{' '}
        <Tag state="attention">{t('late')}</Tag> <Tag state="bad">{t('refused')}</Tag>{' '}
        <Tag state="neutral" icon="pause">
          {t('suspended')}
        </Tag>
      </p>
      <Alert tone="good" title={t('saved', { at: '2026-08-21T10:05:00Z' })} />
      <Alert tone="bad" title={t('stoppedTitle')}>
        <p>{t('stoppedText')}</p>
      </Alert>
      <Alert>
        <p>{t('logText')}</p>
      </Alert>
      <EmptyState title={t('emptyTitle')}>
        <p>{t('emptyText')}</p>
      </EmptyState>
    </>
  );
}
