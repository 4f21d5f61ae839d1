import type { Child } from 'hono/jsx';
import { LawText } from '../citizen/deadline-text.tsx';
import {
  Alert,
  Button,
  Checkboxes,
  DefinitionHelp,
  Form,
  type FormErrors,
  type FormValues,
  LANGS,
  LANGUAGES,
  Radios,
  Select,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { extensionGrounds } from './clock.ts';
import { DOCUMENT_KINDS } from './documents.ts';
import { Written } from './file-parts.tsx';
import { kinds } from './messages-kinds.ts';
import { BECAUSE_MOST } from './qualify.ts';
import { addressOf } from './review-page.tsx';
import type { Review } from './reviews-of-case.ts';

interface PartProps {
  readonly review: Review;
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
}

const languages = LANGS.map((value) => ({ value, label: LANGUAGES[value].name }));

/** The documents asked for and brought; before that, the form that asks, once. */
export function Documents({ review, values, errors }: PartProps): Child {
  const t = useT(kinds);
  const { lang } = useSite();
  const { documents } = review;
  if (documents === undefined) {
    return (
      <DefinitionHelp summary={t('documentsTitle')} open={errors !== undefined}>
        <Alert tone="attention" title={t('documentsOnce')} />
        <Form
          action={`${addressOf(review, lang)}/documents`}
          values={values ?? { documentsLang: lang }}
          errors={errors}
        >
          <Checkboxes
            name="documents"
            label={t('documentsWhich')}
            options={DOCUMENT_KINDS.map((value) => ({ value, label: t(value) }))}
          />
          <TextArea name="documentsText" label={t('documentsText')} rows={4} maxlength={BECAUSE_MOST} />
          <Select name="documentsLang" label={t('lang')} options={languages} />
          <Button variant="secondary">{t('documentsAsk')}</Button>
        </Form>
      </DefinitionHelp>
    );
  }
  const stopped = (review.clock.treat.input.pauses ?? []).length > 0;
  return (
    <>
      <h2>{t('documentsTitle')}</h2>
      <p>{t(stopped ? 'documentsAskedStopped' : 'documentsAsked', { at: documents.at })}</p>
      <ul>
        {documents.documents.map((kind) => (
          <li>{t(kind)}</li>
        ))}
      </ul>
      <Written text={documents.text} lang={documents.lang} />
      {documents.brought ? (
        <>
          <p>
            {t('documentsBrought', {
              at: documents.brought.at,
              counter: documents.brought.atCounter ? 'yes' : 'no',
            })}
          </p>
          {documents.brought.text !== '' && <Written text={documents.brought.text} />}
        </>
      ) : (
        <p>{t('documentsNone')}</p>
      )}
    </>
  );
}

/** The one extension: as it was given, or the form that gives it where the rule knows one. */
export function ExtensionPart({ review, values, errors }: PartProps): Child {
  const t = useT(kinds);
  const { lang } = useSite();
  const { clock, extension } = review;
  if (extension !== undefined) {
    return (
      <>
        <p>
          {t('extended', {
            at: extension.at,
            before: extension.before,
            due: extension.due,
            ground: clock.extended ? <LawText of={clock.extended.ground} /> : extension.ground,
          })}
        </p>
        <Written text={extension.because.text} lang={extension.because.lang} />
      </>
    );
  }
  const grounds = clock.kind === null ? [] : extensionGrounds(clock.kind);
  if (grounds.length === 0) return <p>{t('extendNone')}</p>;
  return (
    <DefinitionHelp summary={t('extendTitle')} open={errors !== undefined}>
      <Form
        action={`${addressOf(review, lang)}/extend`}
        values={values ?? { becauseLang: lang }}
        errors={errors}
      >
        <Radios
          name="ground"
          label={t('extendGround')}
          options={grounds.map(({ id, texts }) => ({ value: id, label: <LawText of={texts} /> }))}
        />
        <TextArea
          name="because"
          label={t('because')}
          hint={t('becauseHint')}
          rows={3}
          maxlength={BECAUSE_MOST}
        />
        <Select name="becauseLang" label={t('lang')} options={languages} />
        <Button variant="secondary">{t('extend')}</Button>
      </Form>
    </DefinitionHelp>
  );
}
