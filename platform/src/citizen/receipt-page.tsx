import type { ReceiptVerdict } from '../notices/index.ts';
import { Actions, AgencyText, ButtonLink, Callout, Machine, useSite, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { receipt } from './messages-receipt.ts';
import { CasePage } from './shell.tsx';
import { Verdict } from './verdict.tsx';

export interface ReceiptPageProps {
  readonly of: CitizenCase;
  /** The log's verifier key. */
  readonly vkey: string;
  readonly verdict?: ReceiptVerdict;
}

/** The verifiable receipt: what it is and is not, to keep, to check here and elsewhere. */
export function ReceiptPage({ of, vkey, verdict }: ReceiptPageProps) {
  const t = useT(receipt);
  const { lang } = useSite();
  return (
    <CasePage title={t.text('title')}>
      <h1>{t('title')}</h1>
      {verdict && <Verdict verdict={verdict} authorities={new Map([[of.authorityId, of.authority]])} />}
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
      <p>{t('elsewhereProgram')}</p>
      <p>
        <Machine>{`./taalil receipt verify FILE --key ${vkey}`}</Machine>
      </p>
      <p>{t('elsewhereKey')}</p>
    </CasePage>
  );
}
