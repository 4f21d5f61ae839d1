import { maximum, type Question, type Questionnaire, say } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import { NormText, useNormText } from '../conformity/norm-text.tsx';
import {
  Alert,
  Checkboxes,
  Decimal,
  KeyFigures,
  Radios,
  Select,
  SummaryList,
  Tag,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import type { AssessmentView } from './read.ts';
import type { AssessmentStatus } from './tables.ts';

const STATES = { draft: 'wait', submitted: 'attention', approved: 'good', withdrawn: 'neutral' } as const;

export function AssessmentTag({ status }: { status: AssessmentStatus }) {
  const t = useT(m);
  return <Tag state={STATES[status]}>{t(status)}</Tag>;
}

/** What the answers come to, and what may still change it. */
export function Score({ view }: { view: AssessmentView }) {
  const t = useT(m);
  const { result } = view;
  const { complete, unanswered } = result;
  return (
    <>
      <KeyFigures
        items={[
          {
            label: t(complete ? 'level' : 'levelSoFar'),
            value: t('levelOf', { n: result.level }),
            ...(complete ? {} : { note: t('mayRise') }),
          },
          {
            label: t(complete ? 'scoreFinal' : 'score'),
            value: t('pointsOf', { n: <Decimal value={String(result.points)} />, of: result.of }),
          },
          ...(result.mitigation.of === 0
            ? []
            : [
                {
                  label: t('mitigation'),
                  value: t('pointsOf', { n: result.mitigation.points, of: result.mitigation.of }),
                  note: t(result.mitigated ? 'mitigated' : 'notMitigated'),
                },
              ]),
        ]}
      />
      {!complete && <p>{t('left', { n: unanswered.length })}</p>}
    </>
  );
}

/** Says when the questionnaire is shown in another language than the page. */
export function LanguageNotice({ questionnaire }: { questionnaire: Questionnaire }) {
  const t = useT(m);
  const { lang } = useSite();
  const shown = say(questionnaire.texts, lang).lang;
  // A zgh page falls back to Arabic everywhere and says so in its own way.
  if (shown === lang || (lang === 'zgh' && shown === 'ar')) return null;
  return <Alert title={t('otherLanguage', { language: shown })}>{null}</Alert>;
}

/** More choices than fit in a list of buttons. */
const MANY = 12;

export const fieldOf = (questionId: string) => `q-${questionId}`;

/** One question as a form field. */
export function QuestionField({ question, note }: { question: Question; note?: Child }) {
  const text = useNormText();
  const label = <NormText texts={question.texts} />;
  const hint =
    question.help === undefined && note === undefined ? undefined : (
      <>
        {question.help && <NormText texts={question.help} />}
        {question.help && note !== undefined && <br />}
        {note}
      </>
    );
  const name = fieldOf(question.id);
  const options = question.choices.map((choice) => ({
    value: choice.id,
    label: <NormText texts={choice.texts} />,
  }));
  switch (question.type) {
    case 'note':
      return (
        <p>
          <NormText texts={question.texts} />
        </p>
      );
    case 'text':
      return <TextArea name={name} label={label} hint={hint} rows={4} maxlength={4_000} />;
    case 'many':
      return <Checkboxes name={name} label={label} hint={hint} options={options} />;
    case 'one':
      return options.length > MANY ? (
        <Select
          name={name}
          label={label}
          hint={hint}
          options={question.choices.map((choice) => ({ value: choice.id, label: text(choice.texts) }))}
        />
      ) : (
        <Radios name={name} label={label} hint={hint} options={options} />
      );
  }
}

/** The words of an answer: its choices, or the text as it was written. */
export function AnswerText({ question, value }: { question: Question; value: string | readonly string[] }) {
  if (question.type === 'text') return <span dir="auto">{value}</span>;
  const given = typeof value === 'string' ? [value] : value;
  const chosen = question.choices.filter((choice) => given.includes(choice.id));
  return chosen.length === 1 && chosen[0] ? (
    <NormText texts={chosen[0].texts} />
  ) : (
    <ul>
      {chosen.map((choice) => (
        <li>
          <NormText texts={choice.texts} />
        </li>
      ))}
    </ul>
  );
}

function pointsOf(question: Question, value: string | readonly string[] | undefined): number {
  const given = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  return question.choices.filter((c) => given.includes(c.id)).reduce((sum, c) => sum + c.points, 0);
}

/** Every visible question with its answer, section by section; without names. */
export function AllAnswers({ view, shown }: { view: AssessmentView; shown: ReadonlySet<string> }) {
  const t = useT(m);
  return (
    <>
      {view.instrument.questionnaire.pages.map((page) => {
        const questions = page.questions.filter((q) => q.type !== 'note' && shown.has(q.id));
        if (questions.length === 0) return null;
        return (
          <section>
            <h2>
              <NormText texts={page.texts} />
            </h2>
            <SummaryList
              items={questions.map((question) => {
                const value = view.answers.get(question.id)?.value;
                return {
                  term: <NormText texts={question.texts} />,
                  value:
                    value === undefined ? t('notAnswered') : <AnswerText question={question} value={value} />,
                  ...(page.scores === 'nothing' || maximum(question) === 0
                    ? {}
                    : { note: t('pointsOf', { n: pointsOf(question, value), of: maximum(question) }) }),
                };
              })}
            />
          </section>
        );
      })}
    </>
  );
}
