import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icons.tsx';

export type State = 'good' | 'wait' | 'attention' | 'bad' | 'neutral';

const STATE_ICONS: Readonly<Record<State, IconName>> = {
  good: 'check',
  wait: 'clock',
  attention: 'warning',
  bad: 'cross',
  neutral: 'dot',
};

/** A state in a word, with its icon and colour; the word alone must say it. */
export function Tag({ state, icon, children }: { state: State; icon?: IconName; children: Child }) {
  return (
    <span class="ds-tag ta-tag" data-state={state}>
      <Icon name={icon ?? STATE_ICONS[state]} />
      <span>{children}</span>
    </span>
  );
}

export interface SummaryItem {
  readonly term: Child;
  readonly value: Child;
  /** Small print under the value: where the fact comes from, when. */
  readonly note?: Child;
  /** `about` completes the link for who hears it alone: "Change (number of rooms)". */
  readonly action?: { readonly href: string; readonly label: Child; readonly about?: Child };
}

/** Facts as term and value, one under the other on a phone. */
export function SummaryList({ items }: { items: readonly SummaryItem[] }) {
  return (
    <dl class="ta-summary" data-actions={items.some((item) => item.action) ? '' : undefined}>
      {items.map((item) => (
        <div>
          <dt>{item.term}</dt>
          <dd>
            {item.value}
            {item.note && <small class="ta-note">{item.note}</small>}
          </dd>
          {item.action && (
            <dd class="ta-summary-action">
              <a class="ds-link" href={item.action.href}>
                {item.action.label}
                {item.action.about && <span class="ta-hidden"> ({item.action.about})</span>}
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

export interface KeyFigure {
  readonly label: Child;
  /** Already formatted: `<Integer>`, `<Percent>`, a word. */
  readonly value: Child;
  /** Uncertainty, period or population: a figure never stands without it where it applies. */
  readonly note?: Child;
}

/** A few figures that matter, as text. */
export function KeyFigures({ items }: { items: readonly KeyFigure[] }) {
  return (
    <dl class="ta-figures">
      {items.map((item) => (
        <div>
          <dt>{item.label}</dt>
          <dd>
            <span class="ta-figure">{item.value}</span>
            {item.note && <small class="ta-note">{item.note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface Task {
  readonly title: Child;
  /** No link: the task cannot be started yet. */
  readonly href?: string;
  readonly hint?: Child;
  readonly status: { readonly state: State; readonly label: Child };
}

/** What remains to be done, each with its state. */
export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  return (
    <ul class="ta-tasks">
      {tasks.map((task) => (
        <li>
          <div>
            {task.href ? (
              <a class="ds-link" href={task.href}>
                {task.title}
              </a>
            ) : (
              <span>{task.title}</span>
            )}
            {task.hint && <small class="ta-note">{task.hint}</small>}
          </div>
          <Tag state={task.status.state}>{task.status.label}</Tag>
        </li>
      ))}
    </ul>
  );
}
