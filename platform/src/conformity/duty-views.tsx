import { CERTAINTY_TEXTS } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import type { PublicSystem } from '../register/public-register.ts';
import {
  AgencyText,
  Alert,
  EmptyState,
  Page,
  Percent,
  SummaryList,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { countDuties, type Duties, type Duty, type Need } from './duties.ts';
import { m } from './messages.ts';
import { NormText } from './norm-text.tsx';

const TAGS = { held: 'good', open: 'wait', against: 'attention' } as const;

/** On the system's page of the register: how many duties stand where. */
export function DutiesSection({ system, duties }: { system: PublicSystem; duties: Duties }) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <section>
      <h2 id="duties">{t('title')}</h2>
      <p>{t('summary', { n: duties.level, ...countDuties(duties) })}</p>
      <p>
        <a class="ds-link" href={`/${lang}/register/${system.authorityId}/${system.systemId}/duties`}>
          {t('read')}
        </a>
      </p>
    </section>
  );
}

interface PageProps {
  readonly system: Pick<PublicSystem, 'authorityId' | 'systemId' | 'record'>;
  readonly duties: Duties;
  readonly laws: Child;
}

/** Every duty with its source, its certainty, and what is held. */
export function DutiesPage({ system, duties, laws }: PageProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { authorityId, systemId, record } = system;
  return (
    <Page kind="public" title={t.text('title')}>
      <p>
        <a class="ds-link" href={`/${lang}/register/${authorityId}/${systemId}`}>
          {t('toRegister')}
        </a>
      </p>
      <h1>{t('title')}</h1>
      <p class="ta-lead">
        <AgencyText text={record.name} mark={false} />
      </p>
      <Alert>
        <p>{t('lead')}</p>
      </Alert>
      <p>{t('summary', { n: duties.level, ...countDuties(duties) })}</p>
      <DutyList duties={duties} />
      {laws}
      <p>
        <a class="ds-link" href={`/api/v1/register/${authorityId}/${systemId}/duties`}>
          {t('asData')}
        </a>
      </p>
    </Page>
  );
}

export function DutyList({ duties }: { duties: Duties }) {
  return (
    <>
      {duties.duties.map((duty) => (
        <DutyView duty={duty} />
      ))}
      {duties.duties.length === 0 && <EmptyState title="–" />}
    </>
  );
}

function DutyView({ duty }: { duty: Duty }) {
  const t = useT(m);
  const { obligation, state, needs } = duty;
  const { rule, texts, status, open } = obligation;
  return (
    <section>
      <h2 id={rule.id}>
        <NormText texts={texts} />
      </h2>
      <p>
        <Tag state={TAGS[state]}>{t(state)}</Tag>{' '}
        {status === 'announced' && <Tag state="neutral">{t('announced')}</Tag>}
      </p>
      {open.length > 0 && <p>{t('rests')}</p>}
      <SummaryList
        items={[
          {
            term: t('source'),
            value:
              rule.article === 'unknown' ? (
                <span lang="en" dir="ltr">
                  {rule.source}
                </span>
              ) : (
                t('article', {
                  source: <bdi lang="en">{rule.source}</bdi>,
                  article: <bdi>{rule.article}</bdi>,
                })
              ),
          },
          { term: t('certainty'), value: <NormText texts={CERTAINTY_TEXTS[rule.certainty]} /> },
          ...needs.map((need) => ({
            term: <NormText texts={need.need.texts} />,
            value: <NeedView need={need} />,
          })),
        ]}
      />
    </section>
  );
}

function NeedView({ need: { state, evidence } }: { need: Need }) {
  const t = useT(m);
  if (evidence === undefined) return t('none');
  const day = evidence.date;
  if (state === 'expired') return t('expired', { day });
  const reference = <bdi>{evidence.reference}</bdi>;
  if (evidence.how === 'built-in') return t('builtIn', { day });
  if (evidence.how === 'counted' && evidence.value !== undefined)
    return t('counted', { day, share: <Percent share={evidence.value.toFixed(4)} digits={1} /> });
  return t('recorded', { reference, day });
}
