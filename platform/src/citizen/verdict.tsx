import type { Child } from 'hono/jsx';
import type { CheckedReceipt, ReceiptVerdict } from '../notices/index.ts';
import type { AuthorityProfile } from '../register/authorities.ts';
import { AgencyText, Alert, DefinitionHelp, Integer, Machine, useT } from '../web/index.ts';
import { eventTitle } from './event-words.tsx';
import { life } from './messages-life.ts';
import { receipt } from './messages-receipt.ts';

const WORDS = {
  untrusted: { tone: 'attention', title: 'verdictUntrusted', text: 'verdictUntrustedText' },
  broken: { tone: 'bad', title: 'verdictBroken', text: 'verdictBrokenText' },
  malformed: { tone: 'attention', title: 'verdictMalformed', text: 'verdictMalformedText' },
} as const;

export interface VerdictProps {
  readonly verdict: ReceiptVerdict;
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
  /** List what each receipt shows; the person's own page knows it already. */
  readonly details?: boolean;
}

/** The answer to "is this proof good?", in plain words. */
export function Verdict({ verdict, authorities, details }: VerdictProps): Child {
  const t = useT(receipt);
  if (verdict.kind !== 'valid') {
    const words = WORDS[verdict.kind];
    return (
      <Alert tone={words.tone} title={t(words.title)} live>
        <p>{t(words.text)}</p>
        <DefinitionHelp summary={t('technical')}>
          <p lang="en" dir="ltr">
            {verdict.error.message}
          </p>
        </DefinitionHelp>
      </Alert>
    );
  }
  return (
    <>
      <Alert tone="good" title={t('verdictValid')} live>
        <p>{t('verdictValidText', { n: verdict.receipts.length })}</p>
        <p>{t('notTrue')}</p>
      </Alert>
      {details && (
        <ol>
          {verdict.receipts.map((one) => (
            <One receipt={one} authority={authorities.get(one.authorityId)} />
          ))}
        </ol>
      )}
    </>
  );
}

function One({
  receipt: one,
  authority,
}: {
  receipt: CheckedReceipt;
  authority: AuthorityProfile | undefined;
}) {
  const t = useT(receipt);
  const words = useT(life);
  return (
    <li>
      <strong>{words(eventTitle(one.facts.type))}</strong>
      <br />
      {t('recordedIn', {
        authority: authority ? (
          <AgencyText text={authority.name} mark={false} />
        ) : (
          <Machine>{one.origin}</Machine>
        ),
        month: <span class="ta-num">{one.period}</span>,
        index: <Integer value={one.index} />,
      })}
      <DefinitionHelp summary={t('openedFacts')}>
        <dl class="ta-summary">
          {Object.entries(one.facts).map(([name, value]) => (
            <div>
              <dt>
                <Machine>{name}</Machine>
              </dt>
              <dd>
                <Machine>{typeof value === 'string' ? value : JSON.stringify(value)}</Machine>
              </dd>
            </div>
          ))}
        </dl>
      </DefinitionHelp>
    </li>
  );
}
