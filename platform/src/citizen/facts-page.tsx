import type { Child } from 'hono/jsx';
import {
  AgencyText,
  Button,
  Callout,
  DefinitionHelp,
  Form,
  LANGUAGES,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { FactText } from './fact-text.tsx';
import { why } from './messages-why.ts';
import { CasePage } from './shell.tsx';
import type { FactToCheck, WhatWouldChange } from './what-would-change.ts';
import { WithheldNotice } from './withheld-notice.tsx';

/** The recorded facts that weighed most and may be wrong; under I6 also what a correction would lead to. */
export function FactsPage({ of, answer }: { of: CitizenCase; answer: WhatWouldChange }) {
  const t = useT(why);
  const { lang } = useSite();
  const { present, waiting } = of;
  const adverse = !waiting && present.effect === 'adverse';
  return (
    <CasePage title={t.text('factsTitle')}>
      <h1>{t('factsTitle')}</h1>
      <Callout>
        <p>{t(adverse ? 'factsCan' : 'factsCanFor')}</p>
        {adverse && (
          <Form action={`/${lang}/case/review/ground`}>
            <input type="hidden" name="ground" value="data-wrong" />
            <Button>{t('factsWrong')}</Button>
          </Form>
        )}
      </Callout>
      {!waiting && <WithheldNotice of={present} />}
      {adverse && (
        <>
          <p>{t('factsLead')}</p>
          <p>{answer.nothingToChange ? <strong>{t('nothingToChange')}</strong> : t('onlyRecord')}</p>
          <SummaryList
            items={answer.checks.map((check) => ({
              term: <AgencyText text={check.input.label} mark={false} />,
              value: (
                <>
                  <FactText input={check.input} value={check.value} />
                  <Outcome of={of} check={check} />
                </>
              ),
              ...(check.input.help || check.input.source ? { note: <Origin check={check} /> } : {}),
            }))}
          />
        </>
      )}
      {adverse ? (
        <DefinitionHelp summary={t('allFacts')}>
          <AllFacts of={of} />
        </DefinitionHelp>
      ) : (
        <AllFacts of={of} />
      )}
    </CasePage>
  );
}

/** What a correction would lead to, where I6 lets it be said. */
function Outcome({ of, check }: { of: CitizenCase; check: FactToCheck }): Child {
  const t = useT(why);
  const { input, said } = check;
  return (
    <>
      {said.kind === 'changes' && (
        <p>
          {t('wouldNumber', {
            to: <Values check={check} corrections={said.corrections.map((c) => c.to)} />,
            outcome: <AgencyText text={of.record.outcomes.favourable} mark={false} />,
            b: (text) => <strong>{text}</strong>,
          })}
        </p>
      )}
      {said.kind === 'stays' && <p>{t('wouldStay')}</p>}
      {check.ground === 'actionable' && input.actionable && (
        <p>
          {t('mayAct', { justification: <AgencyText text={input.actionable.justification} mark={false} /> })}
        </p>
      )}
    </>
  );
}

/** What the fact is and where the administration has it from. */
function Origin({ check: { input } }: { check: FactToCheck }): Child {
  const t = useT(why);
  return (
    <>
      {input.help && <AgencyText text={input.help} mark={false} />}
      {input.help && input.source && <br />}
      {input.source && t('fromSource', { source: <AgencyText text={input.source} mark={false} /> })}
    </>
  );
}

/** "a, b or c", in the page's language. */
function Values({
  check,
  corrections,
}: {
  check: FactToCheck;
  corrections: readonly FactToCheck['value'][];
}): Child {
  const { lang } = useSite();
  const list = new Intl.ListFormat(LANGUAGES[lang === 'zgh' ? 'ar' : lang].locale, { type: 'disjunction' });
  const parts = list.formatToParts(corrections.map((_, i) => String(i)));
  return (
    <strong>
      {parts.map((part) =>
        part.type === 'element' ? (
          <FactText input={check.input} value={corrections[Number(part.value)]} />
        ) : (
          part.value
        ),
      )}
    </strong>
  );
}

function AllFacts({ of }: { of: CitizenCase }) {
  return (
    <SummaryList
      items={of.record.inputs.map((input) => ({
        term: <AgencyText text={input.label} mark={false} />,
        value: <FactText input={input} value={of.present.facts[input.name]} />,
      }))}
    />
  );
}
