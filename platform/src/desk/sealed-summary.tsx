import type { Child } from 'hono/jsx';
import { FactText } from '../citizen/fact-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import { AgencyText, LANGUAGES, PersonName, SummaryList, useT } from '../web/index.ts';
import { Articles } from './case-parts.tsx';
import { languageOf } from './citations.ts';
import { caseMessages } from './messages-case.ts';
import type { Reasons } from './reasons.ts';

export interface SealedProps {
  readonly of: DecisionView;
  readonly effect: 'favourable' | 'adverse';
  readonly agreed: boolean;
  readonly reasons: Reasons;
  readonly name: string;
  readonly delegation: {
    readonly instrument: string;
    readonly from: string;
    readonly to: string;
    readonly scope: string;
  };
  readonly more?: readonly { readonly term: Child; readonly value: Child }[];
}

/** A person's decision as it is sealed: the outcome, the text, what it names, who signs and by what right. */
export function SealedSummary({ of, effect, agreed, reasons, name, delegation, more = [] }: SealedProps) {
  const t = useT(caseMessages);
  const { record } = of.system;
  return (
    <SummaryList
      items={[
        {
          term: t('decision'),
          value: (
            <strong>
              <AgencyText text={record.outcomes[effect]} mark={false} />
            </strong>
          ),
          note: t(agreed ? 'agreed' : 'disagreed'),
        },
        {
          term: t('reasons'),
          value: (
            <blockquote class="ta-quote" {...languageOf(reasons)}>
              {reasons.text.split(/\n+/).map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </blockquote>
          ),
          note: t('writtenIn', {
            language: <bdi lang={LANGUAGES[reasons.lang].tag}>{LANGUAGES[reasons.lang].name}</bdi>,
          }),
        },
        {
          term: t('lawNamed'),
          value: <Articles of={record.legalBasis.filter(({ id }) => reasons.articles.includes(id))} />,
        },
        {
          term: t('factsNamed'),
          value: (
            <ul>
              {record.inputs
                .filter((input) => reasons.facts.includes(input.name))
                .map((input) => (
                  <li>
                    {t('citeFact', {
                      label: <AgencyText text={input.label} mark={false} />,
                      value: <FactText input={input} value={of.facts[input.name]} />,
                    })}
                  </li>
                ))}
            </ul>
          ),
        },
        { term: t('by'), value: <PersonName>{name}</PersonName> },
        {
          term: t('delegation'),
          value: <bdi>{delegation.instrument}</bdi>,
          note: t('delegationDates', {
            from: delegation.from,
            to: delegation.to,
            scope: delegation.scope === 'all' ? 'all' : 'one',
          }),
        },
        ...more,
      ]}
    />
  );
}
