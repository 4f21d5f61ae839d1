import { CasePage } from '../citizen/shell.tsx';
import { Button, Callout, Form, useSite, useT } from '../web/index.ts';
import { bundle } from './messages.ts';

/** What the archive is, and the button that makes it. */
export function TakePage() {
  const t = useT(bundle);
  const { lang } = useSite();
  return (
    <CasePage title={t.text('takeTitle')}>
      <h1>{t('takeTitle')}</h1>
      <Callout>
        <p>{t('takeCan')}</p>
        <Form action={`/${lang}/case/bundle`}>
          <Button>{t('take')}</Button>
        </Form>
        <p>{t('takePrivate')}</p>
        <p>{t('takeCourt')}</p>
      </Callout>
      <h2>{t('takeWhat')}</h2>
      <ul>
        <li>{t('takeDecisions')}</li>
        <li>{t('takeRequests')}</li>
        <li>{t('takeProofs')}</li>
      </ul>
      <p>{t('takeLogged')}</p>
    </CasePage>
  );
}
