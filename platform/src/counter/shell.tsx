import type { Child } from 'hono/jsx';
import { staffHref } from '../access/nav.tsx';
import type { CitizenCase } from '../citizen/case-view.ts';
import { Button, Form, Machine, Page, Tabs, useSite, useT } from '../web/index.ts';
import { m } from './messages.ts';
import type { Visit } from './visits.ts';

export const VISIT_PAGES = ['aloud', 'review', 'notification', 'code', 'representatives'] as const;
export type VisitPageName = (typeof VISIT_PAGES)[number];

export function visitHref(
  lang: Parameters<typeof staffHref>[0],
  visit: Visit,
  page: VisitPageName | 'end',
): string {
  const base = `${staffHref(lang, visit.authorityId, 'counter')}/${visit.visitId}`;
  return page === 'aloud' ? base : `${base}/${page}`;
}

export interface VisitPageProps {
  readonly visit: Visit;
  readonly of: CitizenCase;
  readonly page: VisitPageName;
  readonly title: Child;
  readonly plainTitle: string;
  readonly invalid?: boolean;
  readonly children: Child;
}

/** A page of an open visit: which file it is, what the agent can do, and the way out. */
export function VisitPage({ visit, of, page, title, plainTitle, invalid, children }: VisitPageProps) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="staff" title={plainTitle} invalid={invalid ?? false}>
      <p class="ta-note">{t('fileOf', { reference: <Machine>{of.present.case.reference}</Machine> })}</p>
      <Tabs
        label={t.text('title')}
        items={VISIT_PAGES.map((name) => ({
          href: visitHref(lang, visit, name),
          label: t(name),
          current: name === page,
        }))}
      />
      <h1>{title}</h1>
      {children}
      <section class="ta-leave">
        <Form action={visitHref(lang, visit, 'end')}>
          <Button variant="secondary">{t('end')}</Button>
        </Form>
      </section>
    </Page>
  );
}
