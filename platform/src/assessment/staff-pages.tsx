import { visible } from '@taalil/norms';
import { staffHref } from '../access/index.ts';
import { NormText, useNormText } from '../conformity/norm-text.tsx';
import type { OwnSystem } from '../register/own-systems.ts';
import {
  AgencyText,
  Alert,
  Button,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Integer,
  Page,
  PersonName,
  Radios,
  Table,
  type Task,
  TaskList,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';
import { AssessmentTag, LanguageNotice, QuestionField, Score } from './parts.tsx';
import { instrumentsFor } from './questionnaires.ts';
import { type AssessmentView, plainAnswers } from './read.ts';

export const assessmentHref = (lang: string, view: AssessmentView) =>
  `/${lang}/staff/${view.authorityId}/assessments/${view.assessmentId}`;

interface ListProps {
  readonly system: OwnSystem;
  readonly assessments: readonly AssessmentView[];
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** The assessments of one system, and the way to start one. */
export function AssessmentListPage({ system, assessments, values, errors = {} }: ListProps) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="staff" title={t.text('listTitle')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={`${staffHref(lang, system.authorityId, 'systems')}/${system.systemId}`}>
          {t('back')}
        </a>
      </p>
      <h1>{t('listTitle')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} />
      </p>
      <p>{t('lead')}</p>
      <Table
        caption={t('listTitle')}
        captionHidden
        rows={assessments}
        empty={
          <EmptyState title={t('none')}>
            <p>{t('noneText')}</p>
          </EmptyState>
        }
        columns={[
          {
            header: t('questionnaire'),
            rowHeader: true,
            cell: (one) => (
              <a class="ds-link" href={assessmentHref(lang, one)}>
                <NormText texts={one.instrument.questionnaire.texts} />
              </a>
            ),
          },
          { header: t('status'), cell: (one) => <AssessmentTag status={one.status} /> },
          { header: t('level'), cell: (one) => t('levelOf', { n: one.result.level }) },
          { header: t('opened'), cell: (one) => <DateText value={one.openedAt} /> },
        ]}
      />
      <h2>{t('start')}</h2>
      <Form values={values} errors={errors}>
        <Radios
          name="rule"
          label={t('which')}
          options={instrumentsFor(system.record.norms).map(({ rule, pack, questionnaire }) => ({
            value: rule,
            label: (
              <>
                <NormText texts={questionnaire.texts} /> (<NormText texts={pack.texts} />)
              </>
            ),
            hint: t(system.record.norms.includes(pack.id) ? 'named' : 'notNamed'),
          }))}
        />
        <Button>{t('open')}</Button>
      </Form>
    </Page>
  );
}

/** What the person who looks may do with a submitted assessment. */
export type ApprovalStanding = 'may' | 'author' | 'no-delegation' | 'waits';

interface OverviewProps {
  readonly view: AssessmentView;
  readonly system: OwnSystem;
  readonly standing: ApprovalStanding;
  readonly names: ReadonlyMap<string, string>;
  readonly moved?: boolean;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** One assessment: score, sections, authors, and what comes next. */
export function AssessmentPage(props: OverviewProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { view, system, errors = {} } = props;
  const { authorityId, systemId } = system;
  return (
    <Page kind="staff" title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={`${staffHref(lang, authorityId, 'systems')}/${systemId}/assessments`}>
          {t('backToAll')}
        </a>
      </p>
      <h1>{t('title')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} /> <AssessmentTag status={view.status} />
      </p>
      {props.moved && <Alert tone="attention" live title={t('conflict')} />}
      {view.returnedNote !== undefined && view.status === 'draft' && (
        <Alert tone="attention" title={t('returned')}>
          <p dir="auto">{view.returnedNote}</p>
        </Alert>
      )}
      {view.status === 'approved' && (
        <Alert
          tone="good"
          title={t('binds', {
            n: view.result.level,
            at: view.approvedAt ?? '',
            entry: String(view.logIndex),
          })}
        />
      )}
      <LanguageNotice questionnaire={view.instrument.questionnaire} />
      <Score view={view} />
      <h2>{t('sections')}</h2>
      <TaskList tasks={useTasks(view)} />
      <Authors {...props} />
      <Next {...props} />
    </Page>
  );
}

function useTasks(view: AssessmentView): Task[] {
  const t = useT(m);
  const text = useNormText();
  const { lang } = useSite();
  const { questionnaire } = view.instrument;
  const shown = visible(questionnaire, plainAnswers(view.answers));
  const unanswered = new Set(view.result.unanswered);
  const asked = questionnaire.pages.filter((page) => page.questions.some((q) => q.type !== 'note'));
  return asked.map((page, i): Task => {
    const left = page.questions.filter((q) => unanswered.has(q.id)).length;
    const title = `${i + 1}. ${text(page.texts)}`;
    const offered = shown.pages.has(page.id) && page.questions.some((q) => shown.questions.has(q.id));
    if (!offered) return { title, status: { state: 'neutral', label: t('hiddenPage') } };
    return {
      title,
      href: `${assessmentHref(lang, view)}/sections/${page.id}`,
      status:
        left === 0
          ? { state: 'good', label: t('sectionDone') }
          : { state: 'wait', label: t('sectionLeft', { n: left }) },
    };
  });
}

function Authors({ view, names }: OverviewProps) {
  const t = useT(m);
  const by = Map.groupBy(view.answers.values(), (answer) => answer.by);
  if (by.size === 0) return null;
  return (
    <Table
      caption={t('authors')}
      dense
      rows={[...by]}
      columns={[
        {
          header: t('author'),
          rowHeader: true,
          cell: ([id]) => <PersonName>{names.get(id) || t('somebody')}</PersonName>,
        },
        { header: t('answersCount'), cell: ([, answers]) => <Integer value={answers.length} /> },
      ]}
    />
  );
}

function Next(props: OverviewProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { view } = props;
  const here = assessmentHref(lang, view);
  if (view.status === 'draft') {
    return (
      <>
        {view.result.complete && (
          <Form action={`${here}/submit`}>
            <p>{t('submitText')}</p>
            <Button>{t('submit')}</Button>
          </Form>
        )}
        <Form action={`${here}/withdraw`}>
          <Button variant="secondary" grave>
            {t('withdraw')}
          </Button>
        </Form>
      </>
    );
  }
  return view.status === 'submitted' ? <ApprovalForms {...props} /> : null;
}

const WHY_NOT = { author: 'approveOwn', 'no-delegation': 'approveRights', waits: 'approveWaits' } as const;

function ApprovalForms({ view, standing, values, errors }: OverviewProps) {
  const t = useT(m);
  const { lang } = useSite();
  const here = assessmentHref(lang, view);
  return (
    <section>
      <h2>{t('approveTitle')}</h2>
      {standing === 'may' ? (
        <Form action={`${here}/approve`}>
          <p>{t('approveText', { n: view.result.level })}</p>
          <input type="hidden" name="seen" value={String(view.revision)} />
          <Button>{t('approve')}</Button>
        </Form>
      ) : (
        <Alert title={t(WHY_NOT[standing])} />
      )}
      {(standing === 'may' || standing === 'no-delegation') && (
        <Form action={`${here}/return`} values={values} errors={errors}>
          <TextArea name="note" label={t('note')} rows={4} maxlength={1_000} />
          <Button variant="secondary">{t('return')}</Button>
        </Form>
      )}
    </section>
  );
}

interface SectionProps {
  readonly view: AssessmentView;
  readonly page: string;
  readonly names: ReadonlyMap<string, string>;
  readonly told?: 'saved' | 'more' | undefined;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
  /** The revision that the fields start from. */
  readonly seen: number;
}

/** The questions of one section that earlier answers leave to be asked. */
export function SectionPage({ view, page: id, names, told, values, errors = {}, seen }: SectionProps) {
  const t = useT(m);
  const text = useNormText();
  const { lang } = useSite();
  const { questionnaire } = view.instrument;
  const asked = questionnaire.pages.filter((page) => page.questions.some((q) => q.type !== 'note'));
  const n = asked.findIndex((page) => page.id === id) + 1;
  const page = asked[n - 1];
  if (page === undefined) return null;
  const shown = visible(questionnaire, plainAnswers(view.answers));
  const questions = page.questions.filter((q) => q.type === 'note' || shown.questions.has(q.id));
  const note = (question: string) => {
    const answer = view.answers.get(question);
    if (answer === undefined) return undefined;
    const name = names.get(answer.by) || t.text('somebody');
    return t('answeredBy', { name: <PersonName>{name}</PersonName>, at: answer.at });
  };
  return (
    <Page kind="staff" title={text(page.texts)} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={assessmentHref(lang, view)}>
          {t('backToOne')}
        </a>
      </p>
      <p>{t('sectionNumber', { n: t('pointsOf', { n, of: asked.length }) })}</p>
      <h1>
        <NormText texts={page.texts} />
      </h1>
      {told && <Alert tone={told === 'more' ? 'attention' : 'good'} live title={t(told)} />}
      <LanguageNotice questionnaire={questionnaire} />
      {questions.some((q) => q.type === 'text') && <p>{t('publicAnswers')}</p>}
      {questions.every((q) => q.type === 'note') ? (
        <EmptyState title={t('noQuestions')} />
      ) : (
        <Form values={values} errors={errors}>
          <input type="hidden" name="seen" value={String(seen)} />
          <input type="hidden" name="asked" value={questions.map((q) => q.id).join(' ')} />
          {questions.map((question) => (
            <QuestionField question={question} note={note(question.id)} />
          ))}
          <Button>{t('save')}</Button>
        </Form>
      )}
      <Score view={view} />
    </Page>
  );
}
