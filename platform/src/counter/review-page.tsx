import {
  ChooseFiles,
  type FileFacts,
  type RefusedFile,
  StagedNames,
  useFileErrors,
} from '../attachments/index.ts';
import { files } from '../attachments/messages.ts';
import type { CitizenCase } from '../citizen/case-view.ts';
import { reviewPending } from '../citizen/decision-page.tsx';
import { review } from '../citizen/messages-review.ts';
import type { ReviewAnswers } from '../citizen/review/answers.ts';
import { Corrections, GROUND_LABELS, Written } from '../citizen/review/check-answers.tsx';
import { RightValue } from '../citizen/review/step-page.tsx';
import { GROUNDS, type Review } from '../reviews/index.ts';
import {
  Actions,
  Alert,
  Button,
  DefinitionHelp,
  Form,
  type FormErrors,
  type FormValues,
  Radios,
  SummaryList,
  TextArea,
  TextField,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import { JoinPart, RequestPart } from './request-part.tsx';
import type { ReviewFaults } from './review-answers.ts';
import { VisitPage } from './shell.tsx';
import type { Visit } from './visits.ts';

export interface CounterReviewProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly values?: FormValues;
  readonly faults?: ReviewFaults;
  /** The request that waits for its answer, if any. */
  readonly pending?: Review | undefined;
  readonly wordless?: boolean;
  /** Files taken in during this visit and not sent yet, and those that were refused. */
  readonly staged?: readonly FileFacts[];
  readonly refused?: readonly RefusedFile[];
}

/** Whether a request can be written now: a decision in force, and none that waits for its answer. */
export function canAsk(of: CitizenCase): boolean {
  return !of.waiting && !reviewPending(of.life, of.present.row.decision_id);
}

/** The person's request, written by an agent in the person's words. */
export function CounterReviewPage({
  visit,
  of,
  values = {},
  faults = {},
  pending,
  wordless,
  staged = [],
  refused = [],
}: CounterReviewProps) {
  const t = useT(m);
  const words = useT(review);
  const errors: FormErrors = {
    ...Object.fromEntries(Object.entries(faults).map(([field, key]) => [field, words(key)])),
    ...useFileErrors(refused),
  };
  return (
    <VisitPage
      visit={visit}
      of={of}
      page="review"
      title={t('reviewTitle')}
      plainTitle={t.text('reviewTitle')}
      invalid={Object.keys(errors).length > 0}
    >
      {canAsk(of) ? (
        <>
          <p>{t('reviewText')}</p>
          <Form values={values} errors={errors} files>
            <Radios
              name="ground"
              label={words('groundTitle')}
              options={GROUNDS.map((value) => ({ value, label: words(GROUND_LABELS[value]) }))}
            />
            <TextArea name="text" label={t('words')} rows={6} />
            <DefinitionHelp summary={t('rightValues')}>
              {of.record.inputs
                .filter((input) => input.correctable)
                .map((input) => (
                  <RightValue of={of} input={input} />
                ))}
            </DefinitionHelp>
            <TextField name="contact" label={t('contact')} maxlength={300} optional />
            <ChooseFiles staged={staged} />
            <Button>{t('goOn')}</Button>
          </Form>
          <JoinPart visit={visit} wordless={wordless} />
        </>
      ) : (
        <>
          <Alert>
            <p>{t('reviewNone')}</p>
          </Alert>
          {pending && <RequestPart {...{ visit, wordless, staged, refused, values }} review={pending} />}
        </>
      )}
    </VisitPage>
  );
}

export interface ReadBackProps extends CounterReviewProps {
  readonly values: FormValues;
  readonly answers: ReviewAnswers;
}

/** Everything once more, to be read back to the person before it is sent. */
export function ReadBackPage({ visit, of, values, answers, staged = [] }: ReadBackProps) {
  const t = useT(m);
  const f = useT(files);
  const words = useT(review);
  return (
    <VisitPage visit={visit} of={of} page="review" title={t('readBack')} plainTitle={t.text('readBack')}>
      <SummaryList
        items={[
          { term: words('groundTitle'), value: words(GROUND_LABELS[answers.ground]) },
          {
            term: t('words'),
            value: answers.text === '' ? words('nothingWritten') : <Written text={answers.text} />,
          },
          ...(answers.wrongFacts.length > 0
            ? [{ term: words('factsTitle'), value: <Corrections of={of} answers={answers} /> }]
            : []),
          {
            term: t('contact'),
            value: answers.contact === '' ? words('nothingWritten') : <bdi>{answers.contact}</bdi>,
          },
          { term: f('staged'), value: <StagedNames staged={staged} /> },
        ]}
      />
      <Form>
        {Object.entries(values).map(
          ([name, value]) =>
            name !== 'csrf' &&
            name !== 'do' &&
            name !== 'remove' &&
            typeof value === 'string' && <input type="hidden" name={name} value={value} />,
        )}
        <Actions>
          <Button name="do" value="send">
            {t('sendReview')}
          </Button>
          <Button name="do" value="change" variant="secondary">
            {t('goBack')}
          </Button>
        </Actions>
      </Form>
    </VisitPage>
  );
}
