import type { Child } from 'hono/jsx';
import { DateText, Machine, Tag, useT } from '../web/index.ts';
import { m } from './messages.ts';
import type { Obstacle } from './obstacles.ts';
import type { ErasureTables } from './tables.ts';

const WORDS = {
  'no-schedule': 'noscheduleObstacle',
  retention: 'retention',
  'awaiting-person': 'awaiting',
  review: 'review',
  remedy: 'remedy',
  'not-notified': 'notNotified',
  court: 'court',
} as const satisfies Record<Obstacle['kind'], keyof typeof m.messages>;

/** What stands against erasing a file, in words; "nothing" where nothing does. */
export function Obstacles({ obstacles }: { obstacles: readonly Obstacle[] }): Child {
  const t = useT(m);
  if (obstacles.length === 0) return <Tag state="good">{t('nothingAgainst')}</Tag>;
  return (
    <ul class="ta-plain">
      {obstacles.map(({ kind, until }) => (
        <li>
          {t(WORDS[kind], until === undefined ? {} : { until: <DateText value={until} style="medium" /> })}
        </li>
      ))}
    </ul>
  );
}

/** The act of the archives, as it was cited. */
export function ArchiveAct({ of }: { of: ErasureTables['erasures'] }): Child {
  const t = useT(m);
  return (
    <>
      <bdi>{of.archive_instrument}</bdi>, <DateText value={of.archive_day} style="medium" />
      <small class="ta-note">{t(of.archive_outcome)}</small>
    </>
  );
}

/** A file by its public reference; `choose` puts a box before it. */
export function Reference({ reference, href, choose }: { reference: string; href: string; choose?: string }) {
  const t = useT(m);
  return (
    <span class="ta-choose">
      {choose !== undefined && (
        <input
          class="ds-input"
          type="checkbox"
          name="case"
          value={choose}
          checked
          aria-label={t.text('select', { reference })}
        />
      )}
      <a class="ds-link" href={href}>
        <Machine>{reference}</Machine>
      </a>
    </span>
  );
}
