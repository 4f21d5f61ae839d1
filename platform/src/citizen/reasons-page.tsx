import { type Contribution, Decimal as Exact, roundExplanation } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import type { Input, Localized, SystemRecord } from '../register/record.ts';
import { AgencyText, Bars, Callout, Decimal, DefinitionHelp, Machine, useSite, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { FactText } from './fact-text.tsx';
import { why } from './messages-why.ts';
import { CasePage } from './shell.tsx';

/** Decimals shown; the receipt holds every digit. */
const DECIMALS = 3;
const SENTENCES = 5;

function labelOf(record: SystemRecord, reason: string): Localized {
  return record.reasons.find((r) => r.id === reason)?.label ?? { en: reason };
}

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
      {otherwise && <p>{t('otherwise')}</p>}
      <HowItWorks of={of} />
      <Sentences of={of} effect={effect} />
      <Sentences of={of} effect={effect === 'adverse' ? 'favourable' : 'adverse'} />
      <AllReasons of={of} />
      <DefinitionHelp summary={t('checked')}>
        <p>{t('checkedText')}</p>
        <p>
          {t('modelLine', { version: present.system.modelVersion })} <Machine>{explanation.model}</Machine>
        </p>
      </DefinitionHelp>
    </CasePage>
  );
}

function HowItWorks({ of }: { of: CitizenCase }) {
  const t = useT(why);
  const { record } = of;
  const { explanation, system, facts } = of.present;
  const rounded = roundExplanation(explanation, DECIMALS);
  const gap = Exact.parse(rounded.score).minus(Exact.parse(rounded.threshold));
  const side = gap.compare(Exact.ZERO) > 0 ? 'above' : gap.compare(Exact.ZERO) < 0 ? 'below' : 'equal';
  const { model } = system;
  const name = (outcome: string) => (
    <AgencyText
      text={record.outcomes[outcome === model.outcomes.favourable ? 'favourable' : 'adverse']}
      mark={false}
    />
  );
  const segment = record.inputs.find((i) => i.name === model.segmentBy);
  return (
    <>
      <h2>{t('how')}</h2>
      <p>
        {t('howAdds')}{' '}
        {t('howLimit', {
          limit: <Decimal value={rounded.threshold} />,
          atMost: name(model.outcomes.atMost),
          above: name(model.outcomes.above),
        })}
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
function FactsBehind({ of, reason }: { of: CitizenCase; reason: Contribution }): Child {
  const { lang } = useSite();
  const inputs = of.record.inputs.filter((i) => reason.facts.includes(i.name));
  return (
    <>
      {inputs.map((input, i) => (
        <>
          {i > 0 && (lang === 'ar' || lang === 'zgh' ? '، ' : ', ')}
          {inputs.length > 1 || !saysItself(input) ? (
            <>
              <AgencyText text={input.label} mark={false} />
              {lang === 'fr' ? '\u00a0: ' : ': '}
            </>
          ) : null}
          <FactText input={input} value={of.present.facts[input.name]} />
        </>
      ))}
    </>
  );
}

function Sentences({ of, effect }: { of: CitizenCase; effect: 'adverse' | 'favourable' }) {
  const t = useT(why);
  const { explanation } = of.present;
  const rounded = new Map(
    roundExplanation(explanation, DECIMALS).contributions.map((c) => [c.reason, c.value]),
  );
  const all = explanation.contributions.filter((c) => c.effect === effect);
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

function AllReasons({ of }: { of: CitizenCase }) {
  const t = useT(why);
  const { explanation, system } = of.present;
  const rounded = roundExplanation(explanation, DECIMALS);
  const risesAgainst = system.model.outcomes.favourable === system.model.outcomes.atMost;
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
          detail: <FactsBehind of={of} reason={reason} />,
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
