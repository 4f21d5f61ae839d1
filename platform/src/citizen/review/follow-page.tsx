import type { Deadline } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import type { FileFacts } from '../../attachments/index.ts';
import type { Review } from '../../reviews/index.ts';
import {
  Actions,
  Alert,
  ButtonLink,
  Callout,
  EmptyState,
  LANGUAGES,
  type State,
  SummaryList,
  Tag,
  useSite,
  useT,
} from '../../web/index.ts';
import type { CitizenCase } from '../case-view.ts';
import { courtTime, courtWarnings } from '../court-time.ts';
import { DeadlineText, LawText } from '../deadline-text.tsx';
import { review } from '../messages-review.ts';
import { CasePage } from '../shell.tsx';
import { GROUND_LABELS, Written } from './check-answers.tsx';
import {
  ClockState,
  DocumentsPart,
  ExtendedPart,
  FilesOf,
  KindPart,
  LatePart,
  PartOf,
  TakeBundle,
  type Tried,
  Unverified,
} from './request-parts.tsx';

type RequestState = 'received' | 'assigned' | 'upheld' | 'rejected';

const STATES = {
  received: { tag: 'wait', label: 'stateReceived' },
  assigned: { tag: 'wait', label: 'stateAssigned' },
  upheld: { tag: 'good', label: 'stateUpheld' },
  rejected: { tag: 'neutral', label: 'stateRejected' },
} as const satisfies Record<RequestState, { tag: State; label: string }>;

function stateOf({ answered, assigned }: Review): RequestState {
  return answered?.outcome ?? (assigned === undefined ? 'received' : 'assigned');
}

/** The day by which the administration must answer, as it was promised or earlier. */
export function answerDue({ clock }: Review): Deadline {
  return { ...clock.treat, due: clock.due };
}

interface RequestProps {
  readonly staged?: readonly FileFacts[];
  readonly tried?: Tried | undefined;
  readonly of: CitizenCase;
  readonly now: Temporal.Instant;
}

/** The acknowledgement of a request, with its clock. */
export function SentPage({ of, request, now }: RequestProps & { request: Review }) {
  const t = useT(review);
  const { lang } = useSite();
  return (
    <CasePage title={t.text('sentTitle')}>
      <h1>{t('sentTitle')}</h1>
      <Alert tone="good" live>
        <p>{t('sentLead', { at: request.asked.at })}</p>
      </Alert>
      <Callout>
        <p>{t('sentCan')}</p>
        <Actions>
          <ButtonLink href={`/${lang}/case/receipt.json`} variant="secondary">
            {t('saveProof')}
          </ButtonLink>
        </Actions>
      </Callout>
      <h2>{t('datesTitle')}</h2>
      <Due of={of} request={request} now={now} />
    </CasePage>
  );
}

function Due({ of, request, now }: RequestProps & { request: Review }): Child {
  const court = courtTime(of.record, of.life, request.decisionId);
  return (
    <>
      <DeadlineText of={answerDue(request)} now={now} />
      <Unverified review={request} />
      {court.map((deadline) => (
        <DeadlineText of={deadline} now={now} />
      ))}
      {court.length === 0 &&
        courtWarnings(of.record).map((warning) => (
          <p>
            <LawText of={warning} />
          </p>
        ))}
    </>
  );
}

/** Where each request stands. */
export function FollowPage({
  of,
  requests,
  now,
  tried,
  staged,
}: RequestProps & { requests: readonly Review[] }) {
  const t = useT(review);
  return (
    <CasePage title={t.text('followTitle')} invalid={tried !== undefined}>
      <h1>{t('followTitle')}</h1>
      <Callout>
        <p>{t('followCan')}</p>
      </Callout>
      {requests.length === 0 && (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      )}
      {requests.map((request) => (
        <Followed
          of={of}
          request={request}
          now={now}
          staged={staged}
          tried={tried?.reviewId === request.reviewId ? tried : undefined}
        />
      ))}
    </CasePage>
  );
}

function Followed({ of, request, now, tried, staged }: RequestProps & { request: Review }) {
  const t = useT(review);
  const { lang } = useSite();
  const { asked, answered } = request;
  const { tag, label } = STATES[stateOf(request)];
  return (
    <section>
      <h2>{t('of', { at: request.asked.at })}</h2>
      <p>
        <Tag state={tag}>{t(label)}</Tag> {answered === undefined && <ClockState review={request} />}
      </p>
      <PartOf review={request} />
      <LatePart review={request} />
      <DocumentsPart review={request} tried={tried} staged={staged} />
      {answered?.outcome === 'upheld' && (
        <p>
          {t('upheldText', {
            now: (text) => (
              <a class="ds-link" href={`/${lang}/case/decision`}>
                {text}
              </a>
            ),
          })}
        </p>
      )}
      {answered && (
        <>
          <h3>{t('answerTitle')}</h3>
          <blockquote
            class="ta-quote"
            lang={LANGUAGES[answered.reasons.lang].tag}
            dir={LANGUAGES[answered.reasons.lang].script}
          >
            <Written text={answered.reasons.text} />
          </blockquote>
        </>
      )}
      {answered?.outcome === 'rejected' && (
        <>
          <p>{t('afterRejected')}</p>
          <p>
            <TakeBundle />
          </p>
        </>
      )}
      {answered === undefined && <Due of={of} request={request} now={now} />}
      <ExtendedPart review={request} />
      <KindPart review={request} tried={tried} />
      <h3>{t('yourWords')}</h3>
      <SummaryList
        items={[
          {
            term: t(GROUND_LABELS[asked.ground]),
            value: asked.text === '' ? t('nothingWritten') : <Written text={asked.text} />,
          },
        ]}
      />
      {request.added.map(({ text }) => text !== '' && <Written text={text} />)}
      <FilesOf review={request} tried={tried} staged={staged} />
    </section>
  );
}
