import { Decimal as Exact, roundExplanation } from '@taalil/explain';
import { FactText } from '../citizen/fact-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import type { AdditiveExplanation, TraceExplanation } from '../register/models/index.ts';
import type { Localized, SystemRecord } from '../register/record.ts';
import { AgencyText, Bars, Decimal, Machine, SummaryList, useT } from '../web/index.ts';
import { caseMessages } from './messages-case.ts';

/** Decimals shown; what is sealed holds every digit. */
const DECIMALS = 3;

/** What the model proposes and every contribution to it, adding up in the digits shown. */
export function ModelProposal({ of, decided }: { of: DecisionView; decided: boolean }) {
  const t = useT(caseMessages);
  const { system, explanation } = of;
  return (
    <>
      <h2>{t(decided ? 'proposed' : 'proposal')}</h2>
      {explanation.form === 'trace' ? (
        <RuleProposal of={of} explanation={explanation} />
      ) : (
        <ScoreProposal of={of} explanation={explanation} />
      )}
      <p class="ta-note">
        {t(explanation.form === 'trace' || !system.model.replayable ? 'checkedRun' : 'checked', {
          version: system.modelVersion,
          model: <Machine>{explanation.model}</Machine>,
        })}
      </p>
    </>
  );
}

/** The rules that applied, first the last one. */
function RuleProposal({ of, explanation }: { of: DecisionView; explanation: TraceExplanation }) {
  const t = useT(caseMessages);
  const { record } = of.system;
  return (
    <>
      <SummaryList
        items={[
          {
            term: t('outcome'),
            value: (
              <strong>
                <AgencyText
                  text={record.outcomes[explanation.favourable ? 'favourable' : 'adverse']}
                  mark={false}
                />
              </strong>
            ),
          },
        ]}
      />
      <ol>
        {explanation.contributions.map(({ reason }) => (
          <li>
            <AgencyText text={labelOf(record, reason)} mark={false} />
          </li>
        ))}
      </ol>
    </>
  );
}

function ScoreProposal({ of, explanation }: { of: DecisionView; explanation: AdditiveExplanation }) {
  const t = useT(caseMessages);
  const { system, facts } = of;
  const { record } = system;
  const { above } = explanation;
  const rounded = roundExplanation(explanation, DECIMALS);
  const gap = Exact.parse(rounded.score).minus(Exact.parse(rounded.threshold));
  const compared = gap.compare(Exact.ZERO);
  const outcome = (effect: typeof above) => <AgencyText text={record.outcomes[effect]} mark={false} />;
  const risesAgainst = above === 'adverse';
  const segment = record.inputs.find((input) => input.name === explanation.segmentBy);
  return (
    <>
      <SummaryList
        items={[
          {
            term: t('outcome'),
            value: (
              <strong>
                <AgencyText
                  text={record.outcomes[explanation.favourable ? 'favourable' : 'adverse']}
                  mark={false}
                />
              </strong>
            ),
          },
          {
            term: t('score'),
            value: <Decimal value={rounded.score} />,
            note: t('side', {
              side: compared > 0 ? 'above' : compared < 0 ? 'below' : 'equal',
              gap: <Decimal value={gap.toString().replace('-', '')} />,
            }),
          },
          {
            term: t('threshold'),
            value: <Decimal value={rounded.threshold} />,
            note: t('thresholdNote', {
              atMost: outcome(risesAgainst ? 'favourable' : 'adverse'),
              above: outcome(above),
            }),
          },
        ]}
      />
      <Bars
        caption={t('bars')}
        below={t(risesAgainst ? 'inFavour' : 'against')}
        above={t(risesAgainst ? 'against' : 'inFavour')}
        against={risesAgainst ? 'above' : 'below'}
        bars={explanation.contributions.map(({ reason, value, standardError }, i) => ({
          label: <AgencyText text={labelOf(record, reason)} mark={false} />,
          value: rounded.contributions[i]?.value ?? value,
          ...(standardError === undefined
            ? {}
            : { detail: t('standardError', { error: <Decimal value={standardError} /> }) }),
        }))}
        totals={[
          {
            label: segment
              ? t('lineBaseOf', { kind: <FactText input={segment} value={facts[segment.name]} /> })
              : t('lineBase'),
            value: rounded.base,
          },
          { label: t('lineScore'), value: rounded.score },
          { label: t('threshold'), value: rounded.threshold },
        ]}
      />
    </>
  );
}

function labelOf(record: SystemRecord, reason: string): Localized {
  return record.reasons.find(({ id }) => id === reason)?.label ?? { en: reason };
}
