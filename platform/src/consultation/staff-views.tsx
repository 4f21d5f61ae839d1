import { staffHref } from '../access/index.ts';
import type { OwnSystem } from '../register/own-systems.ts';
import {
  AgencyText,
  Alert,
  Button,
  DateField,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  type Lang,
  Page,
  Radios,
  Table,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { takesComments } from './consult.ts';
import { staffMessages as m, m as publicMessages } from './messages.ts';
import { consultationHref, GROUND_WORDS, Lines } from './public-views.tsx';
import { type Comment, type Consultation, GROUNDS } from './read.ts';

interface Fault {
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

interface SystemConsultationProps extends Fault {
  readonly system: OwnSystem;
  readonly consultations: readonly {
    readonly consultation: Consultation;
    readonly comments: readonly Comment[];
  }[];
  readonly held: boolean;
  /** Whether the reader runs consultations, or may only take a comment back. */
  readonly runs: boolean;
  readonly now: Temporal.Instant;
}

export const consultationStaffHref = (
  lang: Lang,
  { authorityId, systemId }: Pick<OwnSystem, 'authorityId' | 'systemId'>,
) => `/${lang}/staff/${authorityId}/systems/${systemId}/consultation`;

/** The consultations of one system: what waits, and opening one. */
export function SystemConsultationPage(props: SystemConsultationProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { system, consultations, held, runs, now, values, errors = {} } = props;
  const open = consultations.some(({ consultation }) => consultation.status === 'open');
  return (
    <Page kind="staff" title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={`${staffHref(lang, system.authorityId, 'systems')}/${system.systemId}`}>
          {t('back')}
        </a>
      </p>
      <h1>{t('title')}</h1>
      <p class="ta-lead">
        <AgencyText text={system.record.name} mark={false} />
      </p>
      <p>{t('lead')}</p>
      {consultations.length > 0 && (
        <Alert tone={held ? 'attention' : 'good'} title={t(held ? 'held' : 'free')} />
      )}
      {consultations.length === 0 && (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      )}
      {consultations.map((one) => (
        <One {...one} system={system} runs={runs} now={now} />
      ))}
      {runs && !open && (
        <>
          <h2>{t('open')}</h2>
          <Form values={values} errors={errors}>
            <TextArea
              name="question_ar"
              label={t('questionAr')}
              hint={t('questionHint')}
              rows={4}
              maxlength={2_000}
            />
            <TextArea name="question_fr" label={t('questionFr')} rows={4} maxlength={2_000} />
            <DateField name="closesOn" label={t('closesOn')} hint={t('closesHint')} />
            <Button>{t('open')}</Button>
          </Form>
        </>
      )}
    </Page>
  );
}

interface OneProps {
  readonly consultation: Consultation;
  readonly comments: readonly Comment[];
  readonly system: OwnSystem;
  readonly runs: boolean;
  readonly now: Temporal.Instant;
}

function One({ consultation, comments, system, runs, now }: OneProps) {
  const t = useT(m);
  const said = useT(publicMessages);
  const { lang } = useSite();
  const takes = takesComments(consultation, now);
  const waits = comments.filter(
    ({ status, answer }) => status === 'waiting' || (status === 'published' && answer === undefined),
  );
  const here = consultationStaffHref(lang, system);
  return (
    <section>
      <h2>{said(takes ? 'openUntil' : 'ended', { day: consultation.closesOn })}</h2>
      <p>
        <AgencyText text={consultation.question} />
      </p>
      <p>
        <a class="ds-link" href={consultationHref(lang, consultation)}>
          {t('publicPage')}
        </a>
      </p>
      {runs && (
        <Table
          caption={t('comment')}
          captionHidden
          dense
          rows={waits}
          empty={
            <EmptyState title={t('nothing')}>
              <p>{t('nothingText')}</p>
            </EmptyState>
          }
          columns={[
            {
              header: t('received'),
              rowHeader: true,
              cell: (one) => (
                <a class="ds-link" href={`${here}/${one.commentId}`}>
                  <DateText value={one.receivedAt} style="datetime" />
                </a>
              ),
            },
            { header: t('comment'), cell: (one) => <span dir="auto">{excerpt(one.text ?? '')}</span> },
            {
              header: t('toAnswer'),
              cell: (one) => t(one.status === 'waiting' ? 'waiting' : 'unanswered'),
            },
          ]}
        />
      )}
      <PublishedOnes comments={comments} here={here} />
      {runs &&
        consultation.status === 'open' &&
        (takes ? (
          <p>{t('closeLater', { day: consultation.closesOn })}</p>
        ) : (
          <Form action={`${here}/close`}>
            <input type="hidden" name="consultation" value={consultation.consultationId} />
            <Button>{t('close')}</Button>
          </Form>
        ))}
    </section>
  );
}

/** Those that everybody reads, and the way to take one back. */
function PublishedOnes({ comments, here }: { comments: readonly Comment[]; here: string }) {
  const t = useT(m);
  const published = comments.filter(({ status }) => status === 'published');
  if (published.length === 0) return null;
  return (
    <Table
      caption={t('publishedTitle')}
      dense
      rows={published}
      columns={[
        { header: t('received'), rowHeader: true, cell: (one) => <DateText value={one.receivedAt} /> },
        { header: t('comment'), cell: (one) => <span dir="auto">{excerpt(one.text ?? '')}</span> },
        {
          header: t('withdraw'),
          cell: (one) => (
            <a class="ds-link" href={`${here}/${one.commentId}/withdraw`}>
              {t('withdraw')}
            </a>
          ),
        },
      ]}
    />
  );
}

const excerpt = (text: string) => (text.length > 140 ? `${text.slice(0, 140)}…` : text);

interface CommentProps extends Fault {
  readonly system: OwnSystem;
  readonly comment: Comment;
}

/** One comment: whether it may be published, or its answer. */
export function CommentPage({ system, comment, values, errors = {} }: CommentProps) {
  const t = useT(m);
  const said = useT(publicMessages);
  const { lang } = useSite();
  const waiting = comment.status === 'waiting';
  return (
    <Page kind="staff" title={t.text(waiting ? 'deal' : 'toAnswer')} invalid={Object.keys(errors).length > 0}>
      <p>
        <a class="ds-link" href={consultationStaffHref(lang, system)}>
          {t('backToOne')}
        </a>
      </p>
      <h1>{said('commentOf', { day: comment.receivedAt })}</h1>
      <blockquote>
        <Lines text={comment.text ?? ''} />
      </blockquote>
      {comment.status === 'published' && comment.answer && (
        <p>
          <AgencyText text={comment.answer} />
        </p>
      )}
      {waiting && (
        <Form values={values} errors={errors}>
          <Radios
            name="word"
            label={t('moderation')}
            hint={t('moderationHint')}
            options={[
              { value: 'publish', label: t('publish') },
              ...GROUNDS.map((ground) => ({
                value: ground,
                label: t('refuse', { ground: said(GROUND_WORDS[ground]) }),
              })),
            ]}
          />
          <Button>{t('decide')}</Button>
        </Form>
      )}
      {comment.status === 'published' && comment.answer === undefined && (
        <Form values={values} errors={errors}>
          <TextArea
            name="answer_ar"
            label={t('answerAr')}
            hint={t('answerHint')}
            rows={5}
            maxlength={2_000}
          />
          <TextArea name="answer_fr" label={t('answerFr')} rows={5} maxlength={2_000} />
          <Button>{t('sendAnswer')}</Button>
        </Form>
      )}
    </Page>
  );
}
