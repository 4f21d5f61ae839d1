import type { Child } from 'hono/jsx';
import type { Review } from '../reviews/index.ts';
import { Callout, Integer, Timeline, useT } from '../web/index.ts';
import type { CitizenCase } from './case-view.ts';
import { courtTime } from './court-time.ts';
import { DeadlineText } from './deadline-text.tsx';
import { useEventWords } from './event-words.tsx';
import { life } from './messages-life.ts';
import { answerDue } from './review/follow-page.tsx';
import { CasePage } from './shell.tsx';

export interface LifePageProps {
  readonly of: CitizenCase;
  readonly reviews: readonly Review[];
  readonly now: Temporal.Instant;
}

/** Everything that happened to the file, and what is to come. */
export function LifePage({ of, reviews, now }: LifePageProps) {
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
      <Next of={of} reviews={reviews} now={now} />
    </CasePage>
  );
}

/** Every event of a case in words, oldest first. */
export function Events({ of }: { of: CitizenCase }) {
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

function Next({ of, reviews, now }: LifePageProps): Child {
  const t = useT(life);
  const { present, waiting, record } = of;
  const adverse = !waiting && present.effect === 'adverse';
  const court = adverse ? courtTime(record, of.life, present.row.decision_id) : [];
  const answers = reviews.filter((r) => r.answered === undefined).map(answerDue);
  return (
    <>
      {[...answers, ...court].map((deadline) => (
        <DeadlineText of={deadline} now={now} />
      ))}
      {adverse && court.length === 0 && <p>{t('noNotification')}</p>}
      {!adverse && answers.length === 0 && <p>{t('nothingDue')}</p>}
    </>
  );
}
