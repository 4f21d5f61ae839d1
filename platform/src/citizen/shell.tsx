import type { Child } from 'hono/jsx';
import { Button, Form, Page, useSite, useT } from '../web/index.ts';
import { m } from './messages.ts';

export interface CasePageProps {
  readonly title: string;
  /** Where the page comes from; the decision unless given. `null` on the decision itself. */
  readonly back?: { readonly href: string; readonly label: Child } | null;
  readonly invalid?: boolean;
  readonly scripts?: readonly string[];
  readonly children: Child;
}

/** A page of an open file: the way back above, the way out below. */
export function CasePage({ title, back, invalid, scripts, children }: CasePageProps) {
  const t = useT(m);
  const { lang } = useSite();
  const from = back === undefined ? { href: `/${lang}/case/decision`, label: t('backToDecision') } : back;
  return (
    <Page kind="citizen" title={title} invalid={invalid ?? false} scripts={scripts ?? []}>
      {from && (
        <p>
          <a class="ds-link" href={from.href}>
            {from.label}
          </a>
        </p>
      )}
      {children}
      <Leave />
    </Page>
  );
}

function Leave() {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <section class="ta-leave">
      <Form action={`/${lang}/case/leave`}>
        <p class="ta-note">{t('leaveHint')}</p>
        <Button variant="secondary">{t('leave')}</Button>
      </Form>
    </section>
  );
}
