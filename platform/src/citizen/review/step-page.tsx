import type { Child } from 'hono/jsx';
import { ChooseFiles, type FileFacts, type RefusedFile, useFileErrors } from '../../attachments/index.ts';
import { files } from '../../attachments/messages.ts';
import type { Input } from '../../register/record.ts';
import {
  Actions,
  AgencyText,
  Button,
  Checkboxes,
  Form,
  type FormErrors,
  type FormValues,
  localText,
  Radios,
  Select,
  TextArea,
  TextField,
  useSite,
  useT,
} from '../../web/index.ts';
import type { CitizenCase } from '../case-view.ts';
import { FactText } from '../fact-text.tsx';
import { m } from '../messages.ts';
import { review } from '../messages-review.ts';
import { CasePage } from '../shell.tsx';
import {
  CONTACT_MOST,
  correctableOf,
  type Draft,
  type Faults,
  type Representative,
  type Step,
  stepsFor,
  TEXT_MOST,
  valueField,
} from './answers.ts';

export interface StepPageProps {
  readonly of: CitizenCase;
  readonly step: Step;
  readonly draft: Draft;
  readonly faults?: Faults;
  readonly representatives: readonly Representative[];
  /** On the question of files: those chosen so far, and those that were not taken. */
  readonly staged?: readonly FileFacts[];
  readonly refused?: readonly RefusedFile[];
}

const TITLES = {
  ground: 'groundTitle',
  facts: 'factsTitle',
  values: 'valuesTitle',
  text: 'textTitle',
  contact: 'contactTitle',
  who: 'whoTitle',
} as const;

/** One question of the request, with what was typed before. */
export function StepPage(props: StepPageProps) {
  const t = useT(review);
  const f = useT(files);
  const { of, step, draft, faults = {}, refused = [] } = props;
  const { lang } = useSite();
  const steps = stepsFor(draft, of.record);
  const place = steps.indexOf(step);
  const before = place <= 0 ? '' : `/${steps[place - 1]}`;
  const errors: FormErrors = {
    ...Object.fromEntries(Object.entries(faults).map(([field, key]) => [field, t(key)])),
    ...useFileErrors(refused),
  };
  const asksFiles = step === 'files';
  return (
    <CasePage
      title={asksFiles ? f.text('stepTitle') : t.text(TITLES[step])}
      invalid={Object.keys(errors).length > 0}
      back={{ href: `/${lang}/case/review${before}`, label: t('back') }}
    >
      <p class="ta-note">{t('step', { n: place + 1, all: steps.length })}</p>
      <h1>{asksFiles ? f('stepTitle') : t(TITLES[step])}</h1>
      <Form
        action={`/${lang}/case/review/${step}`}
        values={shownValues(draft[step])}
        errors={errors}
        files={asksFiles}
      >
        <Question {...props} />
        <Actions>
          <Button>{t('next')}</Button>
          {asksFiles && (
            <Button variant="secondary" name="more" value="yes">
              {f('add')}
            </Button>
          )}
        </Actions>
      </Form>
    </CasePage>
  );
}

function shownValues(values: FormValues | undefined): FormValues {
  return values ?? {};
}

function Question({ of, step, draft, representatives, staged = [] }: StepPageProps): Child {
  const t = useT(review);
  const f = useT(files);
  switch (step) {
    case 'ground':
      return (
        <Radios
          name="ground"
          label={t('groundLabel')}
          options={[
            { value: 'data-wrong', label: t('dataWrong'), hint: t('dataWrongHint') },
            { value: 'reasons-wrong', label: t('reasonsWrong'), hint: t('reasonsWrongHint') },
            { value: 'want-person', label: t('wantPerson'), hint: t('wantPersonHint') },
            { value: 'other', label: t('otherGround') },
          ]}
        />
      );
    case 'facts':
      return (
        <Checkboxes
          name="facts"
          label={t('factsLabel')}
          options={of.record.inputs.map((input) => ({
            value: input.name,
            label: <AgencyText text={input.label} mark={false} />,
            hint: t('recorded', { value: <FactText input={input} value={of.present.facts[input.name]} /> }),
          }))}
        />
      );
    case 'values':
      return (
        <>
          <p>{t('valuesText')}</p>
          {correctableOf(draft, of.record).map((input) => (
            <RightValue of={of} input={input} />
          ))}
        </>
      );
    case 'text':
      return (
        <TextArea
          name="text"
          label={t('textLabel')}
          hint={t('textHint', { n: TEXT_MOST })}
          rows={8}
          maxlength={TEXT_MOST}
        />
      );
    case 'files':
      return (
        <>
          <p>{f('stepText')}</p>
          <ChooseFiles staged={staged} />
        </>
      );
    case 'contact':
      return (
        <TextField
          name="contact"
          label={t('contactLabel')}
          hint={t('contactHint')}
          maxlength={CONTACT_MOST}
          autocomplete="tel"
          optional
        />
      );
    case 'who':
      return (
        <>
          <Radios
            name="who"
            label={t('whoLabel')}
            options={[
              { value: 'self', label: t('self') },
              ...representatives.map((r) => ({
                value: r.representativeId,
                label: t('forThem', { name: <bdi>{r.name}</bdi> }),
              })),
            ]}
          />
          <p>{t('whoElse')}</p>
        </>
      );
  }
}

/** The right value of one fact that is recorded wrongly, asked in the fact's own kind. */
export function RightValue({ of, input }: { of: CitizenCase; input: Input }): Child {
  const t = useT(review);
  const shared = useT(m);
  const { lang } = useSite();
  const field = {
    name: valueField(input),
    label: <AgencyText text={input.label} mark={false} />,
    hint: t('recorded', { value: <FactText input={input} value={of.present.facts[input.name]} /> }),
  };
  if (input.type === 'boolean') {
    const options = [
      { value: 'yes', label: shared('yes') },
      { value: 'no', label: shared('no') },
    ];
    return <Radios {...field} options={options} />;
  }
  if (input.type === 'choice') {
    const options = input.values.map((v) => ({
      value: v.value,
      label: localText(v.label, lang)?.text ?? v.value,
    }));
    return <Select {...field} options={options} />;
  }
  return (
    <TextField
      {...field}
      inputmode={input.type === 'integer' ? 'numeric' : 'decimal'}
      size={10}
      maxlength={20}
      dir="ltr"
    />
  );
}
