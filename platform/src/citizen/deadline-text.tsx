import { CERTAINTY_TEXTS, clockState, type Deadline, say, type Texts, tellReason } from '@taalil/norms';
import type { Child } from 'hono/jsx';
import { DateText, DefinitionHelp, LANGUAGES, useSite, useT } from '../web/index.ts';
import { life } from './messages-life.ts';

/** A text of a norm pack, in the reader's language or marked as the one it is in. */
export function LawText({ of }: { of: Texts }): Child {
  const { lang } = useSite();
  const said = say(of, lang);
  if (said.lang === lang) return said.text;
  return (
    <span lang={LANGUAGES[said.lang].tag} dir={LANGUAGES[said.lang].script}>
      {said.text}
    </span>
  );
}

/**
 * A deadline as it may be told (I8): its words, the date, how far it is, and, one step away, its source, article and
 * certainty. What binds the person is information and never says that it is too late.
 */
export function DeadlineText({ of, now }: { of: Deadline; now: Temporal.Instant }): Child {
  const t = useT(life);
  const { lang } = useSite();
  const { state, daysLeft } = clockState(of, now);
  const day = <DateText value={of.due} />;
  return (
    <>
      <p>
        <LawText of={of.texts} />
      </p>
      <p>
        <strong>{state === 'passed' ? t('duePassed', { day }) : t('due', { day })}</strong>
        {state !== 'passed' && <> {t('dueLeft', { n: daysLeft })}</>}
        {state === 'passed' && of.kind === 'duty' && <> {t('late')}</>}
        {state === 'passed' && of.kind === 'information' && <> {t('notTooLate')}</>}
      </p>
      {of.standing && (
        <p>
          <LawText of={of.standing} />
        </p>
      )}
      <DefinitionHelp summary={t('howSure')}>
        <p>
          {t('source', {
            source: of.rule.source,
            article: of.rule.article === 'unknown' ? t('articleUnknown') : of.rule.article,
            certainty: <LawText of={CERTAINTY_TEXTS[of.rule.certainty]} />,
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
      </DefinitionHelp>
    </>
  );
}
