import { roundExplanation } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import type { DecisionView } from '../decisions/view.ts';
import type { SystemRecord } from '../register/record.ts';
import {
  AgencyText,
  Alert,
  DateText,
  Decimal,
  LANGUAGES,
  Machine,
  PersonName,
  type SummaryItem,
  SummaryList,
  useSite,
  useT,
} from '../web/index.ts';
import { FactText } from './fact-text.tsx';
import { decision } from './messages-decision.ts';
import { settlementOf } from './settlement.ts';

/** The day a decision took effect, or a proposal came in. */
export function dateOf({ row }: DecisionView): string {
  return row.effective_at ?? row.created_at;
}

export function Outcome({ of }: { of: DecisionView }): Child {
  return <AgencyText text={of.system.record.outcomes[of.effect]} mark={false} />;
}

/** Where the model only answers: that its reasons are estimates, and what that means. Shown wherever they are told. */
export function ApproximateNote({ of }: { of: DecisionView }): Child {
  const t = useT(decision);
  if (of.explanation.exactness === 'exact') return null;
  return (
    <Alert title={t('approximateTitle')}>
      <p>{t('approximate')}</p>
    </Alert>
  );
}

/** Reasons of law and fact: of a person in that person's own words; of the rule, what it says and where it stands. */
export function LawAndFact({ of }: { of: DecisionView }) {
  const t = useT(decision);
  const { lang } = useSite();
  const { record } = of.system;
  const reasons = settlementOf(of)?.reasons;
  const articles = record.legalBasis.filter((b) => reasons === undefined || reasons.articles.includes(b.id));
  const facts = record.inputs.filter((i) => reasons?.facts.includes(i.name));
  return (
    <>
      {reasons ? (
        <>
          {reasons.lang !== lang && (
            <p class="ta-note">
              {t('writtenIn', {
                language: <bdi lang={LANGUAGES[reasons.lang].tag}>{LANGUAGES[reasons.lang].name}</bdi>,
              })}
            </p>
          )}
          <blockquote
            class="ta-quote"
            lang={LANGUAGES[reasons.lang].tag}
            dir={LANGUAGES[reasons.lang].script}
          >
            {reasons.text.split(/\n+/).map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </blockquote>
        </>
      ) : (
        <RuleReasons of={of} />
      )}
      {articles.length > 0 && <h3>{t('law')}</h3>}
      <Articles of={articles} />
      {facts.length > 0 && <h3>{t('factsNamed')}</h3>}
      {facts.length > 0 && (
        <SummaryList
          items={facts.map((input) => ({
            term: <AgencyText text={input.label} mark={false} />,
            value: <FactText input={input} value={of.facts[input.name]} />,
          }))}
        />
      )}
    </>
  );
}

function Articles({ of }: { of: SystemRecord['legalBasis'] }): Child {
  const t = useT(decision);
  if (of.length === 0) return null;
  return (
    <ul>
      {of.map(({ title, article }) => (
        <li>
          {article === undefined ? (
            <AgencyText text={title} />
          ) : (
            t('article', { title: <AgencyText text={title} mark={false} />, article })
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the rule gave: its points and the limit, or that its conditions were met. */
function RuleReasons({ of }: { of: DecisionView }): Child {
  const t = useT(decision);
  if (of.explanation.form === 'trace') return <p>{t('ruleTrace', { outcome: <Outcome of={of} /> })}</p>;
  const { score, threshold } = roundExplanation(of.explanation, 3);
  return (
    <p>
      {t('ruleReasons', {
        outcome: <Outcome of={of} />,
        score: <Decimal value={score} />,
        limit: <Decimal value={threshold} />,
      })}
    </p>
  );
}

/** By whom: a named person and the right to sign, or the rule. */
export function Who({ of, reference }: { of: DecisionView; reference: string }) {
  const t = useT(decision);
  const items: SummaryItem[] = [
    ...deciders(of, t),
    { term: t('date'), value: <DateText value={dateOf(of)} style="datetime" /> },
    {
      term: t('system'),
      value: t('systemVersion', {
        system: <AgencyText text={of.system.record.name} mark={false} />,
        version: of.row.version,
      }),
    },
    { term: t('reference'), value: <Machine>{reference}</Machine> },
  ];
  return <SummaryList items={items} />;
}

function deciders(
  of: DecisionView,
  t: ReturnType<typeof useT<keyof typeof decision.messages>>,
): SummaryItem[] {
  const settlement = settlementOf(of);
  if (settlement === undefined) return [{ term: t('rule'), value: t('ruleNote') }];
  const { name, delegation } = settlement.decided_by;
  return [
    {
      term: t('person'),
      value: <PersonName>{name}</PersonName>,
      note: t(of.row.overridden ? 'otherwise' : 'personNote'),
    },
    ...(delegation ? [{ term: t('delegation'), value: <bdi>{delegation.instrument}</bdi> }] : []),
  ];
}
