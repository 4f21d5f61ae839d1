import { Decimal as Exact, roundExplanation } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import { ProbabilityText } from '../register/model-section.tsx';
import type { AdditiveExplanation, Reason, TraceExplanation } from '../register/models/index.ts';
import type { Input, Localized, SystemRecord } from '../register/record.ts';
import { AgencyText, Bars, Decimal, useSite, useT } from '../web/index.ts';
import { WITHHELD } from '../withholding/closure.ts';
import type { CitizenCase } from './case-view.ts';
import { FactText } from './fact-text.tsx';
import { why } from './messages-why.ts';

/** Decimals shown; the receipt holds every digit. */
const DECIMALS = 3;
const SENTENCES = 5;

interface Told {
  readonly of: CitizenCase;
  readonly explanation: AdditiveExplanation;
}

function labelOf(record: SystemRecord, reason: string): Localized {
  return record.reasons.find((r) => r.id === reason)?.label ?? { en: reason };
}

/** How points and limit decide, and on which side of the limit this file is. */
export function HowItWorks({ of, explanation }: Told) {
  const t = useT(why);
  const { record } = of;
  const { facts } = of.present;
  const rounded = roundExplanation(explanation, DECIMALS);
  const gap = Exact.parse(rounded.score).minus(Exact.parse(rounded.threshold));
  const side = gap.compare(Exact.ZERO) > 0 ? 'above' : gap.compare(Exact.ZERO) < 0 ? 'below' : 'equal';
  const { above } = explanation;
  const name = (effect: typeof above) => <AgencyText text={record.outcomes[effect]} mark={false} />;
  const segment = record.inputs.find((i) => i.name === explanation.segmentBy);
  return (
    <>
      <h2>{t('how')}</h2>
      <p>
        {t('howAdds')}{' '}
        {t('howLimit', {
          limit: <Decimal value={rounded.threshold} />,
          atMost: name(above === 'adverse' ? 'favourable' : 'adverse'),
          above: name(above),
        })}
        {record.model?.outcome.by === 'probability' && (
          <> {t('howProbability', { share: <ProbabilityText value={record.model.outcome.threshold} /> })}</>
        )}
      </p>
      <p>
        {t('yours', {
          side,
          score: <Decimal value={rounded.score} />,
          gap: <Decimal value={fixed(gap, rounded.decimals)} />,
        })}
      </p>
      <p>
        {segment
          ? t('comparedSegment', { kind: <FactText input={segment} value={facts[segment.name]} /> })
          : t('compared')}
      </p>
    </>
  );
}

/** A value that needs no label beside it: a choice's own words, or a number with its unit. */
function saysItself(input: Input): boolean {
  return input.type === 'choice' || (input.type !== 'boolean' && input.unit !== undefined);
}

/** An exact difference of two shown numbers, in as many decimals as they have. */
function fixed(value: Exact, decimals: number): string {
  const [whole = '0', fraction = ''] = value.toString().replace('-', '').split('.');
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}

/** The recorded facts behind one reason, as "6 people, 2 rooms". */
function FactsBehind({ of, reason }: { of: CitizenCase; reason: Reason }): Child {
  const { lang } = useSite();
  const inputs = of.record.inputs.filter((i) => reason.facts.includes(i.name));
  return (
    <>
      {inputs.map((input, i) => (
        <>
          {i > 0 && (lang === 'ar' || lang === 'zgh' ? '، ' : ', ')}
          <bdi>
            {inputs.length > 1 || !saysItself(input) ? (
              <>
                <AgencyText text={input.label} mark={false} />
                {lang === 'fr' ? '\u00a0: ' : ': '}
              </>
            ) : null}
            <FactText input={input} value={of.present.facts[input.name]} />
          </bdi>
        </>
      ))}
    </>
  );
}

/** The heaviest reasons of one effect, a sentence each. */
export function Sentences({ of, explanation, effect }: Told & { effect: 'adverse' | 'favourable' }) {
  const t = useT(why);
  const rounded = new Map(
    roundExplanation(explanation, DECIMALS).contributions.map((c) => [c.reason, c.value]),
  );
  // What is withheld has its own notice and its bar; no sentence could name its facts.
  const all = explanation.contributions.filter((c) => c.effect === effect && c.reason !== WITHHELD);
  const shown = all.slice(0, SENTENCES);
  return (
    <>
      <h2>{t(effect === 'adverse' ? 'against' : 'inFavour')}</h2>
      {shown.length === 0 && <p>{t('nothingHere')}</p>}
      <ul>
        {shown.map((reason) => (
          <li>
            {t('sentence', {
              effect,
              b: (text) => <strong>{text}</strong>,
              reason: <AgencyText text={labelOf(of.record, reason.reason)} mark={false} />,
              facts: <FactsBehind of={of} reason={reason} />,
              points: <Decimal value={(rounded.get(reason.reason) ?? '0').replace('-', '')} />,
            })}
          </li>
        ))}
      </ul>
      {all.length > shown.length && <p>{t('more', { n: all.length - shown.length })}</p>}
    </>
  );
}

/** Every reason as a bar and a number that add up. */
export function AllReasons({ of, explanation }: Told) {
  const t = useT(why);
  const rounded = roundExplanation(explanation, DECIMALS);
  const risesAgainst = explanation.above === 'adverse';
  return (
    <>
      <h2>{t('allTitle')}</h2>
      <Bars
        caption={t('allTitle')}
        captionHidden
        below={t(risesAgainst ? 'inFavour' : 'against')}
        above={t(risesAgainst ? 'against' : 'inFavour')}
        against={risesAgainst ? 'above' : 'below'}
        bars={explanation.contributions.map((reason, i) => ({
          label: <AgencyText text={labelOf(of.record, reason.reason)} mark={false} />,
          value: rounded.contributions[i]?.value ?? reason.value,
          detail: (
            <>
              <FactsBehind of={of} reason={reason} />
              {reason.standardError !== undefined && (
                <>
                  <br />
                  {t('standardError', { error: <Decimal value={reason.standardError} /> })}
                </>
              )}
            </>
          ),
        }))}
        totals={[
          { label: t('lineBase'), value: rounded.base },
          { label: t('lineScore'), value: rounded.score },
          { label: t('lineLimit'), value: rounded.threshold },
        ]}
      />
    </>
  );
}

/** The rules that led to the outcome, each with the facts that it read. */
export function RulesApplied({ of, explanation }: { of: CitizenCase; explanation: TraceExplanation }) {
  const t = useT(why);
  return (
    <>
      <h2>{t('how')}</h2>
      <p>{t('howRules')}</p>
      <h2>{t('rulesApplied')}</h2>
      <ol>
        {explanation.contributions.map((reason) => (
          <li>
            <AgencyText text={labelOf(of.record, reason.reason)} mark={false} />
            <small class="ta-note">
              <FactsBehind of={of} reason={reason} />
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}
