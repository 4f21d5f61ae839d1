import type { ReceiptTrust, ReceiptVerdict } from '../notices/index.ts';
import { Actions, AgencyText, ButtonLink, Callout, Machine, useSite, useT } from '../web/index.ts';
import { BrowserCheck, CHECK_SCRIPT, VerdictPlace } from './browser-check.tsx';
import type { CitizenCase } from './case-view.ts';
import { receipt } from './messages-receipt.ts';
import { CasePage } from './shell.tsx';
import { Verdict } from './verdict.tsx';
import { type CaseWitnesses, WitnessesPart } from './witnesses-part.tsx';

export interface ReceiptPageProps {
  readonly of: CitizenCase;
  /** The log's verifier key. */
  readonly vkey: string;
  readonly witnesses: CaseWitnesses;
  /** What the server found, and what the browser needs to find out for itself. */
  readonly checked?: {
    readonly verdict: ReceiptVerdict;
    readonly receipts: string;
    readonly trust: ReceiptTrust;
  };
}

/** The verifiable receipt: what it is and is not, to keep, to check here and elsewhere. */
export function ReceiptPage({ of, vkey, witnesses, checked }: ReceiptPageProps) {
  const t = useT(receipt);
  const { lang } = useSite();
  const authorities = new Map([[of.authorityId, of.authority]]);
  return (
    <CasePage title={t.text('title')} scripts={checked ? [CHECK_SCRIPT] : []}>
      <h1>{t('title')}</h1>
      {checked && (
        <>
          <VerdictPlace>
            <Verdict verdict={checked.verdict} authorities={authorities} />
          </VerdictPlace>
          <p data-here hidden>
            {t('ownInBrowser')}
          </p>
        </>
      )}
      <Callout>
        <p>{t('can')}</p>
        <Actions>
          <ButtonLink href={`/${lang}/case/receipt.json`}>{t('download')}</ButtonLink>
          <ButtonLink href={`/${lang}/case/receipt/check`} variant="secondary">
            {t('check')}
          </ButtonLink>
        </Actions>
        <p>{t('privateWarning')}</p>
      </Callout>
      <h2>{t('isTitle')}</h2>
      <p>
        {t('isText', { authority: <AgencyText text={of.authority.name} mark={false} /> })}{' '}
        {t('steps', { n: of.life.length })}
      </p>
      <WitnessesPart of={witnesses} />
      <h2>{t('isNotTitle')}</h2>
      <ul>
        <li>{t('notSignature')}</li>
        <li>{t('notFiling')}</li>
        <li>{t('notTrue')}</li>
      </ul>
      <h2>{t('elsewhereTitle')}</h2>
      <p>
        {t('elsewherePage', {
          page: (text) => (
            <a class="ds-link" href={`/${lang}/receipt`}>
              {text}
            </a>
          ),
        })}
      </p>
      <p>{t('aloneText')}</p>
      <p>
        <ButtonLink href={`/${lang}/receipt/alone.html`} variant="secondary">
          {t('aloneSave')}
        </ButtonLink>
      </p>
      <p>{t('elsewhereProgram')}</p>
      <p>
        <Machine>{`./taalil receipt verify FILE --key ${vkey}`}</Machine>
      </p>
      <p>{t('elsewhereKey')}</p>
      {checked && (
        <>
          <template data-receipts>{checked.receipts}</template>
          <BrowserCheck trust={checked.trust} authorities={authorities} details={false} />
        </>
      )}
    </CasePage>
  );
}
