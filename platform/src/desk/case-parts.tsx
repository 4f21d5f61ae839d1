import { Decimal as Exact, roundExplanation } from '@taalil/explain';
import { FactText } from '../citizen/fact-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import type { Localized, SystemRecord } from '../register/record.ts';
import {
  AgencyText,
  Bars,
  DateText,
  Decimal,
  Integer,
  Machine,
  SummaryList,
  Table,
  Timeline,
  useT,
} from '../web/index.ts';
import { caseMessages } from './messages-case.ts';
import { lifeMessages } from './messages-life.ts';

/** Decimals shown; what is sealed holds every digit. */
const DECIMALS = 3;

/** Every recorded fact with its value, where it is from and whether the record may be corrected. */
export function RecordedFacts({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  return (
    <>
      <h2>{t('facts')}</h2>
      <Table
        caption={t('facts')}
        captionHidden
        dense
        rows={of.system.record.inputs}
        columns={[
          {
            header: t('fact'),
            rowHeader: true,
            cell: ({ label, source }) => (
              <>
                <AgencyText text={label} mark={false} />
                {source && (
                  <small class="ta-note">
                    {t('source', { source: <AgencyText text={source} mark={false} /> })}
                  </small>
                )}
              </>
            ),
          },
          { header: t('value'), cell: (input) => <FactText input={input} value={of.facts[input.name]} /> },
          { header: t('correctable'), cell: ({ correctable }) => t(correctable ? 'yes' : 'no') },
        ]}
      />
      <p class="ta-note">{t('factsNote')}</p>
    </>
  );
}

/** What the model proposes and every contribution to it, adding up in the digits shown. */
export function ModelProposal({ of, decided }: { of: DecisionView; decided: boolean }) {
  const t = useT(caseMessages);
  const { system, explanation, facts } = of;
  const { model, record } = system;
  const rounded = roundExplanation(explanation, DECIMALS);
  const gap = Exact.parse(rounded.score).minus(Exact.parse(rounded.threshold));
  const compared = gap.compare(Exact.ZERO);
  const outcome = (name: string) => (
    <AgencyText
      text={record.outcomes[name === model.outcomes.favourable ? 'favourable' : 'adverse']}
      mark={false}
    />
  );
  const risesAgainst = model.outcomes.favourable === model.outcomes.atMost;
  const segment = record.inputs.find((input) => input.name === model.segmentBy);
  return (
    <>
      <h2>{t(decided ? 'proposed' : 'proposal')}</h2>
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
              atMost: outcome(model.outcomes.atMost),
              above: outcome(model.outcomes.above),
            }),
          },
        ]}
      />
      <Bars
        caption={t('bars')}
        below={t(risesAgainst ? 'inFavour' : 'against')}
        above={t(risesAgainst ? 'against' : 'inFavour')}
        against={risesAgainst ? 'above' : 'below'}
        bars={explanation.contributions.map(({ reason, value }, i) => ({
          label: <AgencyText text={labelOf(record, reason)} mark={false} />,
          value: rounded.contributions[i]?.value ?? value,
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
      <p class="ta-note">
        {t('checked', { version: system.modelVersion, model: <Machine>{explanation.model}</Machine> })}
      </p>
    </>
  );
}

function labelOf(record: SystemRecord, reason: string): Localized {
  return record.reasons.find(({ id }) => id === reason)?.label ?? { en: reason };
}

type LegalBasis = SystemRecord['legalBasis'][number];

export function Articles({ of }: { of: readonly LegalBasis[] }) {
  const t = useT(caseMessages);
  return (
    <ul>
      {of.map(({ title, article }) => (
        <li>
          {article === undefined ? (
            <AgencyText text={title} />
          ) : (
            t('article', { title: <AgencyText text={title} />, article })
          )}
        </li>
      ))}
    </ul>
  );
}

export function LegalBasisTexts({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  return (
    <>
      <h2>{t('law')}</h2>
      <Articles of={of.system.record.legalBasis} />
    </>
  );
}

/** Every step so far: what, when, and its place in the log. */
export function LifeSoFar({ of }: { of: DecisionView }) {
  const t = useT(caseMessages);
  const words = useT(lifeMessages);
  const last = of.life.at(-1);
  return (
    <>
      <h2>{t('life')}</h2>
      <Timeline
        events={of.life.map((event) => ({
          title: words(words.has(event.type) ? event.type : 'other'),
          detail: (
            <small class="ta-note">
              <DateText value={event.at} style="datetime" />
              {' · '}
              {t('entry', { index: <Integer value={event.index} /> })}
            </small>
          ),
          when: event === last ? 'now' : 'past',
        }))}
      />
    </>
  );
}
