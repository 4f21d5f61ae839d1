import type { Child } from 'hono/jsx';
import { webMessages } from '../messages-web.ts';
import { type NavItem, useT } from '../site.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'tertiary';

export interface ButtonProps {
  readonly children: Child;
  readonly variant?: ButtonVariant;
  /** Sent as `name=value` when this button submits the form. */
  readonly name?: string;
  readonly value?: string;
  readonly formaction?: string;
  /** A consequence against somebody or something lost: brick, and the words must say so. */
  readonly grave?: boolean;
}

/** A submit button. */
export function Button({ children, variant = 'primary', grave, ...rest }: ButtonProps) {
  return (
    <button
      type="submit"
      class="ds-button"
      data-variant={variant}
      data-color={grave ? 'danger' : undefined}
      {...rest}
    >
      {children}
    </button>
  );
}

/** A link that looks like a button: the next step of the page. */
export function ButtonLink(props: { href: string; children: Child; variant?: ButtonVariant }) {
  return (
    <a class="ds-button" data-variant={props.variant ?? 'primary'} href={props.href}>
      {props.children}
    </a>
  );
}

/** Buttons side by side, wrapping on a phone. */
export function Actions({ children }: { children: Child }) {
  return <div class="ta-actions">{children}</div>;
}

/** Links that look like tabs; each leads to a page of its own. */
export function Tabs({ items, label }: { items: readonly NavItem[]; label?: string }) {
  const t = useT(webMessages);
  return (
    <nav class="ta-tabs" aria-label={label ?? t.text('sections')}>
      <ul>
        {items.map((item) => (
          <li>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export interface PaginationProps {
  /** Addresses with their cursors; a missing one is not offered. */
  readonly first?: string | undefined;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  /** E.g. "1–20". */
  readonly where?: Child;
}

/** Cursor pagination; shows nothing when there is a single page. */
export function Pagination({ first, previous, next, where }: PaginationProps) {
  const t = useT(webMessages);
  if (!first && !previous && !next) return null;
  return (
    <nav class="ta-pagination" aria-label={t.text('pages')}>
      {first && (
        <a class="ds-link" href={first}>
          {t('first')}
        </a>
      )}
      {previous && (
        <a class="ds-link" href={previous} rel="prev">
          {t('previous')}
        </a>
      )}
      {where && <span class="ta-pagination-where">{where}</span>}
      {next && (
        <a class="ds-link" href={next} rel="next">
          {t('next')}
        </a>
      )}
    </nav>
  );
}
