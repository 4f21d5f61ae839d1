import { roundExplanation } from '@taalil/explain';
import type { Child } from 'hono/jsx';
import { HandedFiles } from '../attachments/index.ts';
import { files } from '../attachments/messages.ts';
import { FactText } from '../citizen/fact-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import type { Explanation } from '../register/models/index.ts';
import {
  AgencyText,
  Bars,
  Decimal,
  DefinitionHelp,
  LANGUAGES,
  type Lang,
  PersonName,
  SummaryList,
  Table,
  useT,
} from '../web/index.ts';
import type { Corrections } from './corrections.ts';
import { m } from './messages.ts';
import { answer } from './messages-answer.ts';
import type { Asked, Review } from './reviews-of-case.ts';

const DECIMALS = 3;

/** What somebody wrote, with its own line breaks and its own direction. */
export function Written({ text, lang }: { text: string; lang?: Lang | undefined }): Child {
  const known = lang && { lang: LANGUAGES[lang].tag };
  return (
    <blockquote class="ta-quote" dir="auto" {...known}>
      {text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .map((line) => (
          <p dir="auto">{line}</p>
        ))}
    </blockquote>
  );
}

const FILERS = {
  person: 'byPerson',
  representative: 'byRepresentative',
  counter: 'byCounter',
  collective: 'byCollective',
} as const;

/** The request in the person's own words. */
export function RequestText({ of }: { of: Asked }): Child {
  const t = useT(answer);
  const words = useT(m);
  return (
    <>
      <h2>{t('request')}</h2>
      <SummaryList
        items={[
          { term: t('ground'), value: words(of.ground) },
          { term: t('words'), value: of.text === '' ? t('noWords') : <Written text={of.text} /> },
          { term: t('contact'), value: of.contact === undefined ? t('noContact') : <bdi>{of.contact}</bdi> },
          { term: t('filedBy'), value: t(FILERS[of.filedBy.kind]) },
        ]}
      />
    </>
  );
}

/** The files of a request; each is downloaded, never shown in the page. */
export function RequestFiles({ of, at }: { of: Review; at: string }): Child {
  const t = useT(files);
  if (of.files.length === 0) return null;
  return (
    <>
      <h2>{t('deskTitle')}</h2>
      {of.added.map(({ text }) => text !== '' && <Written text={text} />)}
      <HandedFiles files={of.files} hrefOf={({ file }) => `${at}/files/${file}`} hashes />
      <p class="ta-note">{t('deskText')}</p>
    </>
  );
}

/** Every recorded fact, beside what the person says is right. */
export function FileFacts({ view, said }: { view: DecisionView; said: Corrections }): Child {
  const t = useT(answer);
  const { inputs } = view.system.record;
  const disputed = inputs.filter((input) => said[input.name] !== undefined);
  const rows = [...disputed, ...inputs.filter((input) => !disputed.includes(input))];
  return (
    <>
      <h2>{t('file')}</h2>
      <Table
        caption={t('file')}
        captionHidden
        dense
        rows={rows}
        columns={[
          { header: t('fact'), rowHeader: true, cell: (i) => <AgencyText text={i.label} mark={false} /> },
          { header: t('recorded'), cell: (i) => <FactText input={i} value={view.facts[i.name]} /> },
          ...(disputed.length === 0
            ? []
            : [
                {
                  header: t('said'),
                  cell: (i: (typeof inputs)[number]) =>
                    said[i.name] === undefined ? null : (
                      <strong>
                        <FactText input={i} value={said[i.name]} />
                      </strong>
                    ),
                },
              ]),
        ]}
      />
    </>
  );
}

export function OutcomeText({ view, effect }: { view: DecisionView; effect: DecisionView['effect'] }): Child {
  return <AgencyText text={view.system.record.outcomes[effect]} mark={false} />;
}

function ScoreText({ of }: { of: Explanation }): Child {
  const t = useT(answer);
  if (of.form === 'trace') return t('byRules');
  const { score, threshold } = roundExplanation(of, DECIMALS);
  return t('scoreOf', { score: <Decimal value={score} />, threshold: <Decimal value={threshold} /> });
}

interface GivenReasons {
  readonly text: string;
  readonly lang: Lang;
}

