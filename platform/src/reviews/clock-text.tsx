import { CERTAINTY_TEXTS, type Deadline, tellReason } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import { LawText } from '../citizen/deadline-text.tsx';
import { DateText, DefinitionHelp, LANGUAGES, type State, Tag, useSite, useT } from '../web/index.ts';
import type { ReviewClock } from './clock.ts';
import { m } from './messages.ts';
import { kinds } from './messages-kinds.ts';

const STATES = {
  running: 'wait',
  near: 'attention',
  passed: 'bad',
  paused: 'neutral',
} as const satisfies Record<Exclude<ReviewClock['state'], 'answered'>, State>;

/** How far the answer's date is; it binds the administration, so a date that has passed says what is owed. */
export function DueTag({ of: { state, daysLeft } }: { of: ReviewClock }): Child {
  const t = useT(m);
  if (state === 'answered') return null;
  const words =
    state === 'passed'
      ? t('overdue', { n: -daysLeft })
      : state === 'paused'
        ? t('paused')
        : t('daysLeft', { n: daysLeft });
  return <Tag state={STATES[state]}>{words}</Tag>;
}

/** The dates of a request with their source and certainty, and what always goes with them about the court (I8). */
export function ClockText({ of, answeredAt }: { of: ReviewClock; answeredAt?: string | undefined }): Child {
  const t = useT(m);
  const k = useT(kinds);
  return (
    <>
      <p>{t('acknowledged', { at: of.acknowledgedAt, due: of.acknowledge.due.toString() })}</p>
      <p>
        <strong>{t('treatBy', { due: of.due.toString() })}</strong> <DueTag of={of} />{' '}
        {of.unverified && <Tag state="attention">{k('unverified')}</Tag>}
      </p>
      {answeredAt && <p>{t('answeredLine', { at: answeredAt })}</p>}
      <p>
        <LawText of={of.court.standing} />
        {of.court.deadline && (
          <>
            {' '}
            <DateText value={of.court.deadline.due} />
          </>
        )}
      </p>
      <DefinitionHelp summary={t('howSure')}>
        <Sources of={of.acknowledge} />
        <Sources of={of.treat} />
        {of.court.deadline && <Sources of={of.court.deadline} />}
      </DefinitionHelp>
    </>
  );
}

function Sources({ of }: { of: Deadline }): Child {
  const t = useT(m);
  const { lang } = useSite();
  const { source, article, certainty } = of.rule;
  return (
    <>
      <p>
        <LawText of={of.texts} />{' '}
        {t('source', {
          source,
          known: article === 'unknown' ? 'no' : 'yes',
          article,
          certainty: <LawText of={CERTAINTY_TEXTS[certainty]} />,
        })}
      </p>
      <ul>
        {of.why.map((reason) => {
          const said = tellReason(reason, lang);
          return (
            <li lang={LANGUAGES[said.lang].tag} dir={LANGUAGES[said.lang].script}>
              {said.text}
            </li>
          );
        })}
      </ul>
    </>
  );
}
