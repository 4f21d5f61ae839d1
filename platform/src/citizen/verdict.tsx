import type { Child } from 'hono/jsx';
import type { CheckedReceipt, ReceiptVerdict } from '../notices/index.ts';
import type { AuthorityProfile } from '../register/authorities.ts';
import {
  AgencyText,
  Alert,
  DateText,
  DefinitionHelp,
  Integer,
  Machine,
  useT,
  type Value,
} from '../web/index.ts';
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
  if (verdict.kind !== 'valid') {
    return <NotGood kind={verdict.kind} message={verdict.error.message} />;
  }
  const list = verdict.receipts.map((one) => (
    <One receipt={one} authority={authorities.get(one.authorityId)} />
  ));
  return <Good>{details ? list : undefined}</Good>;
}

/** The proof holds; `children` are the {@link ReceiptLine}s of what it shows. */
export function Good({ children }: { children?: Child }): Child {
  const t = useT(receipt);
  return (
    <>
      <Alert tone="good" title={t('verdictValid')} live>
        <p>{t('verdictValidText')}</p>
        <p>{t('notTrue')}</p>
      </Alert>
      {children !== undefined && <ol data-slot="receipts">{children}</ol>}
    </>
  );
}

/** The proof does not hold, or nobody here can say; `message` is for people who know computers. */
export function NotGood({ kind, message }: { kind: keyof typeof WORDS; message: Child }): Child {
  const t = useT(receipt);
  const words = WORDS[kind];
  return (
    <Alert tone={words.tone} title={t(words.title)} live>
      <p>{t(words.text)}</p>
      <DefinitionHelp summary={t('technical')}>
        <p lang="en" dir="ltr" data-slot="message">
          {message}
        </p>
      </DefinitionHelp>
    </Alert>
  );
}

export interface ReceiptLineProps {
  readonly title: Child;
  /** Name of the authority, or the log's origin. */
  readonly authority: Value;
  /** `YYYY-MM`. */
  readonly month: Child;
  readonly index: Child;
  readonly facts: Child;
  readonly witnesses: Child;
}

/** What one receipt of a good proof shows. */
export function ReceiptLine({ title, authority, month, index, facts, witnesses }: ReceiptLineProps) {
  const t = useT(receipt);
  return (
    <li>
      <strong data-slot="title">{title}</strong>
      <br />
      {t('recordedIn', {
        authority,
        month: (
          <span class="ta-num" data-slot="month">
            {month}
          </span>
        ),
        index: <span data-slot="index">{index}</span>,
      })}
      <ul class="ta-plain" data-slot="witnesses">
        {witnesses}
      </ul>
      <DefinitionHelp summary={t('openedFacts')}>
        <dl class="ta-summary" data-slot="facts">
          {facts}
        </dl>
      </DefinitionHelp>
    </li>
  );
}

export function FactLine({ name, value }: { name: Child; value: Child }) {
  return (
    <div>
      <dt>
        <code class="ta-machine" dir="ltr" data-slot="name">
          {name}
        </code>
      </dt>
      <dd>
        <code class="ta-machine" dir="ltr" data-slot="value">
          {value}
        </code>
      </dd>
    </div>
  );
}

/** Another institution that co-signed the log, and when. */
export function WitnessLine({ witness, at }: { witness: Child; at: Child }) {
  const t = useT(receipt);
  return (
    <li>
      {t('witnessed', {
        witness: <bdi data-slot="witness">{witness}</bdi>,
        at: <span data-slot="at">{at}</span>,
      })}
    </li>
  );
}

export function AuthorityName({
  profile,
  origin,
}: {
  profile: AuthorityProfile | undefined;
  origin: string;
}) {
  return profile ? <AgencyText text={profile.name} mark={false} /> : <Machine>{origin}</Machine>;
}

function One(props: { receipt: CheckedReceipt; authority: AuthorityProfile | undefined }) {
  const { receipt: one, authority } = props;
  const words = useT(life);
  return (
    <ReceiptLine
      title={words(eventTitle(one.facts.type))}
      authority={<AuthorityName profile={authority} origin={one.origin} />}
      month={one.period}
      index={<Integer value={one.index} />}
      facts={Object.entries(one.facts).map(([name, value]) => (
        <FactLine name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />
      ))}
      witnesses={one.checkpoint.cosignatures.map(({ witness, timestamp }) => (
        <WitnessLine
          witness={witness}
          at={<DateText value={Temporal.Instant.fromEpochMilliseconds(1000 * timestamp)} style="datetime" />}
        />
      ))}
    />
  );
}