/** The decision under review: who signed what, with which reasons, and what weighed in the score. */
export function DecisionUnder({ view }: { view: DecisionView }): Child {
  const t = useT(answer);
  const reasons = view.settled?.facts.reasons as GivenReasons | undefined;
  const signer = view.settled?.facts.decided_by as { readonly name: string } | undefined;
  return (
    <>
      <h2>{t('decisionUnder')}</h2>
      <SummaryList
        items={[
          { term: t('outcome'), value: <OutcomeText view={view} effect={view.effect} /> },
          { term: t('score'), value: <ScoreText of={view.explanation} /> },
          {
            term: t('signer'),
            value: signer === undefined ? t('decidedByRule') : <PersonName>{signer.name}</PersonName>,
          },
        ]}
      />
      {reasons && (
        <DefinitionHelp summary={t('givenReasons')}>
          <Written text={reasons.text} lang={reasons.lang} />
        </DefinitionHelp>
      )}
      <Weighed view={view} />
    </>
  );
}

function Weighed({ view }: { view: DecisionView }): Child {
  const t = useT(answer);
  const { record } = view.system;
  const { explanation } = view;
  const labelOf = (reason: string) => {
    const label = record.reasons.find((r) => r.id === reason)?.label;
    return label ? <AgencyText text={label} mark={false} /> : reason;
  };
  if (explanation.form === 'trace') {
    return (
      <>
        <h3>{t('weighed')}</h3>
        <ol>
          {explanation.contributions.map(({ reason }) => (
            <li>{labelOf(reason)}</li>
          ))}
        </ol>
      </>
    );
  }
  const rounded = roundExplanation(explanation, DECIMALS);
  const risesAgainst = explanation.above === 'adverse';
  return (
    <>
      <h3>{t('weighed')}</h3>
      <Bars
        caption={t('weighed')}
        captionHidden
        below={t(risesAgainst ? 'forPerson' : 'againstPerson')}
        above={t(risesAgainst ? 'againstPerson' : 'forPerson')}
        against={risesAgainst ? 'above' : 'below'}
        bars={rounded.contributions.map(({ reason, value }) => ({ label: labelOf(reason), value }))}
        totals={[
          { label: t('base'), value: rounded.base },
          { label: t('total'), value: rounded.score },
          { label: t('threshold'), value: rounded.threshold },
        ]}
      />
    </>
  );
}

/** The corrections, one a line. */
export function Changes({ view, corrections }: { view: DecisionView; corrections: Corrections }): Child {
  const t = useT(answer);
  return (
    <ul>
      {view.system.record.inputs
        .filter(({ name }) => corrections[name] !== undefined)
        .map((input) => (
          <li>
            {t('changes', {
              fact: <AgencyText text={input.label} mark={false} />,
              right: <FactText input={input} value={corrections[input.name]} />,
              recorded: <FactText input={input} value={view.facts[input.name]} />,
            })}
          </li>
        ))}
    </ul>
  );
}

export interface PreviewOf {
  readonly corrections: Corrections;
  readonly explanation: Explanation;
  readonly effect: DecisionView['effect'];
}

/** What the rule would give on the corrected record, before anything is decided. */
export function Preview({ view, of }: { view: DecisionView; of: PreviewOf }): Child {
  const t = useT(answer);
  if (Object.keys(of.corrections).length === 0) return <p>{t('previewNone')}</p>;
  return (
    <>
      <p>
        {t('wouldBe', {
          outcome: <OutcomeText view={view} effect={of.effect} />,
          b: (text: Child) => <strong>{text}</strong>,
        })}{' '}
        {t('previewText')}
      </p>
      <Changes view={view} corrections={of.corrections} />
      <SummaryList
        items={[
          { term: t('asRecorded'), value: <ScoreText of={view.explanation} /> },
          { term: t('asCorrected'), value: <ScoreText of={of.explanation} /> },
        ]}
      />
    </>
  );
}

/** The answer as it was signed. */
export function SignedAnswer({ review }: { review: Review }): Child {
  const { answered } = review;
  if (answered === undefined) return null;
  return <Written text={answered.reasons.text} lang={answered.reasons.lang} />;
}
