import type { DecisionView } from '../decisions/view.ts';
import {
  Alert,
  Integer,
  Machine,
  Page,
  PersonName,
  type SummaryItem,
  SummaryList,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { ClockText } from './clock-text.tsx';
import { OutcomeText, RequestFiles, RequestText, SignedAnswer } from './file-parts.tsx';
import { m } from './messages.ts';
import { answer } from './messages-answer.ts';
import { addressOf, Back } from './review-page.tsx';
import type { Review } from './reviews-of-case.ts';

interface AnsweredProps {
  readonly review: Review & { readonly answered: NonNullable<Review['answered']> };
  /** The decision under review. */
  readonly view: DecisionView;
  /** The decision that took its place. */
  readonly successor: DecisionView | undefined;
  /** It was signed just now. */
  readonly now: boolean;
}

/** A request with its answer, as both were sealed. */
export function AnsweredPage({ review, view, successor, now }: AnsweredProps) {
  const t = useT(answer);
  const words = useT(m);
  const { answered } = review;
  const inForce = successor ?? view;
  const items: SummaryItem[] = [
    {
      term: words('outcome'),
      value: (
        <Tag state={answered.outcome === 'upheld' ? 'good' : 'neutral'}>
          {t(answered.outcome === 'upheld' ? 'upheldWord' : 'rejectedWord')}
        </Tag>
      ),
    },
    {
      term: t(successor ? 'newOutcome' : 'standing'),
      value: <OutcomeText view={inForce} effect={inForce.effect} />,
    },
    { term: t('text'), value: <SignedAnswer review={review} /> },
    { term: t('answeredBy'), value: <PersonName>{answered.decidedBy.name}</PersonName> },
    {
      term: t('delegation'),
      value: t('delegationOf', {
        instrument: <bdi>{answered.decidedBy.delegation.instrument}</bdi>,
        from: answered.decidedBy.delegation.from,
        to: answered.decidedBy.delegation.to,
      }),
    },
    { term: t('logEntry'), value: <Integer value={answered.index} /> },
  ];
  return (
    <Page kind="staff" wide title={t.text('doneTitle')}>
      <Back authorityId={review.authorityId} />
      <h1>{t('doneTitle')}</h1>
      <p>
        {words('reference')} <Machine>{view.case.reference}</Machine>
      </p>
      {now && <Alert tone="good" live title={t('doneNow')} />}
      <div class="ta-columns">
        <div>
          <SummaryList items={items} />
        </div>
        <div>
          <RequestText of={review.asked} />
          <RequestFiles of={review} at={addressOf(review, useSite().lang)} />
          <h2>{words('clock')}</h2>
          <ClockText of={review.clock} answeredAt={answered.at} />
        </div>
      </div>
    </Page>
  );
}
