import { type Role, Roles, type Staff, staffHref } from '../access/index.ts';
import {
  Alert,
  ButtonLink,
  Callout,
  EmptyState,
  Integer,
  LANGUAGES,
  type Lang,
  Page,
  Table,
  TaskList,
  useSite,
  useT,
} from '../web/index.ts';
import type { DiagnosisResult } from './attempts.ts';
import { endsSoon, present } from './certificate-parts.tsx';
import type { Certificate } from './certificates.ts';
import { type Course, courseLang, courses, type ModuleId, type Words } from './courses.ts';
import { Markdown } from './markdown-view.tsx';
import { courseMessages as c } from './messages-courses.ts';
import type { RoleSkills } from './skills.ts';

export const trainingHref = (lang: Lang, authorityId: string) => staffHref(lang, authorityId, 'training');

/** Words of a course in the reader's language; Arabic marked as such for Tamazight. */
export function CourseWords({ words }: { words: Words }) {
  const { lang } = useSite();
  const said = courseLang(lang);
  if (said === lang) return <>{words[said]}</>;
  const { tag, script } = LANGUAGES[said];
  return (
    <span lang={tag} dir={script}>
      {words[said]}
    </span>
  );
}

export function useWords(): (words: Words) => string {
  const { lang } = useSite();
  return (words) => words[courseLang(lang)];
}

interface OverviewProps {
  readonly staff: Staff;
  readonly certificates: readonly Certificate[];
  readonly today: string;
  /** Passes that count towards the next certificate: module → instant. */
  readonly passes: ReadonlyMap<ModuleId, { readonly at: string }>;
  readonly diagnosis: (DiagnosisResult & { readonly at: string }) | undefined;
  /** Own roles that have a diagnosis, with its length. */
  readonly diagnoses: readonly { readonly role: Role; readonly questions: number }[];
  readonly maySeeSkills: boolean;
}

/** One's own training: where one stands, where to begin, the modules. */
export function TrainingPage(props: OverviewProps) {
  const t = useT(c);
  const { lang } = useSite();
  const { staff, passes } = props;
  const here = trainingHref(lang, staff.authorityId);
  return (
    <Page kind="staff" title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      <Standing {...props} />
      <Diagnosis {...props} />
      <h2>{t('modules')}</h2>
      <TaskList
        tasks={courses().map((course) => {
          const pass = passes.get(course.id);
          return {
            title: <CourseWords words={course.title} />,
            href: `${here}/modules/${course.id}`,
            hint: (
              <>
                <CourseWords words={course.lead} /> ({t('minutes', { n: course.minutes })})
              </>
            ),
            status: pass
              ? { state: 'good' as const, label: t('passed', { day: pass.at }) }
              : { state: 'wait' as const, label: t('toTake') },
          };
        })}
      />
      <p>{t('countsLong')}</p>
      {props.maySeeSkills && (
        <p>
          <a class="ds-link" href={`${here}/skills`}>
            {t('skills')}
          </a>
        </p>
      )}
    </Page>
  );
}

function Standing({ certificates, today }: OverviewProps) {
  const t = useT(c);
  const held = present(certificates);
  if (held?.standing === 'valid') {
    const soon = endsSoon(held, today);
    return <Alert tone={soon ? 'attention' : 'good'} title={t(soon ? 'soon' : 'good', { day: held.to })} />;
  }
  return (
    <Alert tone="attention" title={held?.standing === 'ended' ? t('lapsed', { day: held.to }) : t('none')} />
  );
}

function Diagnosis({ staff, diagnosis, diagnoses }: OverviewProps) {
  const t = useT(c);
  const { lang } = useSite();
  const words = useWords();
  const first = courses().find((course) => course.id === diagnosis?.modules[0]);
  return (
    <Callout title={t('diagnosis')}>
      {diagnosis && (
        <p>
          {t('diagnosed', { day: diagnosis.at, right: diagnosis.right, of: diagnosis.of })}.{' '}
          {first ? t('diagnosedFirst', { module: words(first.title) }) : t('diagnosedNone')}
        </p>
      )}
      {diagnoses.map(({ role, questions }) => (
        <>
          {!diagnosis && <p>{t('diagnosisLead', { n: questions })}</p>}
          <ButtonLink variant="secondary" href={`${trainingHref(lang, staff.authorityId)}/diagnosis/${role}`}>
            {t('takeDiagnosis', { role: <Roles roles={[role]} /> })}
          </ButtonLink>
        </>
      ))}
    </Callout>
  );
}

export function Back({ authorityId, module }: { authorityId: string; module?: ModuleId }) {
  const t = useT(c);
  const { lang } = useSite();
  const all = trainingHref(lang, authorityId);
  return (
    <p>
      <a class="ds-link" href={module === undefined ? all : `${all}/modules/${module}`}>
        {t(module === undefined ? 'back' : 'backToModule')}
      </a>
    </p>
  );
}

/** The text of one module, and its quiz. */
export function ModulePage({ authorityId, course }: { authorityId: string; course: Course }) {
  const t = useT(c);
  const { lang } = useSite();
  const words = useWords();
  const said = courseLang(lang);
  const blocks = course.text[said];
  const language = said === lang ? {} : { lang: LANGUAGES[said].tag, dir: LANGUAGES[said].script };
  return (
    <Page kind="staff" title={words(course.title)}>
      <Back authorityId={authorityId} />
      <h1>
        <CourseWords words={course.title} />
      </h1>
      <p class="ta-lead">
        <CourseWords words={course.lead} /> ({t('minutes', { n: course.minutes })})
      </p>
      <nav aria-label={t.text('contents')} lang={t.lang('contents')}>
        <ul {...language}>
          {blocks.map((block) =>
            block.kind === 'heading' && block.level === 2 ? (
              <li>
                <a class="ds-link" href={`#${block.id}`}>
                  {block.text.map(({ text }) => text).join('')}
                </a>
              </li>
            ) : null,
          )}
        </ul>
      </nav>
      <div class="ta-course" {...language}>
        <Markdown blocks={blocks} />
      </div>
      <ButtonLink href={`${trainingHref(lang, authorityId)}/modules/${course.id}/quiz`}>
        {t('toQuiz')}
      </ButtonLink>
    </Page>
  );
}

/** What an authority has learnt, role by role, in numbers. */
export function SkillsPage({ authorityId, skills }: { authorityId: string; skills: readonly RoleSkills[] }) {
  const t = useT(c);
  return (
    <Page kind="staff" wide title={t.text('skills')}>
      <Back authorityId={authorityId} />
      <h1>{t('skills')}</h1>
      <p>{t('skillsLead')}</p>
      <Table
        caption={t('skills')}
        captionHidden
        rows={skills}
        empty={<EmptyState title={t('none')} />}
        columns={[
          { header: t('role'), rowHeader: true, cell: ({ role }) => <Roles roles={[role]} /> },
          { header: t('people'), cell: ({ people }) => <Integer value={people} /> },
          { header: t('certifiedCount'), cell: ({ certified }) => <Integer value={certified} /> },
          { header: t('ending'), cell: ({ endingSoon }) => <Integer value={endingSoon} /> },
          ...courses().map((course) => ({
            header: <CourseWords words={course.title} />,
            cell: ({ passed }: RoleSkills) =>
              passed === undefined ? t('tooFew') : <Integer value={passed[course.id]} />,
          })),
        ]}
      />
    </Page>
  );
}
