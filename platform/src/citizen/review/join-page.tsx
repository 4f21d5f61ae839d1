import type { PublicCollective } from '../../reviews/collective/index.ts';
import { collective } from '../../reviews/collective/messages.ts';
import { Quote } from '../../reviews/collective/public-page.tsx';
import {
  Button,
  Callout,
  Form,
  type FormErrors,
  type FormValues,
  TextArea,
  TextField,
  useSite,
  useT,
} from '../../web/index.ts';
import { CasePage } from '../shell.tsx';

interface JoinProps {
  readonly values?: FormValues | undefined;
  readonly errors?: FormErrors | undefined;
  /** What the number led to: then the mandate is asked for. */
  readonly found?: { readonly of: PublicCollective; readonly representative: string } | undefined;
}

/** Joining a collective request: the number, then the mandate that the person gives. */
export function JoinPage({ values, errors = {}, found }: JoinProps) {
  const t = useT(collective);
  const { lang } = useSite();
  const at = `/${lang}/case/collective`;
  return (
    <CasePage title={t.text('joinTitle')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('joinTitle')}</h1>
      {found === undefined ? (
        <>
          <Callout>
            <p>{t('joinCan')}</p>
          </Callout>
          <Form action={at} values={values} errors={errors}>
            <TextField name="collective" label={t('number')} dir="ltr" maxlength={40} />
            <Button name="step" value="find">
              {t('joinFind')}
            </Button>
          </Form>
        </>
      ) : (
        <>
          <Callout>
            <p>{t('joinMandate', { name: <strong>{<bdi>{found.representative}</bdi>}</strong> })}</p>
            <p>{t('joinOwn')}</p>
          </Callout>
          <h2>{t('about')}</h2>
          <Quote text={found.of.subject} lang={found.of.lang} />
          <Form action={at} values={values} errors={errors}>
            <input type="hidden" name="collective" value={found.of.collectiveId} />
            <TextArea name="text" label={t('joinWords')} rows={4} maxlength={4000} />
            <Button name="step" value="join">
              {t('join')}
            </Button>
          </Form>
        </>
      )}
    </CasePage>
  );
}
