import type { Child } from 'hono/jsx';
import { webMessages } from '../messages-web.ts';
import { useId, useT } from '../site.ts';
import type { State } from './facts.tsx';
import { Icon, type IconName } from './icons.tsx';

/** "What you can do now": at the top of every citizen page, before anything else. */
export function Callout({ title, children }: { title?: Child; children: Child }) {
  const t = useT(webMessages);
  const id = useId('callout');
  return (
    <section class="ta-callout" aria-labelledby={id}>
      <h2 id={id}>{title ?? t('callout')}</h2>
      {children}
    </section>
  );
}

export type AlertTone = Exclude<State, 'wait' | 'neutral'> | 'info';

const ALERT_ICONS: Readonly<Record<AlertTone, IconName>> = {
  info: 'info',
  good: 'check',
  attention: 'warning',
  bad: 'cross',
};

export interface AlertProps {
  readonly tone?: AlertTone;
  readonly title?: Child;
  readonly children?: Child;
  /** Something just happened because of what the person did: read out at once. */
  readonly live?: boolean;
}

/** A message that must be seen; its title says it, the colour only helps. */
export function Alert({ tone = 'info', title, children, live }: AlertProps) {
  return (
    <div class="ta-alert" data-tone={tone} role={live ? 'alert' : 'note'}>
      <Icon name={ALERT_ICONS[tone]} />
      <div>
        {title && <p class="ta-alert-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** Nothing here yet: says what will appear, and when. */
export function EmptyState({ title, children }: { title: Child; children?: Child }) {
  return (
    <div class="ta-empty">
      <p class="ta-empty-title">{title}</p>
      {children}
    </div>
  );
}

/** A word explained where it is used; opens without JavaScript. */
export function DefinitionHelp({
  summary,
  open,
  children,
}: {
  summary: Child;
  open?: boolean;
  children: Child;
}) {
  return (
    <details class="ta-help" open={open}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
