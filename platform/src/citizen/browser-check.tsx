import type { Child } from 'hono/jsx';
import type { ReceiptTrust } from '../notices/index.ts';
import type { AuthorityProfile } from '../register/authorities.ts';
import { Alert, DefinitionHelp, defineScript, useT } from '../web/index.ts';
import { EVENT_TITLES } from './event-words.tsx';
import { life } from './messages-life.ts';
import { receipt } from './messages-receipt.ts';
import { AuthorityName, FactLine, Good, NotGood, ReceiptLine, WitnessLine } from './verdict.tsx';

/** Bundled from `browser/check-receipt.ts` and the verifying part of the transparency log. */
export const CHECK_SCRIPT = 'check-receipt.js';
defineScript(CHECK_SCRIPT, new URL('browser/check-receipt.ts', import.meta.url));

export interface BrowserCheckProps {
  readonly trust: ReceiptTrust;
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
  /** Whether the answer lists what each receipt shows. */
  readonly details?: boolean;
}

/** Where the answer of the check appears: `children` is the server's, which the browser's replaces. */
export function VerdictPlace({ children }: { children?: Child }) {
  return <div data-verdict-place>{children}</div>;
}

/**
 * What the script of a page needs to check a receipt on the reader's own device: the accepted keys, and every word that
 * it may have to say, in the language of the page.
 */
export function BrowserCheck({ trust, authorities, details = true }: BrowserCheckProps) {
  const t = useT(receipt);
  return (
    <>
      <DefinitionHelp summary={t('acceptedKeys')}>
        <p>{t('acceptedKeysText')}</p>
        <pre class="ta-machine" dir="ltr" data-policy>
          {trust.policy}
        </pre>
      </DefinitionHelp>
      <template data-verdict="valid">
        <Good>{details ? [] : undefined}</Good>
      </template>
      {(['untrusted', 'broken', 'malformed'] as const).map((kind) => (
        <template data-verdict={kind}>
          <NotGood kind={kind} message="" />
        </template>
      ))}
      <template data-verdict="too-large">
        <Alert tone="attention" title={t('tooLarge')} live />
      </template>
      <template data-verdict="nothing">
        <Alert tone="attention" title={t('nothingGiven')} live />
      </template>
      <template data-verdict="unsupported">
        <Alert tone="attention" title={t('unsupported')} live>
          <p>{t('unsupportedText')}</p>
        </Alert>
      </template>
      {[...trust.authorities].map(([origin, authorityId]) => (
        <template data-log={origin}>
          <ReceiptLine
            title=""
            authority={<AuthorityName profile={authorities.get(authorityId)} origin={origin} />}
            month=""
            index=""
            facts=""
            witnesses=""
          />
        </template>
      ))}
      <template data-part="fact">
        <FactLine name="" value="" />
      </template>
      <template data-part="witness">
        <WitnessLine witness="" at="" />
      </template>
      <EventTitles />
    </>
  );
}

/** The name of every kind of event; the last one stands for kinds of later versions. */
function EventTitles() {
  const words = useT(life);
  return (
    <template data-part="titles">
      {Object.entries(EVENT_TITLES).map(([type, key]) => (
        <span data-type={type}>{words(key)}</span>
      ))}
      <span data-type="">{words('other')}</span>
    </template>
  );
}
