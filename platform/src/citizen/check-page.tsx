import type { ReceiptTrust, ReceiptVerdict } from '../notices/index.ts';
import type { AuthorityProfile } from '../register/authorities.ts';
import {
  Button,
  ButtonLink,
  Callout,
  FileField,
  Form,
  type FormErrors,
  type FormValues,
  Page,
  TextArea,
  useSite,
  useT,
} from '../web/index.ts';
import { BrowserCheck, CHECK_SCRIPT, VerdictPlace } from './browser-check.tsx';
import { receipt } from './messages-receipt.ts';
import { Verdict } from './verdict.tsx';

export interface CheckPageProps {
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  readonly verdict?: ReceiptVerdict;
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
  readonly trust: ReceiptTrust;
}

/** For everybody: is this receipt good? The browser checks it where it can, the server otherwise. */
export function CheckPage({ values, errors = {}, verdict, authorities, trust }: CheckPageProps) {
  const t = useT(receipt);
  const { lang } = useSite();
  return (
    <Page
      kind="public"
      title={t.text('checkTitle')}
      invalid={Object.keys(errors).length > 0}
      scripts={[CHECK_SCRIPT]}
    >
      <h1>{t('checkTitle')}</h1>
      <VerdictPlace>
        {verdict && <Verdict verdict={verdict} authorities={authorities} details />}
      </VerdictPlace>
      <Callout>
        <p>{t('checkCan')}</p>
        <p data-here hidden>
          {t('inBrowser')}
        </p>
        <p data-there>{t('onServer')}</p>
      </Callout>
      <div data-check>
        <Form action={`/${lang}/receipt`} files values={values} errors={errors}>
          <CheckFields />
        </Form>
      </div>
      <h2>{t('aloneTitle')}</h2>
      <p>{t('aloneText')}</p>
      <p>
        <ButtonLink href={`/${lang}/receipt/alone.html`} variant="secondary">
          {t('aloneSave')}
        </ButtonLink>
      </p>
      <BrowserCheck trust={trust} authorities={authorities} />
    </Page>
  );
}

/** What a proof is given in: a file, or its text. */
export function CheckFields() {
  const t = useT(receipt);
  return (
    <>
      <FileField name="file" label={t('file')} hint={t('fileHint')} accept=".json,application/json" />
      <TextArea name="text" label={t('text')} rows={6} />
      <Button>{t('checkButton')}</Button>
    </>
  );
}
