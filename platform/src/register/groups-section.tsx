import type { Share } from '../monitoring/index.ts';
import type { Labels } from '../monitoring/pages/labels.ts';
import type { DeclaredPlan } from '../monitoring/plan.ts';
import { AgencyText, Integer, Percent, SummaryList, Table, useT } from '../web/index.ts';
import { figureMessages as f } from './messages-figures.ts';
import { groupsUrl, systemUrl } from './public-schema.ts';
import type { PublishedFigures, PublishedGroups } from './published-figures.ts';

/** What the public page says of a watched system: its declaration, and words for its groups. */
export interface PublicWatch {
  readonly declared: DeclaredPlan;
  readonly labels: Labels;
  /** Attributes with their groups in the order in which they are shown: never that of their rates. */
  readonly order: readonly { readonly attribute: string; readonly values: readonly string[] }[];
}

interface Line {
  readonly label: string;
  readonly share: Share | undefined;
}

/** Differences between groups: what is tolerated and why, and the shares with their intervals. */
export function GroupsSection({
  system,
  watch,
  groups,
}: {
  system: { readonly authorityId: string; readonly systemId: string };
  watch: PublicWatch;
  groups: PublishedFigures['groups'] | undefined;
}) {
  const t = useT(f);
  const { declared, labels, order } = watch;
  const { plan } = declared;
  const told = order.filter(({ attribute }) => groups?.[attribute] !== undefined);
  return (
    <section>
      <h2 id="groups">{t('groupsTitle')}</h2>
      <p>{t('groupsLead')}</p>
      <SummaryList
        items={[
          {
            term: t('groupsTolerance'),
            value: t('groupsPoints', { n: String(Number((100 * Number(plan.tolerance)).toFixed(2))) }),
            note: Object.entries(plan.tolerances).map(([name, value]) => (
              <span>
                {labels.dimension(name)}:{' '}
                {t('groupsPoints', { n: String(Number((100 * Number(value)).toFixed(2))) })}{' '}
              </span>
            )),
          },
          ...(plan.within.length === 0
            ? []
            : [
                {
                  term: t('groupsWithin'),
                  value: plan.within.map((name) => labels.dimension(name)).join(' · '),
                },
              ]),
          { term: t('groupsWhy'), value: <AgencyText text={plan.justification} /> },
        ]}
      />
      {told.length === 0 && <p>{t('groupsNone')}</p>}
      {told.map(({ attribute, values }) => (
        <GroupsTable
          title={labels.dimension(attribute)}
          published={groups?.[attribute] as PublishedGroups}
          lines={values.map((value) => ({
            label: labels.value(attribute, value),
            share: groups?.[attribute]?.groups[value],
          }))}
          unknown={{ label: labels.value(attribute, undefined), share: groups?.[attribute]?.groups[''] }}
        />
      ))}
      {told.length > 0 && (
        <p>
          {t('groupsData', {
            csv: (
              <a class="ds-link" href={groupsUrl(system)}>
                CSV
              </a>
            ),
            json: (
              <a class="ds-link" href={systemUrl(system)}>
                JSON
              </a>
            ),
          })}
        </p>
      )}
    </section>
  );
}

function GroupsTable({
  title,
  published,
  lines,
  unknown,
}: {
  title: string;
  published: PublishedGroups;
  lines: readonly Line[];
  unknown: Line;
}) {
  const t = useT(f);
  const rows = [
    ...lines,
    ...(unknown.share === undefined ? [] : [unknown]),
    ...(published.together === null ? [] : [{ label: t.text('groupsTogether'), share: published.together }]),
  ];
  return (
    <Table
      caption={
        <>
          {title} ({t('until', { day: published.until })})
        </>
      }
      dense
      rows={rows}
      columns={[
        { header: t('group'), rowHeader: true, cell: ({ label }) => label },
        {
          header: t('volume'),
          cell: ({ share }) => (share === undefined ? t('withheld') : <Integer value={share.of} />),
        },
        {
          header: t('adverse'),
          cell: ({ share }) =>
            share === undefined ? (
              t('withheld')
            ) : (
              <>
                <Percent share={share.share} digits={1} />
                <small class="ta-note">
                  {t('range', {
                    low: <Percent share={share.interval[0]} digits={1} />,
                    high: <Percent share={share.interval[1]} digits={1} />,
                  })}
                </small>
              </>
            ),
        },
      ]}
    />
  );
}
