import { visible } from '@taalil/norms';
import { Hono } from 'hono';
import { NormText } from '../conformity/norm-text.tsx';
import type { Context } from '../context.ts';
import { LANG, siteOf, type WebEnv } from '../http.ts';
import { type PublicSystem, readPublicSystem } from '../register/public-register.ts';
import {
  AgencyText,
  DateText,
  Decimal,
  EmptyState,
  Integer,
  Page,
  renderPage,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import { AllAnswers, LanguageNotice } from './parts.tsx';
import { publishedAssessments } from './public.ts';
import { type AssessmentView, plainAnswers } from './read.ts';

interface Published {
  readonly system: Pick<PublicSystem, 'authorityId' | 'systemId'>;
  readonly assessments: readonly AssessmentView[];
}

const addressOf = (lang: string, { authorityId, systemId }: Published['system']) =>
  `/${lang}/register/${authorityId}/${systemId}/assessment`;

/** On the page of the register: level, points, when it was approved. */
export function AssessmentSection({ system, assessments }: Published) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <section>
      <h2 id="assessment">{t('publicTitle')}</h2>
      {assessments.length === 0 ? <p>{t('publicNone')}</p> : <p>{t('publicLead')}</p>}
      {assessments.map((view) => (
        <Summary view={view} />
      ))}
      {assessments.length > 0 && (
        <p>
          <a class="ds-link" href={addressOf(lang, system)}>
            {t('allAnswers')}
          </a>
        </p>
      )}
    </section>
  );
}

function Summary({ view }: { view: AssessmentView }) {
  const t = useT(m);
  const { result } = view;
  return (
    <SummaryList
      items={[
        { term: t('questionnaire'), value: <NormText texts={view.instrument.questionnaire.texts} /> },
        { term: t('level'), value: t('levelOf', { n: result.level }) },
        {
          term: t('scoreFinal'),
          value: t('pointsOf', { n: <Decimal value={String(result.points)} />, of: result.of }),
        },
        { term: t('approvedOn'), value: <DateText value={view.approvedAt ?? view.openedAt} /> },
        { term: t('logEntry'), value: <Integer value={view.logIndex ?? 0} /> },
      ]}
    />
  );
}

/** Every answer of the approved assessments of a system. */
function PublicAssessmentPage({ system, assessments }: { system: PublicSystem } & Omit<Published, 'system'>) {
  const t = useT(m);
  const { lang } = useSite();
  const { authorityId, systemId } = system;
  return (
    <Page kind="public" title={t.text('publicTitle')}>
      <p>
        <a class="ds-link" href={`/${lang}/register/${authorityId}/${systemId}`}>
          {t('toRegister')}
        </a>
      </p>
      <h1>{t('publicTitle')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} />
      </p>
      {assessments.length === 0 ? (
        <EmptyState title={t('publicNone')} />
      ) : (
        assessments.map((view) => {
          const { questionnaire } = view.instrument;
          return (
            <>
              <LanguageNotice questionnaire={questionnaire} />
              <Summary view={view} />
              <AllAnswers view={view} shown={visible(questionnaire, plainAnswers(view.answers)).questions} />
            </>
          );
        })
      )}
      <p>
        <a class="ds-link" href={`/api/v1/register/${authorityId}/${systemId}/assessment`}>
          {t('asData')}
        </a>
      </p>
    </Page>
  );
}

export function publicAssessmentPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(`${LANG}/register/:authority/:system/assessment`, async (c) => {
    const { authority, system: id } = c.req.param();
    const system = await readPublicSystem(ctx, authority, id);
    const assessments = await publishedAssessments(ctx, authority, id);
    const site = { ...siteOf(ctx, c, authority), human: system.record.humanContact };
    return renderPage(c, site, <PublicAssessmentPage system={system} assessments={assessments} />);
  });
  return app;
}
