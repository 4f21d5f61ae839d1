import { CERTAINTY_TEXTS } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import { LawText } from '../citizen/deadline-text.tsx';
import type { DecisionView } from '../decisions/view.ts';
import {
  Alert,
  Button,
  Form,
  type FormErrors,
  type FormValues,
  LANGS,
  LANGUAGES,
  Machine,
  Page,
  Radios,
  Select,
  Tag,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { answerDeadlines } from './clock.ts';
import { ClockText } from './clock-text.tsx';
import { FileFacts, RequestFiles, RequestText, Written } from './file-parts.tsx';
import type { ReviewRow } from './find.ts';
import { KINDS, type Kind, proposedKind } from './kinds.ts';
import { m } from './messages.ts';
import { kinds } from './messages-kinds.ts';
import { BECAUSE_MOST } from './qualify.ts';
import { addressOf, Back } from './review-page.tsx';
import type { Review } from './reviews-of-case.ts';

export interface QualifyProps {
  readonly row: ReviewRow;
  readonly review: Review;
  readonly view: DecisionView;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

/** The desk says what a request is in law; each kind beside the clock that it starts and who would answer. */
export function QualifyPage({ row, review, view, values, errors = {} }: QualifyProps) {
  const t = useT(kinds);
  const words = useT(m);
  const { lang } = useSite();
  const contest = review.contested ? review.contests.at(-1) : undefined;
  const proposed = contest?.wanted ?? row.kind ?? proposedKind(review.asked.ground, review.asked.corrections);
  return (
    <Page kind="staff" wide title={t.text('qualifyTitle')} invalid={Object.keys(errors).length > 0}>
      <Back authorityId={review.authorityId} />
      <h1>{t('qualifyTitle')}</h1>
      <p>
        {words('reference')} <Machine>{view.case.reference}</Machine>
      </p>
      {contest && (
        <Alert tone="attention" title={t('contests', { kind: t(contest.kind) })}>
          <Written text={contest.text} />
          {contest.wanted && <p>{t('saysIs', { kind: t(contest.wanted) })}</p>}
        </Alert>
      )}
      <p>{t('qualifyLead')}</p>
      <div class="ta-columns">
        <div>
          <RequestText of={review.asked} />
          <RequestFiles of={review} at={addressOf(review, useSite().lang)} />
          <Qualified review={review} />
          <h2>{words('clock')}</h2>
          <ClockText of={review.clock} />
        </div>
        <div>
          <Form
            action={`${addressOf(review, lang)}/qualify`}
            values={values ?? { kind: proposed, lang }}
            errors={errors}
          >
            <Radios
              name="kind"
              label={t('kindLabel')}
              options={KINDS.map((kind) => ({
                value: kind,
                label: t(kind),
                hint: <KindHint kind={kind} row={row} proposed={kind === proposed && row.kind === null} />,
              }))}
            />
            <TextArea
              name="because"
              label={t('because')}
              hint={t('becauseHint')}
              rows={4}
              maxlength={BECAUSE_MOST}
            />
            <Select
              name="lang"
              label={t('lang')}
              options={LANGS.map((value) => ({ value, label: LANGUAGES[value].name }))}
            />
            <Button>{t(row.kind === null ? 'qualify' : 'qualifyAgain')}</Button>
          </Form>
        </div>
      </div>
      <FileFacts view={view} said={review.asked.corrections} />
    </Page>
  );
}

function KindHint({ kind, row, proposed }: { kind: Kind; row: ReviewRow; proposed: boolean }): Child {
  const t = useT(kinds);
  const [first] = answerDeadlines({ ...row, kind });
  return (
    <>
      {t(`${kind}Hint`)}{' '}
      {first &&
        t('dueIf', {
          due: first.due.toString(),
          source: first.rule.source,
          known: first.rule.article === 'unknown' ? 'no' : 'yes',
          article: first.rule.article,
          certainty: <LawText of={CERTAINTY_TEXTS[first.rule.certainty]} />,
        })}{' '}
      {first?.unverified && <Tag state="attention">{t('unverified')}</Tag>}{' '}
      {proposed && <em>{t('proposed')}</em>}
    </>
  );
}

/** Every qualification of a request, the last one first, with why. */
export function Qualified({ review }: { review: Review }): Child {
  const t = useT(kinds);
  const words = useT(m);
  if (review.qualifications.length === 0) return null;
  return (
    <>
      <h2>{words('kind')}</h2>
      {review.qualifications.toReversed().map((one) => (
        <>
          <p>
            <strong>{t('qualifiedAs', { kind: t(one.kind), at: one.at })}</strong>
          </p>
          <Written text={one.because} lang={one.lang} />
        </>
      ))}
    </>
  );
}
