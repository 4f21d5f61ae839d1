import type { Child } from 'hono/jsx';
import { staffHref } from '../access/index.ts';
import type { DecisionView } from '../decisions/view.ts';
import { Alert, type FormErrors, type FormValues, Machine, Page, useSite, useT } from '../web/index.ts';
import { AnswerForm } from './answer-form.tsx';
import { ClockText } from './clock-text.tsx';
import { Documents, ExtensionPart } from './desk-parts.tsx';
import {
  DecisionUnder,
  FileFacts,
  Preview,
  type PreviewOf,
  RequestFiles,
  RequestText,
} from './file-parts.tsx';
import { involvementOf } from './involvement.ts';
import { m } from './messages.ts';
import { answer } from './messages-answer.ts';
import { kinds } from './messages-kinds.ts';
import { Qualified } from './qualify-page.tsx';
import type { TriedPart } from './request-routes.tsx';
import type { Review } from './reviews-of-case.ts';

export interface ReviewPageProps {
  readonly review: Review;
  /** The decision under review. */
  readonly view: DecisionView;
  readonly values: FormValues;
  readonly errors?: FormErrors | undefined;
  /** What the rule gives on the corrected record; undefined when the corrections are not valid. */
  readonly preview: PreviewOf | undefined;
  /** Something changed before it could be signed. */
  readonly moved?: boolean;
  /** Something beside the answer was recorded just now. */
  readonly saved?: boolean;
  readonly tried?: TriedPart | undefined;
  /** Who answers. */
  readonly staffId: string;
}

/** A request for review as its reviewer reads and answers it: request and file beside what weighed. */
export function ReviewPage(props: ReviewPageProps) {
  const t = useT(answer);
  const words = useT(m);
  const k = useT(kinds);
  const { review, view, values, errors = {}, preview } = props;
  const said = review.asked.corrections;
  return (
    <Page kind="staff" wide title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <Back authorityId={review.authorityId} />
      <h1>{t('title')}</h1>
      <p>{t('lead', { reference: <Machine>{view.case.reference}</Machine> })}</p>
      {props.moved && <Alert tone="attention" live title={t('moved')} />}
      {props.saved && <Alert tone="good" live title={k('saved')} />}
      <div class="ta-columns">
        <div>
          <RequestText of={review.asked} />
          <RequestFiles of={review} at={addressOf(review, useSite().lang)} />
          <Qualified review={review} />
          <h2>{words('clock')}</h2>
          <ClockText of={review.clock} />
          {review.extension && <ExtensionPart review={review} />}
          <Documents review={review} values={props.tried?.values} errors={props.tried?.errors} />
          <FileFacts view={view} said={said} />
        </div>
        <div>
          <DecisionUnder view={view} />
        </div>
      </div>
      <div class="ta-columns">
        <div>
          <h2 id="answer">{t('yourAnswer')}</h2>
          <AnswerForm
            view={view}
            said={said}
            values={values}
            errors={errors}
            action={addressOf(review, useSite().lang)}
            author={involvementOf(view.life, props.staffId) !== undefined}
          />
        </div>
        <div>
          <h2 id="preview">{t('preview')}</h2>
          {preview && <Preview view={view} of={preview} />}
        </div>
      </div>
    </Page>
  );
}

export function Back({ authorityId }: { authorityId: string }): Child {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <p>
      <a class="ds-link" href={staffHref(lang, authorityId, 'reviews')}>
        {t('back')}
      </a>
    </p>
  );
}

export function addressOf(
  review: Pick<Review, 'authorityId' | 'reviewId'>,
  lang: Parameters<typeof staffHref>[0],
): string {
  return `${staffHref(lang, review.authorityId, 'reviews')}/${review.reviewId}`;
}
