import type { Child } from 'hono/jsx';
import { FactText } from '../citizen/fact-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import type { Input } from '../register/record.ts';
import {
  Actions,
  AgencyText,
  Button,
  DefinitionHelp,
  Form,
  type FormErrors,
  type FormValues,
  LANGS,
  LANGUAGES,
  localText,
  Radios,
  Select,
  TextArea,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { ANSWERS, correctable, factField, one } from './answer.ts';
import type { Corrections } from './corrections.ts';
import { answer } from './messages-answer.ts';

interface AnswerFormProps {
  readonly view: DecisionView;
  /** What the person says is right. */
  readonly said: Corrections;
  readonly values: FormValues;
  readonly errors: FormErrors;
  readonly action: string;
  /** Whoever answers signed the decision: they may give way, and are not offered to refuse. */
  readonly author: boolean;
}

/** The answer to a request: facts to correct, what is decided, and the reasons of law and fact. */
export function AnswerForm({ view, said, values, errors, action, author }: AnswerFormProps) {
  const t = useT(answer);
  const first = (input: Input) =>
    said[input.name] !== undefined || one(values, factField(input.name)).trim() !== '';
  const inputs = correctable(view);
  const shown = inputs.filter(first);
  const others = inputs.filter((input) => !first(input));
  return (
    <Form action={`${action}#answer`} values={values} errors={errors}>
      <h3>{t('correct')}</h3>
      <p class="ta-hint">{t('correctHint')}</p>
      {shown.map((input) => (
        <FactField input={input} view={view} />
      ))}
      <DefinitionHelp summary={t('correctOther')}>
        {others.map((input) => (
          <FactField input={input} view={view} />
        ))}
      </DefinitionHelp>
      <Actions>
        <Button name="step" value="preview" variant="secondary" formaction={`${action}#preview`}>
          {t('previewButton')}
        </Button>
      </Actions>
      <Radios
        name="answer"
        label={t('answerLabel')}
        hint={author ? t('authorMay') : undefined}
        options={ANSWERS.filter((value) => !(author && value === 'rejected')).map((value) => ({
          value,
          label: t(value),
          hint: t(`${value}Hint`),
        }))}
      />
      <TextArea name="text" label={t('text')} hint={t('textHint')} rows={9} />
      <Basis view={view} />
      <Select
        name="lang"
        label={t('lang')}
        options={LANGS.map((value) => ({ value, label: LANGUAGES[value].name }))}
      />
      <Button name="step" value="check">
        {t('checkButton')}
      </Button>
    </Form>
  );
}

function Basis({ view }: { view: DecisionView }): Child {
  const t = useT(answer);
  return (
    <DefinitionHelp summary={t('basis')}>
      <ul>
        {view.system.record.legalBasis.map(({ article, title }) => (
          <li>
            {article === undefined ? (
              <AgencyText text={title} />
            ) : (
              t('articleOf', { article, title: <AgencyText text={title} /> })
            )}
          </li>
        ))}
      </ul>
    </DefinitionHelp>
  );
}

function FactField({ input, view }: { input: Input; view: DecisionView }): Child {
  const t = useT(answer);
  const { lang } = useSite();
  const common = {
    name: factField(input.name),
    label: <AgencyText text={input.label} mark={false} />,
    hint: t('recordedIs', { value: <FactText input={input} value={view.facts[input.name]} /> }),
    optional: true,
  };
  switch (input.type) {
    case 'boolean':
      return (
        <Select
          {...common}
          options={(['yes', 'no'] as const).map((value) => ({ value, label: t.text(value) }))}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          options={input.values.map(({ value, label }) => ({
            value,
            label: localText(label, lang)?.text ?? value,
          }))}
        />
      );
    default:
      return (
        <TextField
          {...common}
          inputmode={input.type === 'integer' ? 'numeric' : 'decimal'}
          size={12}
          maxlength={24}
          dir="ltr"
        />
      );
  }
}
