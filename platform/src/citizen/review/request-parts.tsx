import type { Child } from 'hono/jsx';
import {
  ChooseFiles,
  type FileFacts,
  HandedFiles,
  type RefusedFile,
  useFileErrors,
} from '../../attachments/index.ts';
import { files } from '../../attachments/messages.ts';
import { collective } from '../../reviews/collective/messages.ts';
import {
  type AskedDocuments,
  BECAUSE_MOST,
  DECIDERS,
  type Decider,
  isAppeal,
  KINDS,
  type Review,
} from '../../reviews/index.ts';
import { kinds } from '../../reviews/messages-kinds.ts';
import {
  Button,
  Callout,
  DefinitionHelp,
  Form,
  type FormErrors,
  type FormValues,
  LANGUAGES,
  type Lang,
  Radios,
  type State,
  Tag,
  TextArea,
  useSite,
  useT,
} from '../../web/index.ts';
import { LawText } from '../deadline-text.tsx';
import { request } from '../messages-request.ts';
import { Written } from './check-answers.tsx';

/** A form of one request that was refused: what was typed and what is wrong with it. */
export interface Tried {
  readonly reviewId: string;
  readonly form: 'contest' | 'documents' | 'files';
  readonly values: FormValues;
  readonly errors: FormErrors;
  /** Files that were not taken, and the field that is wrong. */
  readonly refused?: readonly RefusedFile[];
  readonly fault?: string | undefined;
  readonly status: 200 | 413 | 422 | 429;
}

interface PartProps {
  readonly review: Review;
  readonly tried?: Tried | undefined;
  /** Files that were chosen and not sent yet. */
  readonly staged?: readonly FileFacts[];
}

const STATES = {
  running: { state: 'wait', word: 'stateRunning' },
  near: { state: 'attention', word: 'stateNear' },
  paused: { state: 'neutral', word: 'statePaused' },
  passed: { state: 'bad', word: 'statePassed' },
  answered: { state: 'good', word: 'stateAnswered' },
} as const satisfies Record<Review['clock']['state'], { state: State; word: string }>;

/** Where the clock of a request stands, in a word. */
export function ClockState({ review }: PartProps): Child {
  const t = useT(request);
  const { state, word } = STATES[review.clock.state];
  return <Tag state={state}>{t(word)}</Tag>;
}

/** That no source gives the length of this clock. */
export function Unverified({ review }: PartProps): Child {
  const t = useT(request);
  if (!review.clock.unverified) return null;
  return (
    <p>
      <Tag state="attention">{t('unverified')}</Tag> {t('unverifiedText')}
    </p>
  );
}

const DECIDE = {
  independent: 'decidesIndependent',
  author: 'decidesAuthor',
  superior: 'decidesSuperior',
} as const satisfies Record<Decider, string>;

function Quote({ text, lang }: { text: string; lang: Lang }): Child {
  const { tag, script } = LANGUAGES[lang];
  return (
    <blockquote class="ta-quote" lang={tag} dir={script}>
      <Written text={text} />
    </blockquote>
  );
}

/** What the desk says the request is, why, who answers, and the way to disagree. */
export function KindPart({ review, tried }: PartProps): Child {
  const t = useT(request);
  const { qualifications, contested, answered } = review;
  if (qualifications.length === 0) return answered ? null : <p>{t('kindSoon')}</p>;
  return (
    <>
      <KindTold review={review} />
      {contested && <p>{t('disagreed')}</p>}
      {!contested && answered === undefined && <Disagree review={review} tried={tried} />}
    </>
  );
}

/** What the desk says the request is, why, and who answers. */
export function KindTold({ review: { qualifications } }: PartProps): Child {
  const t = useT(request);
  const k = useT(kinds);
  const last = qualifications.at(-1);
  if (last === undefined) return null;
  return (
    <>
      <h3>{t('kindTitle')}</h3>
      <p>{t('kindIs', { kind: <strong>{k(last.kind)}</strong> })}</p>
      <Quote text={last.because} lang={last.lang} />
      <p>{t(DECIDE[DECIDERS[last.kind]])}</p>
      {qualifications
        .slice(0, -1)
        .toReversed()
        .map((one) => (
          <p>{t('kindWas', { kind: k(one.kind), at: one.at })}</p>
        ))}
    </>
  );
}

function Disagree({ review, tried }: PartProps): Child {
  const t = useT(request);
  const k = useT(kinds);
  const { lang } = useSite();
  const own = tried?.form === 'contest' ? tried : undefined;
  return (
    <DefinitionHelp summary={t('disagree')} open={own !== undefined}>
      <p>{t('disagreeText')}</p>
      <Form
        action={`/${lang}/case/review/${review.reviewId}/contest`}
        values={own?.values ?? { kind: '' }}
        errors={own?.errors}
      >
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
        <TextArea name="text" label={t('disagreeWords')} rows={3} maxlength={BECAUSE_MOST} />
        <Button variant="secondary">{t('disagreeSend')}</Button>
      </Form>
    </DefinitionHelp>
  );
}

function DocumentList({ of }: { of: AskedDocuments }): Child {
  const k = useT(kinds);
  return (
    <>
      <ul>
        {of.documents.map((kind) => (
          <li>{k(kind)}</li>
        ))}
      </ul>
      <Quote text={of.text} lang={of.lang} />
    </>
  );
}

