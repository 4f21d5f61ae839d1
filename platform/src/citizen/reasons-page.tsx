import type { Child } from 'hono/jsx';
import { AgencyText, Alert, Callout, DefinitionHelp, Machine, useSite, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { why } from './messages-why.ts';
import { AllReasons, HowItWorks, RulesApplied, Sentences } from './reasons-parts.tsx';
import { CasePage } from './shell.tsx';
import { WithheldNotice } from './withheld-notice.tsx';

const CHECKED = {
  scorecard: 'checkedText',
  trees: 'checkedFloat',
  linear: 'checkedFloat',
  rules: 'checkedTrace',
  'black-box': 'checkedReported',
} as const;

/** Why: the rule's reasons in sentences, then every one of them as a bar and a number. */
export function ReasonsPage({ of }: { of: CitizenCase }) {
  const t = useT(why);
  const { lang } = useSite();
  const { present, record, waiting } = of;
  if (waiting) {
    return (
      <CasePage title={t.text('title')}>
        <h1>{t('title')}</h1>
        <Callout>
          <p>{t('waiting')}</p>
        </Callout>
      </CasePage>
    );
  }
  const { explanation, effect } = present;
  const link = (page: string) => (text: Child) => (
    <a class="ds-link" href={`/${lang}/case/${page}`}>
      {text}
    </a>
  );
  const otherwise = explanation.favourable !== (effect === 'favourable');
  return (
    <CasePage title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">
        <AgencyText text={record.outcomes[effect]} mark={false} />
      </p>
      <Callout>
        <p>
          {t(effect === 'adverse' ? 'canAgainst' : 'canFor', {
            facts: link('facts'),
            review: link('review'),
          })}
        </p>
      </Callout>
      <WithheldNotice of={present} />
      {otherwise && <p>{t('otherwise')}</p>}
      {explanation.form === 'trace' ? (
        <RulesApplied of={of} explanation={explanation} />
      ) : (
        <>
          {explanation.exactness === 'approximate' && (
            <Alert title={t('approximateTitle')}>
              <p>{t('approximate')}</p>
            </Alert>
          )}
          <HowItWorks of={of} explanation={explanation} />
          <Sentences of={of} explanation={explanation} effect={effect} />
          <Sentences
            of={of}
            explanation={explanation}
            effect={effect === 'adverse' ? 'favourable' : 'adverse'}
          />
          <AllReasons of={of} explanation={explanation} />
        </>
      )}
      <DefinitionHelp summary={t('checked')}>
        <p>{t(CHECKED[explanation.kind])}</p>
        <p>
          {t('modelLine', { version: present.system.modelVersion })} <Machine>{explanation.model}</Machine>
        </p>
      </DefinitionHelp>
    </CasePage>
  );
}
