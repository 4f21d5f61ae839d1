import type { Localized, SystemRecord } from '../register/record.ts';
import {
  AgencyText,
  Alert,
  Button,
  Callout,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  localText,
  Page,
  SummaryList,
  TaskList,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { COMMENT_MOST } from './comments.ts';
import { takesComments } from './consult.ts';
import { m } from './messages.ts';
import { type Comment, type Consultation, type Counts, GROUNDS } from './read.ts';

export const consultationHref = (lang: string, one: Pick<Consultation, 'authorityId' | 'consultationId'>) =>
  `/${lang}/consultations/${one.authorityId}/${one.consultationId}`;

export const GROUND_WORDS = {
  'personal-data': 'personalData',
  'insult-or-threat': 'insult',
  'not-about-it': 'notAbout',
  repeated: 'repeated',
} as const;

interface Entry {
  readonly consultation: Consultation;
  readonly name: Localized;
  readonly counts: Counts;
}

/** Every consultation, the open ones first. */
export function ListPage({ entries, now }: { entries: readonly Entry[]; now: Temporal.Instant }) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="public" title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      {entries.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      ) : (
        <TaskList
          tasks={entries.map(({ consultation, name, counts }) => {
            const open = takesComments(consultation, now);
            return {
              title: <AgencyText text={name} mark={false} />,
              href: consultationHref(lang, consultation),
              hint: <CountsText counts={counts} />,
              status: {
                state: open ? ('good' as const) : ('neutral' as const),
                label: t(open ? 'openUntil' : 'ended', { day: consultation.closesOn }),
              },
            };
          })}
        />
      )}
    </Page>
  );
}

function CountsText({ counts }: { counts: Counts }) {
  const t = useT(m);
  const { published, unanswered } = counts;
  return <>{t('counts', { published, answered: published - unanswered })}</>;
}

interface ConsultationProps {
  readonly consultation: Consultation;
  readonly record: SystemRecord;
  readonly authority: Localized;
  readonly takes: boolean;
  readonly comments: readonly Comment[];
  readonly counts: Counts;
  readonly thanks: boolean;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** One consultation: what is asked, the record, the form, and every published comment with its answer. */
export function ConsultationPage(props: ConsultationProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { consultation, record, takes, errors } = props;
  const name = localText(record.name, lang)?.text ?? consultation.systemId;
  return (
    <Page kind="public" title={`${t.text('one')} · ${name}`} invalid={errors !== undefined}>
      <p>
        <a class="ds-link" href={`/${lang}/consultations`}>
          {t('back')}
        </a>
      </p>
      <h1>{t('oneOn', { name: <AgencyText text={record.name} mark={false} /> })}</h1>
      <p class="ta-lead">{t(takes ? 'openUntil' : 'ended', { day: consultation.closesOn })}</p>
      {props.thanks && <Alert tone="good" live title={t('thanks')} />}
      <Callout title={t('asked')}>
        <p>
          <AgencyText text={consultation.question} />
        </p>
      </Callout>
      {(takes || errors !== undefined) && <CommentForm {...props} />}
      <RecordOfIt {...props} />
      <Comments {...props} />
    </Page>
  );
}

function CommentForm({ values, errors }: ConsultationProps) {
  const t = useT(m);
  return (
    <section>
      <h2 id="comment">{t('commentTitle')}</h2>
      <Form values={values} errors={errors}>
        <TextArea
          name="text"
          label={t('comment')}
          hint={t('commentHint')}
          rows={8}
          maxlength={COMMENT_MOST}
        />
        <Button>{t('send')}</Button>
      </Form>
    </section>
  );
}

function RecordOfIt({ record, authority }: ConsultationProps) {
  const t = useT(m);
  return (
    <section>
      <h2>{t('about')}</h2>
      <SummaryList
        items={[
          { term: t('administration'), value: <AgencyText text={authority} /> },
          { term: t('purpose'), value: <AgencyText text={record.purpose} /> },
          { term: t('decision'), value: <AgencyText text={record.kindOfDecision} /> },
          { term: t('level'), value: t('levelOf', { n: record.impactLevel }) },
          { term: t('humans'), value: <AgencyText text={record.humanInvolvement} /> },
          {
            term: t('inputs'),
            value: (
              <ul>
                {record.inputs.map(({ label }) => (
                  <li>
                    <AgencyText text={label} mark={false} />
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </section>
  );
}

function Comments({ comments, counts }: ConsultationProps) {
  const t = useT(m);
  const refused = GROUNDS.flatMap((ground) => {
    const n = counts.refused[ground];
    return n === undefined ? [] : [{ term: t(GROUND_WORDS[ground]), value: n }];
  });
  return (
    <section>
      <h2 id="comments">{t('comments')}</h2>
      {comments.length === 0 ? (
        <EmptyState title={t('noComments')}>
          <p>{t('noCommentsText')}</p>
        </EmptyState>
      ) : (
        <p>
          <CountsText counts={counts} />
        </p>
      )}
      {comments.map((comment) => (
        <article class="ta-comment" id={comment.commentId}>
          <h3>{t('commentOf', { day: comment.receivedAt })}</h3>
          {comment.status === 'withdrawn' ? (
            <Withdrawn comment={comment} />
          ) : (
            <Lines text={comment.text ?? ''} />
          )}
          {comment.answer && comment.answeredAt ? (
            <blockquote>
              <p>
                <strong>{t('answerOf', { day: comment.answeredAt })}</strong>
              </p>
              <p>
                <AgencyText text={comment.answer} />
              </p>
            </blockquote>
          ) : (
            comment.status === 'published' && (
              <p>
                <em>{t('noAnswer')}</em>
              </p>
            )
          )}
        </article>
      ))}
      {refused.length > 0 && (
        <>
          <h3>{t('refusedTitle')}</h3>
          <SummaryList items={refused} />
        </>
      )}
    </section>
  );
}

function Withdrawn({ comment }: { comment: Comment }) {
  const t = useT(m);
  return (
    <>
      <p>
        <strong>{t('withdrawn', { day: comment.withdrawnAt ?? '' })}</strong>
      </p>
      <p>
        <AgencyText text={comment.withdrawnBecause ?? {}} />
      </p>
      <p class="ta-note">{t('withdrawnText')}</p>
    </>
  );
}

/** A text in paragraphs as it was written; its own words decide its direction. */
export function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n+/).map((line) => (
        <p dir="auto">{line}</p>
      ))}
    </>
  );
}

interface SectionProps {
  readonly entries: readonly Pick<Entry, 'consultation' | 'counts'>[];
  readonly now: Temporal.Instant;
}

/** On the system's page of the register: which consultations there were, and the way to them. */
export function ConsultationSection({ entries, now }: SectionProps) {
  const t = useT(m);
  const { lang } = useSite();
  if (entries.length === 0) return null;
  return (
    <section>
      <h2 id="consultation">{t('one')}</h2>
      {entries.map(({ consultation, counts }) => (
        <>
          <p>
            {t(takesComments(consultation, now) ? 'openUntil' : 'ended', { day: consultation.closesOn })}
            {'. '}
            <CountsText counts={counts} />.
          </p>
          <p>
            <AgencyText text={consultation.question} />
          </p>
          <p>
            <a class="ds-link" href={consultationHref(lang, consultation)}>
              {t('read')}
            </a>
          </p>
        </>
      ))}
    </section>
  );
}
