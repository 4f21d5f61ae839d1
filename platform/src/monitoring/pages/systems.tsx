import type { Staff } from '../../access/index.ts';
import type { OwnSystem } from '../../register/own-systems.ts';
import { AgencyText, EmptyState, Integer, Page, Table, Tag, useSite, useT } from '../../web/index.ts';
import type { Lag } from '../state.ts';
import { m } from './messages.ts';

export interface SystemSummary {
  readonly system: OwnSystem;
  readonly watched: boolean;
  readonly lag: Lag | undefined;
  readonly open: number;
}

/** The systems of an authority: which are watched, and where alerts are open. */
export function SystemsPage({ staff, systems }: { staff: Staff; systems: readonly SystemSummary[] }) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="staff" wide title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <Table
        caption={t('title')}
        captionHidden
        dense
        rows={systems}
        empty={
          <EmptyState title={t('notDeclared')}>
            <p>{t('notDeclaredText')}</p>
          </EmptyState>
        }
        columns={[
          {
            header: t('system'),
            rowHeader: true,
            cell: ({ system }) => (
              <a class="ds-link" href={`/${lang}/staff/${staff.authorityId}/monitoring/${system.systemId}`}>
                <AgencyText text={system.record.name} mark={false} />
              </a>
            ),
          },
          {
            header: t('state'),
            cell: ({ watched }) => (
              <Tag state={watched ? 'good' : 'neutral'}>{t(watched ? 'watched' : 'notDeclared')}</Tag>
            ),
          },
          {
            header: t('openAlerts'),
            cell: ({ open }) =>
              open > 0 ? <Tag state="bad">{<Integer value={open} />}</Tag> : <Integer value={0} />,
          },
          {
            header: t('lag'),
            cell: ({ lag }) =>
              lag === undefined || lag.since === undefined || lag.events === 0
                ? lag === undefined
                  ? '–'
                  : t('upToDate')
                : t('lagOf', { n: lag.events, since: lag.since }),
          },
        ]}
      />
    </Page>
  );
}
