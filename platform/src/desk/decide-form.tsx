import type { DecisionView } from '../decisions/view.ts';
import {
  AgencyText,
  Alert,
  Button,
  DateText,
  DefinitionHelp,
  Form,
  type FormErrors,
  LANGS,
  LANGUAGES,
  type Option,
  PersonName,
  Radios,
  Select,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { type Citation, citeFact, citeLaw, factsByWeight, languageOf } from './citations.ts';
import type { FirstSignature } from './first-signature.ts';
import type { Draft } from './form.tsx';
import { formMessages } from './messages-form.ts';
import { REASONS_LEAST, REASONS_MOST } from './reasons.ts';

/** How many people must sign an adverse outcome here, and who has. */
export interface Signatures {
  readonly needed: number;
  readonly first: FirstSignature | undefined;
  /** Whether the first is of whoever reads. */
  readonly mine: boolean;
}

export interface DecideProps {
  readonly of: DecisionView;
  readonly action: string;
  readonly draft: Draft;
  readonly errors: FormErrors;
  readonly signatures: Signatures;
}

/** Anchor of the form: where the browser stands after it came back with errors. */
export const DECIDE = 'decide';

/** Confirm or decide otherwise, with reasons of law and fact; beside it, citations to copy. */
export function DecideForm({ of, action, draft, errors, signatures }: DecideProps) {
  const t = useT(formMessages);
  const { lang } = useSite();
  return (
    <>
      <h2 id={DECIDE}>{t('title')}</h2>
      {of.effect === 'adverse' && signatures.needed > 1 && <TwoPeople {...signatures} />}
      <div class="ta-columns">
        <div>
          <Form action={`${action}#${DECIDE}`} values={{ ...draft }} errors={errors}>
            <Radios name="word" label={t('word')} options={useWords(of, signatures)} />
            <TextArea
              name="text"
              label={t('text')}
              hint={t('textHint', { least: REASONS_LEAST, most: REASONS_MOST })}
              rows={9}
            />
            <Select
              name="lang"
              label={t('lang')}
              value={lang === 'zgh' ? 'ar' : lang}
              options={LANGS.map((code) => ({ value: code, label: LANGUAGES[code].name }))}
            />
            <p class="ta-hint">{t('notYet')}</p>
            <Button>{t('toCheck')}</Button>
          </Form>
        </div>
        <Citations of={of} />
      </div>
    </>
  );
}

function TwoPeople({ first, mine }: Signatures) {
  const t = useT(formMessages);
  if (first === undefined) {
    return (
      <Alert tone="attention">
        <p>{t('moreSignatures')}</p>
      </Alert>
    );
  }
  const at = <DateText value={first.at} style="datetime" />;
  return (
    <Alert tone="attention">
      <p>
        {mine
          ? t('firstIsYours', { at })
          : t('secondSignature', { at, name: <PersonName>{first.name}</PersonName> })}
      </p>
    </Alert>
  );
}

/** Who has signed first cannot confirm a second time. */
function useWords(of: DecisionView, { needed, first, mine }: Signatures): Option[] {
  const t = useT(formMessages);
  const { outcomes } = of.system.record;
  const name = (effect: 'favourable' | 'adverse') => <AgencyText text={outcomes[effect]} mark={false} />;
  const adverse = of.effect === 'adverse';
  return [
    ...(adverse && mine
      ? []
      : [
          {
            value: 'confirm',
            label: t('confirm', { outcome: name(of.effect) }),
            hint: t(adverse && needed > 1 && !first ? 'confirmFirstHint' : 'confirmHint'),
          },
        ]),
    ...(adverse
      ? [
          {
            value: 'override',
            label: t('override', { outcome: name('favourable') }),
            hint: t('overrideHint'),
          },
        ]
      : []),
  ];
}

/** So many facts are offered at once; the others open below them. */
const FIRST = 8;

function Citations({ of }: { of: DecisionView }) {
  const t = useT(formMessages);
  const { lang } = useSite();
  const facts = factsByWeight(of).map((input) =>
    citeFact(lang, input, of.facts[input.name] as NonNullable<(typeof of.facts)[string]>),
  );
  return (
    <section aria-labelledby="citations">
      <h3 id="citations">{t('citations')}</h3>
      <p class="ta-hint">{t('citationsNote')}</p>
      <h4>{t('citeLaw')}</h4>
      <CitationList of={of.system.record.legalBasis.map((basis) => citeLaw(lang, basis))} />
      <h4>{t('citeFacts')}</h4>
      <CitationList of={facts.slice(0, FIRST)} />
      {facts.length > FIRST && (
        <DefinitionHelp summary={t('citeOthers')}>
          <CitationList of={facts.slice(FIRST)} />
        </DefinitionHelp>
      )}
    </section>
  );
}

function CitationList({ of }: { of: readonly Citation[] }) {
  return (
    <ul>
      {of.map((citation) => (
        <li>
          <span {...languageOf(citation)}>{citation.text}</span>
        </li>
      ))}
    </ul>
  );
}
