import {
  Alert,
  Button,
  ButtonLink,
  Callout,
  CodeField,
  Form,
  type FormErrors,
  type FormValues,
  Machine,
  Page,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import { m } from './messages.ts';

export interface OpenPageProps {
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  /** Minutes to wait after too many wrong codes. */
  readonly locked?: number;
  /** A session has just ended. */
  readonly ended?: boolean;
  /** What was typed when it ended, sealed. */
  readonly keep?: string | undefined;
}

const EXAMPLE = 'K7Q2M-4TZ9A';

/** Reference and code: the only way into a file without a person. */
export function OpenPage({ values, errors = {}, locked, ended, keep }: OpenPageProps) {
  const t = useT(m);
  const { lang } = useSite();
  const invalid = Object.keys(errors).length > 0;
  return (
    <Page kind="citizen" title={t.text('openTitle')} invalid={invalid}>
      <h1>{t('openTitle')}</h1>
      {ended && (
        <Alert tone="attention" title={t('endedTitle')}>
          <p>{t('ended')}</p>
          {keep && <p>{t('endedKept')}</p>}
        </Alert>
      )}
      {locked !== undefined && (
        <Alert tone="attention" title={t('lockedTitle')} live>
          <p>{t('locked', { minutes: locked })}</p>
        </Alert>
      )}
      <Callout>
        <p>{t('openCan')}</p>
        <p>{t('openNoCode')}</p>
      </Callout>
      <Form action={`/${lang}/case`} values={values} errors={errors}>
        {keep && <input type="hidden" name="keep" value={keep} />}
        <TextField
          name="reference"
          label={t('reference')}
          hint={t('referenceHint', { example: <Machine>{EXAMPLE}</Machine> })}
          dir="ltr"
          size={16}
          maxlength={40}
        />
        <CodeField name="code" label={t('code')} />
        <Button>{t('open')}</Button>
      </Form>
    </Page>
  );
}

/** After leaving: says that nothing stays behind. */
export function LeftPage() {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="citizen" title={t.text('leftTitle')}>
      <h1>{t('leftTitle')}</h1>
      <p class="ta-lead">{t('leftText')}</p>
      <Callout>
        <p>{t('leftCan')}</p>
        <ButtonLink href={`/${lang}/case`} variant="secondary">
          {t('openTitle')}
        </ButtonLink>
      </Callout>
    </Page>
  );
}
