import type { ReceiptVerdict } from '../notices/index.ts';
import type { AuthorityProfile } from '../register/authorities.ts';
import {
  Button,
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
import { receipt } from './messages-receipt.ts';
import { Verdict } from './verdict.tsx';

export interface CheckPageProps {
  readonly values?: FormValues;
  readonly errors?: FormErrors;
  readonly verdict?: ReceiptVerdict;
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
}

/** For everybody: is this receipt good? */
export function CheckPage({ values, errors = {}, verdict, authorities }: CheckPageProps) {
  const t = useT(receipt);
  const { lang } = useSite();
  return (
    <Page kind="public" title={t.text('checkTitle')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('checkTitle')}</h1>
      {verdict && <Verdict verdict={verdict} authorities={authorities} details />}
      <Callout>
        <p>{t('checkCan')}</p>
      </Callout>
      <Form action={`/${lang}/receipt`} files values={values} errors={errors}>
        <FileField name="file" label={t('file')} hint={t('fileHint')} accept=".json,application/json" />
        <TextArea name="text" label={t('text')} rows={6} />
        <Button>{t('checkButton')}</Button>
      </Form>
    </Page>
  );
}
