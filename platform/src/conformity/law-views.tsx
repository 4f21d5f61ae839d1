import type { OwnSystem } from '../register/own-systems.ts';
import {
  AgencyText,
  Alert,
  Button,
  ButtonLink,
  DateField,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  PersonName,
  Radios,
  SummaryList,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import type { SystemQuestion } from './applicability.ts';
import type { StoredAnswer } from './binding.ts';
import { m } from './messages.ts';
import { NormText } from './norm-text.tsx';

const word = (answer: boolean) => (answer ? 'yes' : 'no');

interface AnswerProps {
  readonly answer: StoredAnswer;
  /** Names of staff, for staff; nobody is named in public. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

function AnswerView({ answer, names }: AnswerProps) {
  const t = useT(m);
  const name = names?.get(answer.answeredBy);
  return (
    <>
      <p>
        <strong>{t('answered', { answer: word(answer.answer), day: answer.answeredOn })}</strong>{' '}
        {name && t('answeredByName', { name: <PersonName>{name}</PersonName> })}{' '}
        {answer.until !== null && t('until', { day: answer.until })}
      </p>
      <p dir="auto">{answer.because}</p>
    </>
  );
}

interface QuestionsProps {
  readonly questions: readonly SystemQuestion[];
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** Where a question is answered, for who may. */
  readonly hrefOf?: ((question: SystemQuestion) => string) | undefined;
  /** Heading of each question; default `h3`, under a section's own. */
  readonly heading?: 'h2' | 'h3';
}

/** The questions of law of one system, with their answers. */
export function LawQuestions({ questions, names, hrefOf, heading: Heading = 'h3' }: QuestionsProps) {
  const t = useT(m);
  if (questions.length === 0) return <EmptyState title={t('noQuestions')} />;
  return (
    <>
      {questions.map((one) => (
        <section>
          <Heading>
            <NormText texts={one.question.texts} />
          </Heading>
          {one.answer ? (
            <AnswerView answer={one.answer} names={names} />
          ) : (
            <p>{t('presumed', { answer: word(one.question.presumed) })}</p>
          )}
          <SummaryList
            items={[
              {
                term: t('restingRules'),
                value: (
                  <ul>
                    {one.rules.map((rule) => (
                      <li>
                        <NormText texts={rule.texts} />
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
          {one.earlier.length > 0 && (
            <details>
              <summary>{t('earlier')}</summary>
              {one.earlier.map((answer) => (
                <AnswerView answer={answer} names={names} />
              ))}
            </details>
          )}
          {hrefOf && (
            <p>
              <ButtonLink variant="secondary" href={hrefOf(one)}>
                {t(one.answer ? 'answerAgain' : 'answer')}
              </ButtonLink>
            </p>
          )}
        </section>
      ))}
    </>
  );
}

/** The same in public, without names. */
export function LawSection({ questions }: { questions: readonly SystemQuestion[] }) {
  const t = useT(m);
  return (
    <section>
      <h2 id="law">{t('lawTitle')}</h2>
      <p>{t('lawLead')}</p>
      <LawQuestions questions={questions} />
    </section>
  );
}

interface LawPageProps extends QuestionsProps {
  readonly system: OwnSystem;
}

export function LawPage({ system, ...props }: LawPageProps) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="staff" title={t.text('lawTitle')}>
      <p>
        <a class="ds-link" href={`/${lang}/staff/${system.authorityId}/systems/${system.systemId}`}>
          {t('back')}
        </a>
      </p>
      <h1>{t('lawTitle')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} />
      </p>
      <p>{t('lawLead')}</p>
      {props.hrefOf === undefined && <Alert title={t('onlyJurists')} />}
      <LawQuestions {...props} heading="h2" />
    </Page>
  );
}

interface AnswerPageProps {
  readonly system: OwnSystem;
  readonly question: SystemQuestion;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** One question of law and its form. */
export function AnswerPage({ system, question, values, errors = {} }: AnswerPageProps) {
  const t = useT(m);
  const { lang } = useSite();
  const all = `/${lang}/staff/${system.authorityId}/systems/${system.systemId}/applicability`;
  return (
    <Page kind="staff" title={t.text('answer')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={all}>
          {t('backToQuestions')}
        </a>
      </p>
      <h1>{t('lawTitle')}</h1>
      <p class="ta-lead">
        <NormText texts={question.question.texts} />
      </p>
      <Form values={values} errors={errors}>
        <Radios
          name="answer"
          label={t('answer')}
          options={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
        <TextArea name="because" label={t('because')} hint={t('becauseHint')} rows={6} maxlength={2_000} />
        <DateField name="until" label={t('untilLabel')} optional />
        <Button>{t('record')}</Button>
      </Form>
    </Page>
  );
}
