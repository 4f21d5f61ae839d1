import type { Child } from 'hono/jsx';
import {
  ChooseFiles,
  type FileFacts,
  HandedFiles,
  type RefusedFile,
  useFileErrors,
} from '../attachments/index.ts';
import { files } from '../attachments/messages.ts';
import { request as words } from '../citizen/messages-request.ts';
import { KindTold } from '../citizen/review/request-parts.tsx';
import { ClockText } from '../reviews/clock-text.tsx';
import { collective } from '../reviews/collective/messages.ts';
import { BECAUSE_MOST, KINDS, type Review } from '../reviews/index.ts';
import { kinds } from '../reviews/messages-kinds.ts';
import {
  Button,
  DefinitionHelp,
  Form,
  type FormValues,
  Radios,
  TextArea,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { visitHref } from './shell.tsx';
import type { Visit } from './visits.ts';

interface RequestPartProps {
  readonly visit: Visit;
  readonly review: Review;
  /** A form was sent without words. */
  readonly wordless?: boolean | undefined;
  readonly staged?: readonly FileFacts[] | undefined;
  readonly refused?: readonly RefusedFile[] | undefined;
  readonly values?: FormValues | undefined;
}

/** A request that waits for its answer: where it stands, documents brought, a qualification that the person contests. */
export function RequestPart(props: RequestPartProps): Child {
  const { visit, review, wordless, staged = [], refused = [], values } = props;
  const t = useT(words);
  const k = useT(kinds);
  const { lang } = useSite();
  const at = visitHref(lang, visit, 'review');
  const f = useT(files);
  const errors = { ...(wordless ? { text: t('writeWords') } : {}), ...useFileErrors(refused) };
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
          <Form action={`${at}/documents`} values={values} errors={errors} files>
            <input type="hidden" name="review" value={review.reviewId} />
            <TextArea name="text" label={t('documentsWords')} rows={3} maxlength={BECAUSE_MOST} />
            <ChooseFiles staged={staged} />
            <Button>{t('documentsSend')}</Button>
          </Form>
        </>
      )}
      {review.files.length > 0 && (
        <>
          <h2>{f('handedIn')}</h2>
          <HandedFiles
            files={review.files}
            hrefOf={({ file }) => `${at}/files/${file}`}
            action={({ file, name }) => (
              <Form action={`${at}/withdraw`}>
                <input type="hidden" name="review" value={review.reviewId} />
                <input type="hidden" name="file" value={file} />
                <Button variant="tertiary">
                  {f('takeBack')}
                  <span class="ta-hidden"> {name}</span>
                </Button>
              </Form>
            )}
          />
          <p class="ta-note">{f('takeBackText')}</p>
        </>
      )}
      {(documents === undefined || documents.brought !== undefined) && (
        <DefinitionHelp
          summary={f('addTitle')}
          open={staged.length > 0 || refused.length > 0 || wordless === true}
        >
          <Form action={`${at}/files`} values={values} errors={errors} files>
            <input type="hidden" name="review" value={review.reviewId} />
            <TextArea name="text" label={f('addWords')} rows={3} maxlength={BECAUSE_MOST} optional />
            <ChooseFiles staged={staged} />
            <Button variant="secondary">{f('addSend')}</Button>
          </Form>
        </DefinitionHelp>
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