/** The documents that were asked for and what the person said of them. */
export function DocumentsTold({ review: { documents } }: PartProps): Child {
  const t = useT(request);
  if (documents === undefined) return null;
  const { brought } = documents;
  return (
    <>
      <h3>{brought ? t('documentsDone', { at: brought.at }) : t('documentsTitle')}</h3>
      <DocumentList of={documents} />
      {brought && brought.text !== '' && <Written text={brought.text} />}
    </>
  );
}

/** The documents that the administration asks for, once, and the person's answer. */
export function DocumentsPart({ review, tried, staged = [] }: PartProps): Child {
  const t = useT(request);
  const { lang } = useSite();
  const { documents, answered } = review;
  if (documents === undefined) return null;
  if (documents.brought || answered) return <DocumentsTold review={review} />;
  const own = tried?.form === 'documents' ? tried : undefined;
  const errors = useSendErrors(own);
  return (
    <Callout title={t('documentsTitle')}>
      <DocumentList of={documents} />
      <p>
        {t('documentsCan')} {t(review.clock.state === 'paused' ? 'documentsStopped' : 'documentsRuns')}
      </p>
      <Form
        action={`/${lang}/case/review/${review.reviewId}/documents`}
        values={own?.values}
        errors={errors}
        files
      >
        <TextArea name="documents" label={t('documentsWords')} rows={4} maxlength={BECAUSE_MOST} />
        <ChooseFiles staged={staged} />
        <Button>{t('documentsSend')}</Button>
      </Form>
    </Callout>
  );
}

/** What is wrong with words or files that were sent. Call it inside a component. */
function useSendErrors(tried: Tried | undefined): FormErrors {
  const t = useT(request);
  const f = useT(files);
  const refused = useFileErrors(tried?.refused ?? []);
  if (tried?.fault === 'files') return { files: f('noFiles') };
  return tried?.fault === undefined ? refused : { documents: t('writeWords') };
}

/** The files of a request: to be read again, taken back until the answer, and added to. */
export function FilesOf({ review, tried, staged = [] }: PartProps): Child {
  const f = useT(files);
  const { lang } = useSite();
  const own = tried?.form === 'files' ? tried : undefined;
  const errors = useSendErrors(own);
  const at = `/${lang}/case/review/${review.reviewId}`;
  const open = review.answered === undefined;
  const asked = review.documents !== undefined && review.documents.brought === undefined;
  return (
    <>
      {review.files.length > 0 && (
        <>
          <h3>{f('handedIn')}</h3>
          <HandedFiles
            files={review.files}
            hrefOf={({ file }) => `/${lang}/case/files/${file}`}
            action={
              open
                ? ({ file, name }) => (
                    <Form action={`${at}/withdraw`}>
                      <input type="hidden" name="file" value={file} />
                      <Button variant="tertiary">
                        {f('takeBack')}
                        <span class="ta-hidden"> {name}</span>
                      </Button>
                    </Form>
                  )
                : undefined
            }
          />
          {open && <p class="ta-note">{f('takeBackText')}</p>}
        </>
      )}
      {open && !asked && (
        <DefinitionHelp summary={f('addTitle')} open={own !== undefined || staged.length > 0}>
          <Form action={`${at}/files`} values={own?.values} errors={errors} files>
            <TextArea name="documents" label={f('addWords')} rows={3} maxlength={BECAUSE_MOST} optional />
            <ChooseFiles staged={staged} />
            <Button variant="secondary">{f('addSend')}</Button>
          </Form>
        </DefinitionHelp>
      )}
    </>
  );
}

/** The one extension with its ground and both dates. */
export function ExtendedPart({ review }: PartProps): Child {
  const t = useT(request);
  const { extension, clock } = review;
  if (extension === undefined) return null;
  const { before, due } = extension;
  return (
    <>
      <p>
        {t('extended', {
          ground: clock.extended ? <LawText of={clock.extended.ground} /> : extension.ground,
        })}{' '}
        {t('extendedDates', { before, due })}
      </p>
      <Quote text={extension.because.text} lang={extension.because.lang} />
    </>
  );
}

/** The date has passed without an answer: what the person can do now. Never that it is too late for anything. */
export function LatePart({ review }: PartProps): Child {
  const t = useT(request);
  if (review.clock.state !== 'passed') return null;
  return (
    <Callout title={t('lateTitle')}>
      <p>{t('lateOwed')}</p>
      <ul>
        {isAppeal(review.clock.kind) && <li>{t('lateSilence')}</li>}
        <li>{t('lateMediator')}</li>
        <li>
          <TakeBundle />
        </li>
      </ul>
    </Callout>
  );
}

/** The way to the whole file as one archive. */
export function TakeBundle(): Child {
  const t = useT(request);
  const { lang } = useSite();
  return (
    <a class="ds-link" href={`/${lang}/case/bundle`}>
      {t('bundle')}
    </a>
  );
}

/** That a request belongs to a collective one, with the way to its public page. */
export function PartOf({ review }: PartProps): Child {
  const t = useT(collective);
  const { lang } = useSite();
  const id = review.asked.filedBy.collective;
  if (id === undefined) return null;
  return (
    <p>
      {t('partOf', {
        page: (text) => (
          <a class="ds-link" href={`/${lang}/collective/${id}`}>
            {text}
          </a>
        ),
      })}
    </p>
  );
}
