import type { Child } from 'hono/jsx';
import type { DateStyle, When } from '../format.ts';
import { DateText } from './text.tsx';

export interface TimelineEvent {
  readonly at?: When;
  readonly dateStyle?: DateStyle;
  readonly title: Child;
  readonly detail?: Child;
  /** `now` is where the case stands; `next` has not happened yet. Default `past`. */
  readonly when?: 'past' | 'now' | 'next';
}

/** The life of a case, oldest first. Say in the title of a `next` event that it is to come. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol class="ta-timeline">
      {events.map((event) => (
        <li data-when={event.when ?? 'past'} aria-current={event.when === 'now' ? 'step' : undefined}>
          {event.at !== undefined && (
            <p class="ta-timeline-date">
              <DateText value={event.at} style={event.dateStyle ?? 'long'} />
            </p>
          )}
          <p class="ta-timeline-title">{event.title}</p>
          {event.detail && <div class="ta-timeline-detail">{event.detail}</div>}
        </li>
      ))}
    </ol>
  );
}
