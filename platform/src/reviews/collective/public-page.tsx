import type { Child } from 'hono/jsx';
import type { Localized } from '../../register/record.ts';
import {
  AgencyText,
  DateText,
  LANGUAGES,
  type Lang,
  Machine,
  Page,
  type SummaryItem,
  SummaryList,
  Tag,
  useT,
} from '../../web/index.ts';
import type { PublicCollective } from './collectives.ts';
import { collective } from './messages.ts';

export interface PublicPageProps {
  readonly of: PublicCollective;
  readonly system: Localized | undefined;
}

/** A collective request as everybody sees it: what it is about, where it stands, the one answer. Nobody's data. */
export function PublicCollectivePage({ of, system }: PublicPageProps) {
  const t = useT(collective);
  return (
    <Page kind="public" title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      <Told of={of} system={system} />
      <h2>{t('answerTitle')}</h2>
      {of.answer === undefined ? <p>{t('answerSoon')}</p> : <Answer of={of.answer} />}
    </Page>
  );
}

interface ToldProps extends PublicPageProps {
  /** What the desk alone is told besides. */
  readonly more?: readonly SummaryItem[];
}

export function Told({ of, system, more = [] }: ToldProps): Child {
  const t = useT(collective);
  return (
    <SummaryList
      items={[
        { term: t('number'), value: <Machine>{of.collectiveId}</Machine> },
        { term: t('about'), value: <Quote text={of.subject} lang={of.lang} /> },
        {
          term: t('system'),
          value:
            system === undefined ? (
              <Machine>{of.systemId}</Machine>
            ) : (
              <AgencyText text={system} mark={false} />
            ),
        },
        { term: t('opened'), value: <DateText value={of.openedAt} /> },
        {
          term: t('state'),
          value: <Tag state={of.status === 'open' ? 'wait' : 'good'}>{t(of.status)}</Tag>,
        },
        ...more,
      ]}
    />
  );
}

export function Quote({ text, lang }: { text: string; lang: Lang }): Child {
  return (
    <blockquote class="ta-quote" lang={LANGUAGES[lang].tag} dir={LANGUAGES[lang].script}>
      {text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => (
          <p>{line}</p>
        ))}
    </blockquote>
  );
}

/** The one public answer: when, what, and of how many people where that tells of nobody. */
export function Answer({ of }: { of: NonNullable<PublicCollective['answer']> }): Child {
  const t = useT(collective);
  const { members, upheld, rejected } = of;
  return (
    <>
      <p>{t('answeredOn', { at: of.at })}</p>
      <Quote text={of.text} lang={of.lang} />
      {members !== null && <p>{t('members', { n: members })}</p>}
      {upheld !== null && rejected !== null && <p>{t('split', { upheld, rejected })}</p>}
      {upheld === null && <p class="ta-note">{t('small')}</p>}
    </>
  );
}
