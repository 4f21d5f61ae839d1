import type { Child } from 'hono/jsx';
import { Callout, Integer, Timeline, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { courtTime } from './court-time.ts';
import { DeadlineText } from './deadline-text.tsx';
import { useEventWords } from './event-words.tsx';
import { life } from './messages-life.ts';
import { CasePage } from './shell.tsx';

/** Everything that happened to the file, and what is to come. */
export function LifePage({ of, now }: { of: CitizenCase; now: Temporal.Instant }) {
  const t = useT(life);
  return (
    <CasePage title={t.text('title')}>
      <h1>{t('title')}</h1>
      <Callout>
        <p>{t('can')}</p>
        <p>{t('canMissing')}</p>
      </Callout>
      <Events of={of} />
      <h2>{t('next')}</h2>
      <Next of={of} now={now} />
    </CasePage>
  );
}

function Events({ of }: { of: CitizenCase }) {
  const t = useT(life);
  const words = useEventWords();
  const last = of.life.at(-1);
  return (
    <Timeline
      events={of.life.map((event) => {
        const { title, details } = words(event);
        return {
          at: event.at,
          dateStyle: 'datetime',
          title,
          detail: (
            <>
              {details.map((detail) => (
                <p>{detail}</p>
              ))}
              <p>
                <small>{t('entry', { index: <Integer value={event.index} /> })}</small>
              </p>
            </>
          ),
          when: event === last ? 'now' : 'past',
        };
      })}
    />
  );
}

function Next({ of, now }: { of: CitizenCase; now: Temporal.Instant }): Child {
  const t = useT(life);
  const { present, waiting, record } = of;
  const court =
    waiting || present.effect !== 'adverse' ? [] : courtTime(record, of.life, present.row.decision_id);
  return (
    <>
      {!waiting && present.effect === 'adverse' && court.length === 0 && <p>{t('noNotification')}</p>}
      {court.map((deadline) => (
        <DeadlineText of={deadline} now={now} />
      ))}
      {court.length === 0 && (waiting || present.effect === 'favourable') && <p>{t('nothingDue')}</p>}
    </>
  );
}
