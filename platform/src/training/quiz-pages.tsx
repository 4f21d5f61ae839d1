import type { Child } from 'hono/jsx';
import { type Role, Roles } from '../access/index.ts';
import {
  Alert,
  Button,
  ButtonLink,
  Form,
  type FormErrors,
  type FormValues,
  LANGUAGES,
  Page,
  Radios,
  useSite,
  useT,
} from '../web/index.ts';
import type { Chosen, QuizResult } from './attempts.ts';
import { Back, CourseWords, trainingHref, useWords } from './course-pages.tsx';
import { type Course, courseLang, courses, type DiagnosisQuestion, type ModuleId } from './courses.ts';
import { courseMessages as c } from './messages-courses.ts';

interface AskedProps {
  readonly questions: readonly Pick<DiagnosisQuestion, 'id' | 'text' | 'choices'>[];
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

function Questions({ questions, values, errors }: AskedProps) {
  const t = useT(c);
  return (
    <Form values={values} errors={errors}>
      {questions.map(({ id, text, choices }, i) => (
        <Radios
          name={id}
          label={
            <>
              {i + 1}. <CourseWords words={text} />
            </>
          }
          options={choices.map((choice) => ({
            value: choice.id,
            label: <CourseWords words={choice.text} />,
          }))}
        />
      ))}
      <Button>{t('answer')}</Button>
    </Form>
  );
}

interface QuizProps extends Omit<AskedProps, 'questions'> {
  readonly authorityId: string;
  readonly course: Course;
}

export function QuizPage({ authorityId, course, values, errors }: QuizProps) {
  const t = useT(c);
  const words = useWords();
  return (
    <Page
      kind="staff"
      title={`${t.text('quiz')} · ${words(course.title)}`}
      invalid={Object.keys(errors ?? {}).length > 0}
    >
      <Back authorityId={authorityId} module={course.id} />
      <h1>{t('quizOf', { module: <CourseWords words={course.title} /> })}</h1>
      <p>{t('quizLead', { n: course.questions.length, pass: course.pass })}</p>
      <Questions questions={course.questions} values={values} errors={errors} />
    </Page>
  );
}

interface QuizResultProps {
  readonly authorityId: string;
  readonly course: Course;
  readonly result: QuizResult;
  readonly chosen: Chosen;
  /** Modules still to be passed. */
  readonly missing: readonly ModuleId[];
}

/** How a quiz went: passed with every answer explained, or which parts to read again. */
export function QuizResultPage({ authorityId, course, result, chosen, missing }: QuizResultProps) {
  const t = useT(c);
  const { lang } = useSite();
  const words = useWords();
  const { right, of, passed, certificate } = result;
  const title = t.text(passed ? 'passTitle' : 'failTitle', { right, of });
  const all = trainingHref(lang, authorityId);
  // Whoever has just been certified has nothing left to pass.
  const left = certificate ? [] : courses().filter((one) => missing.includes(one.id));
  return (
    <Page kind="staff" title={title}>
      <Back authorityId={authorityId} />
      <h1>
        <CourseWords words={course.title} />
      </h1>
      <Alert
        tone={passed ? 'good' : 'attention'}
        live
        title={t(passed ? 'passTitle' : 'failTitle', { right, of })}
      >
        {certificate && <p>{t('certified', { day: certificate.to })}</p>}
        {passed && !certificate && left.length > 0 && (
          <p>{t('remaining', { modules: left.map((one) => words(one.title)).join(' · ') })}</p>
        )}
      </Alert>
      {passed ? (
        <Because course={course} chosen={chosen} />
      ) : (
        <ReadAgain {...{ authorityId, course, result }} />
      )}
      {passed && left[0] ? (
        <ButtonLink href={`${all}/modules/${left[0].id}`}>
          <CourseWords words={left[0].title} />
        </ButtonLink>
      ) : (
        <ButtonLink href={passed ? all : `${all}/modules/${course.id}/quiz`}>
          {t(passed ? 'back' : 'quiz')}
        </ButtonLink>
      )}
    </Page>
  );
}

function ReadAgain({
  authorityId,
  course,
  result,
}: Pick<QuizResultProps, 'authorityId' | 'course' | 'result'>) {
  const t = useT(c);
  const { lang } = useSite();
  const said = courseLang(lang);
  const sections = new Set(course.questions.filter((q) => result.wrong.includes(q.id)).map((q) => q.section));
  const here = `${trainingHref(lang, authorityId)}/modules/${course.id}`;
  return (
    <>
      <p>{t('failText')}</p>
      <ul>
        {course.text[said].map((block) =>
          block.kind === 'heading' && sections.has(block.id) ? (
            <li>
              <a class="ds-link" href={`${here}#${block.id}`} lang={LANGUAGES[said].tag}>
                {block.text.map(({ text }) => text).join('')}
              </a>
            </li>
          ) : null,
        )}
      </ul>
    </>
  );
}

function Because({ course, chosen }: Pick<QuizResultProps, 'course' | 'chosen'>) {
  const t = useT(c);
  const textOf = (question: Course['questions'][number], id: string | undefined): Child => {
    const found = question.choices.find((choice) => choice.id === id);
    return found ? <CourseWords words={found.text} /> : '';
  };
  return (
    <>
      <h2>{t('why')}</h2>
      {course.questions.map((question, i) => {
        const good = question.choices.find((choice) => choice.right)?.id;
        return (
          <section>
            <h3>
              {i + 1}. <CourseWords words={question.text} />
            </h3>
            <p>
              <strong>{t('right', { choice: <>{textOf(question, good)}</> })}</strong>
            </p>
            {chosen[question.id] !== good && (
              <p>{t('yours', { choice: <>{textOf(question, chosen[question.id])}</> })}</p>
            )}
            <p>
              <CourseWords words={question.because} />
            </p>
          </section>
        );
      })}
    </>
  );
}

interface DiagnosisProps extends AskedProps {
  readonly authorityId: string;
  readonly role: Role;
}

export function DiagnosisPage({ authorityId, role, questions, values, errors }: DiagnosisProps) {
  const t = useT(c);
  return (
    <Page kind="staff" title={t.text('diagnosis')} invalid={Object.keys(errors ?? {}).length > 0}>
      <Back authorityId={authorityId} />
      <h1>{t('diagnosis')}</h1>
      <p class="ta-lead">
        <Roles roles={[role]} />
      </p>
      <p>{t('diagnosisLead', { n: questions.length })}</p>
      <Questions questions={questions} values={values} errors={errors} />
    </Page>
  );
}
