import type { Child } from 'hono/jsx';
import { request as words } from '../citizen/messages-request.ts';
import { KindTold } from '../citizen/review/request-parts.tsx';
import { ClockText } from '../reviews/clock-text.tsx';
import { collective } from '../reviews/collective/messages.ts';
import { BECAUSE_MOST, KINDS, type Review } from '../reviews/index.ts';
import { kinds } from '../reviews/messages-kinds.ts';
import { Button, DefinitionHelp, Form, Radios, TextArea, TextField, useSite, useT } from '../web/index.ts';
import { visitHref } from './shell.tsx';
import type { Visit } from './visits.ts';

interface RequestPartProps {
  readonly visit: Visit;
  readonly review: Review;
  /** A form was sent without words. */
  readonly wordless?: boolean | undefined;
}

/** A request that waits for its answer: where it stands, documents brought, a qualification that the person contests. */
export function RequestPart({ visit, review, wordless }: RequestPartProps): Child {
  const t = useT(words);
  const k = useT(kinds);
  const { lang } = useSite();
  const at = visitHref(lang, visit, 'review');
  const errors = wordless ? { text: t('writeWords') } : {};
  const { documents, qualifications, contested } = review;
  return (
    <>
      <ClockText of={review.clock} />
      <KindTold review={review} />
      {documents !== undefined && documents.brought === undefined && (
        <>
          <h2>{t('documentsTitle')}</h2>
          <ul>
            {documents.documents.map((kind) => (
              <li>{k(kind)}</li>
            ))}
          </ul>
          <Form action={`${at}/documents`} errors={errors}>
            <input type="hidden" name="review" value={review.reviewId} />
            <TextArea name="text" label={t('documentsWords')} rows={3} maxlength={BECAUSE_MOST} />
            <Button>{t('documentsSend')}</Button>
          </Form>
        </>
      )}
      {qualifications.length > 0 && !contested && (
        <DefinitionHelp summary={t('disagree')}>
          <Form action={`${at}/contest`} values={{ kind: '' }}>
            <input type="hidden" name="review" value={review.reviewId} />
            <Radios
              name="kind"
              label={t('disagreeKind')}
              options={[
                ...KINDS.filter((kind) => kind !== review.clock.kind).map((value) => ({
                  value,
                  label: k(value),
                })),
                { value: '', label: t('disagreeUnsure') },
              ]}
            />
            <TextArea name="words" label={t('disagreeWords')} rows={3} maxlength={BECAUSE_MOST} />
            <Button variant="secondary">{t('disagreeSend')}</Button>
          </Form>
        </DefinitionHelp>
      )}
    </>
  );
}

/** The person joins a collective request, with a mandate on paper that the agent has seen. */
export function JoinPart({ visit, wordless }: Pick<RequestPartProps, 'visit' | 'wordless'>): Child {
  const t = useT(collective);
  const { lang } = useSite();
  return (
    <DefinitionHelp summary={t('joinTitle')} open={wordless === true}>
      <Form
        action={`${visitHref(lang, visit, 'review')}/collective`}
        errors={wordless ? { collective: t('joinUnknown') } : {}}
      >
        <TextField name="collective" label={t('number')} dir="ltr" maxlength={40} />
        <Button variant="secondary">{t('join')}</Button>
      </Form>
    </DefinitionHelp>
  );
}
