import type { ReceiptTrust } from '../notices/index.ts';
import type { AuthorityProfile } from '../register/authorities.ts';
import { Callout, DateText, Form, Machine, StandalonePage, useT, type When } from '../web/index.ts';
import { BrowserCheck, CHECK_SCRIPT, VerdictPlace } from './browser-check.tsx';
import { CheckFields } from './check-page.tsx';
import { receipt } from './messages-receipt.ts';

export interface AlonePageProps {
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
  readonly trust: ReceiptTrust;
  /** Where and when it was made: its keys are those of then. */
  readonly site: string;
  readonly at: When;
}

/** The page that checks a receipt, as one file to keep: it needs neither the network nor us. */
export function AlonePage({ authorities, trust, site, at }: AlonePageProps) {
  const t = useT(receipt);
  return (
    <StandalonePage title={t.text('checkTitle')} script={CHECK_SCRIPT}>
      <h1>{t('checkTitle')}</h1>
      <noscript>
        <p>{t('aloneNoScript')}</p>
      </noscript>
      <VerdictPlace />
      <Callout>
        <p>{t('aloneCan')}</p>
        <p>{t('aloneLead', { site: <Machine>{site}</Machine>, day: <DateText value={at} /> })}</p>
      </Callout>
      <div data-check>
        <Form>
          <CheckFields />
        </Form>
      </div>
      <BrowserCheck trust={trust} authorities={authorities} />
    </StandalonePage>
  );
}
