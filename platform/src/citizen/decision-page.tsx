import type { Child } from 'hono/jsx';
import type { CaseEvent } from '../cases/events.ts';
import type { DecisionView } from '../decisions/view.ts';
import { Actions, AgencyText, Alert, ButtonLink, Callout, useSite, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { courtWarnings } from './court-time.ts';
import { LawText } from './deadline-text.tsx';
import { ApproximateNote, dateOf, LawAndFact, Outcome, Who } from './decision-parts.tsx';
import { decision } from './messages-decision.ts';
import { CasePage } from './shell.tsx';
import { WithheldNotice } from './withheld-notice.tsx';

/** Whether a request for review of this decision has no answer yet. */
export function reviewPending(life: readonly CaseEvent[], decisionId: string): boolean {
  const of = life.filter((e) => e.decisionId === decisionId);
  const asked = of.filter((e) => e.type === 'review-requested').length;
  const answered = of.filter((e) => e.type === 'review-upheld' || e.type === 'review-rejected').length;
  return asked > answered;
}

/** What was decided, by whom, why in law and fact, and what one can do. */
export function DecisionPage({ of }: { of: CitizenCase }) {
  const t = useT(decision);
  const { lang } = useSite();
  const { present, authority, waiting, earlier } = of;
  const lead = {
    authority: <AgencyText text={authority.name} mark={false} />,
    system: <AgencyText text={of.record.name} mark={false} />,
    day: dateOf(present),
  };
  if (waiting) return <Waiting lead={t('waitingLead', lead)} />;
  const replaced = earlier[0];
  return (
    <CasePage title={plainOutcome(of, lang)} back={null}>
      <h1>
        <Outcome of={present} />
      </h1>
      <p class="ta-lead">{t('lead', lead)}</p>
      <WhatNow of={of} />
      <WithheldNotice of={present} />
      {replaced && (
        <Alert title={t('replaces', { day: dateOf(replaced) })}>
          <p>
            <a class="ds-link" href={`/${lang}/case/earlier/1`}>
              {t('readEarlier')}
            </a>
          </p>
        </Alert>
      )}
      <h2>{t('reasons')}</h2>
      <LawAndFact of={present} />
      <ApproximateNote of={present} />
      <h2>{t('who')}</h2>
      <Who of={present} reference={present.case.reference} />
      <More />
    </CasePage>
  );
}

function plainOutcome({ record, present }: CitizenCase, lang: 'ar' | 'zgh' | 'fr' | 'en'): string {
  const text = record.outcomes[present.effect];
  return text[lang] ?? text.ar ?? text.fr ?? text.en ?? '';
}

function WhatNow({ of }: { of: CitizenCase }) {
  const t = useT(decision);
  const { lang } = useSite();
  const { present, record, life } = of;
  const facts = (text: Child) => (
    <a class="ds-link" href={`/${lang}/case/facts`}>
      {text}
    </a>
  );
  if (reviewPending(life, present.row.decision_id)) {
    return (
      <Callout>
        <p>{t('canFollow')}</p>
        <Actions>
          <ButtonLink href={`/${lang}/case/review/follow`}>{t('follow')}</ButtonLink>
        </Actions>
      </Callout>
    );
  }
  if (present.effect === 'favourable') {
    return (
      <Callout>
        <p>{t('canNothing')}</p>
        <p>{t('canFacts', { facts })}</p>
      </Callout>
    );
  }
  return (
    <Callout>
      <p>{t('canReview')}</p>
      <Actions>
        <ButtonLink href={`/${lang}/case/review`}>{t('review')}</ButtonLink>
      </Actions>
      <p>{t('canFacts', { facts })}</p>
      {courtWarnings(record).map((warning) => (
        <p>
          <LawText of={warning} />
        </p>
      ))}
    </Callout>
  );
}

function Waiting({ lead }: { lead: Child }) {
  const t = useT(decision);
  const { lang } = useSite();
  return (
    <CasePage title={t.text('waitingTitle')} back={null}>
      <h1>{t('waitingTitle')}</h1>
      <p class="ta-lead">{lead}</p>
      <Callout>
        <p>{t('waitingCan')}</p>
        <p>
          {t('waitingFacts', {
            facts: (text) => (
              <a class="ds-link" href={`/${lang}/case/facts`}>
                {text}
              </a>
            ),
          })}
        </p>
      </Callout>
      <More without={['reasons']} />
    </CasePage>
  );
}

const LINKS = [
  ['reasons', 'linkWhy', 'linkWhyText'],
  ['facts', 'linkFacts', 'linkFactsText'],
  ['life', 'linkLife', 'linkLifeText'],
  ['receipt', 'linkReceipt', 'linkReceiptText'],
  ['letter', 'linkLetter', 'linkLetterText'],
] as const;

function More({ without = [] }: { without?: readonly string[] }) {
  const t = useT(decision);
  const { lang } = useSite();
  return (
    <>
      <h2>{t('more')}</h2>
      <ul class="ta-tasks">
        {LINKS.filter(([page]) => !without.includes(page)).map(([page, label, text]) => (
          <li>
            <div>
              <a class="ds-link" href={`/${lang}/case/${page}`}>
                {t(label)}
              </a>
              <small class="ta-note">{t(text)}</small>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A decision that a newer one has replaced. */
export function EarlierPage({ of, view }: { of: CitizenCase; view: DecisionView }) {
  const t = useT(decision);
  const { lang } = useSite();
  return (
    <CasePage title={t.text('replacedTitle')}>
      <h1>{t('replacedTitle')}</h1>
      <Callout>
        <p>
          {t('replacedText', {
            now: (text) => (
              <a class="ds-link" href={`/${lang}/case/decision`}>
                {text}
              </a>
            ),
          })}
        </p>
      </Callout>
      <h2>
        <Outcome of={view} />
      </h2>
      <LawAndFact of={view} />
      <ApproximateNote of={view} />
      <h2>{t('who')}</h2>
      <Who of={view} reference={of.present.case.reference} />
    </CasePage>
  );
}
