import type { Child } from 'hono/jsx';
import { can } from '../../access/index.ts';
import { AgencyText, Alert, localText, Page, Tabs, useSite, useT } from '../../web/index.ts';
import type { MonitorView, UnwatchedView } from './load.ts';
import { unopened } from './load.ts';
import { m } from './messages.ts';
import { declarations } from './messages-declarations.ts';

export const VIEWS = ['overview', 'groups', 'procedure', 'time', 'officers', 'truth', 'subgroups'] as const;
export type ViewName = (typeof VIEWS)[number];

/** The frame of a watched system's pages: its name, where one is, and what must be known first. */
export function Frame({
  view,
  name,
  children,
}: {
  view: MonitorView | UnwatchedView;
  name: ViewName | undefined;
  children: Child;
}) {
  const t = useT(m);
  const d = useT(declarations);
  const { lang } = useSite();
  const { system, here, staff, watched } = view;
  const title = localText(system.record.name, lang)?.text ?? system.systemId;
  const missing = watched === undefined ? [] : unopened(view as MonitorView);
  return (
    <Page kind="staff" wide title={`${t.text('title')} – ${title}`}>
      <p>
        <a class="ds-link" href={here.slice(0, here.lastIndexOf('/'))}>
          {t('back')}
        </a>
      </p>
      <h1>
        <AgencyText text={system.record.name} mark={false} />
        <small class="ta-note">{t('title')}</small>
      </h1>
      {watched !== undefined && can(staff, 'monitoring.read') && (
        <Tabs
          label={t.text('title')}
          items={VIEWS.map((one) => ({
            href: one === 'overview' ? here : `${here}/${one}`,
            label: t(one),
            current: one === name,
          }))}
        />
      )}
      {missing.length > 0 && (
        <Alert tone="attention" title={t('noBasis')}>
          <p>{t('noBasisText')}</p>
          {can(staff, 'attribute-basis.record') && (
            <p>
              <a class="ds-link" href={`${here}/basis`}>
                {d('basisRecord')}
              </a>
            </p>
          )}
        </Alert>
      )}
      {children}
    </Page>
  );
}
