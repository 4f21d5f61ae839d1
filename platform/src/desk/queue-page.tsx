import { staffHref } from '../access/index.ts';
import {
  AgencyText,
  Alert,
  Button,
  DateText,
  EmptyState,
  Form,
  Integer,
  KeyFigures,
  localText,
  Machine,
  Page,
  Pagination,
  Select,
  Table,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { BlockAlert } from './blocks.tsx';
import { m } from './messages.ts';
import type { Direction, QueueFigures, QueuePage as Shown, Sort, WaitingProposal } from './queue.ts';
import { type QueueQuery, toSearch } from './queue-query.ts';
import { blockOf, type DeskStanding } from './standing.ts';
import type { DeskSystem } from './systems.ts';

export interface QueueProps {
  readonly authorityId: string;
  readonly systems: ReadonlyMap<string, DeskSystem>;
  readonly standing: DeskStanding;
  readonly query: QueueQuery;
  readonly page: Shown;
  /** Of everything that waits. */
  readonly figures: QueueFigures;
  /** How many match the filter; undefined without one. */
  readonly matching: number | undefined;
  /** Proposals on this page that the reviewer has begun to write on. */
  readonly drafted: ReadonlySet<string>;
  readonly now: Temporal.Instant;
}

/** Whole days since an instant. */
export function daysSince(since: string, now: Temporal.Instant): number {
  const waited = now.epochMilliseconds - Temporal.Instant.from(since).epochMilliseconds;
  return Math.max(0, Math.floor(waited / 86_400_000));
}

/** Everything that waits for a person. */
export function QueuePage(props: QueueProps) {
  const t = useT(m);
  const { lang } = useSite();
  const { authorityId, standing, query, page, figures, matching, now } = props;
  const here = staffHref(lang, authorityId, 'desk');
  const href = (more: Partial<QueueQuery>) => here + toSearch({ ...query, ...more });
  const block = blockOf(standing, undefined);
  return (
    <Page kind="staff" wide title={t.text('title')} scripts={['queue.js']}>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      {block && <BlockAlert block={block} authorityId={authorityId} />}
      <Suspended systems={props.systems} />
      {figures.oldest !== undefined && (
        <KeyFigures
          items={[
            { label: t('waitingCount'), value: <Integer value={figures.count} /> },
            {
              label: t('oldest'),
              value: t('days', { n: daysSince(figures.oldest, now) }),
              note: t('oldestNote', { day: <DateText value={figures.oldest} /> }),
            },
          ]}
        />
      )}
      {figures.count > 0 && <Filters {...props} action={here} />}
      {matching !== undefined && (
        <p>
          {t('filtered', { n: matching })}.{' '}
          <a
            class="ds-link"
            href={href({ system: undefined, days: undefined, after: undefined, before: undefined })}
          >
            {t('showAll')}
          </a>
        </p>
      )}
      <Rows {...props} href={href} />
      <Pagination
        first={query.after || query.before ? href({ after: undefined, before: undefined }) : undefined}
        previous={page.previous && href({ before: page.previous, after: undefined })}
        next={page.next && href({ after: page.next, before: undefined })}
      />
    </Page>
  );
}

function Suspended({ systems }: Pick<QueueProps, 'systems'>) {
  const t = useT(m);
  const suspended = [...systems.values()].filter((system) => system.status === 'suspended');
  if (suspended.length === 0) return null;
  return (
    <Alert tone="bad" title={t('suspendedSome', { n: suspended.length })}>
      <ul>
        {suspended.map(({ record }) => (
          <li>
            <AgencyText text={record.name} mark={false} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** Days that a proposal must have waited. */
const AGES = [2, 7, 15, 30];

function agesWith(asked: number | undefined): number[] {
  return [...new Set([...AGES, ...(asked === undefined ? [] : [asked])])].sort((a, b) => a - b);
}

function Filters({ systems, query, matching, action }: QueueProps & { action: string }) {
  const t = useT(m);
  const { lang } = useSite();
  const { sort, direction } = query;
  return (
    <details class="ta-help" open={matching !== undefined}>
      <summary>{t('filters')}</summary>
      <div>
        <Form method="get" action={action}>
          {sort !== 'since' && <input type="hidden" name="sort" value={sort} />}
          {direction === 'descending' && <input type="hidden" name="direction" value={direction} />}
          <div class="ta-columns">
            <Select
              name="system"
              label={t('system')}
              value={query.system ?? 'all'}
              options={[
                { value: 'all', label: t.text('allSystems') },
                ...[...systems.values()].map(({ systemId, record }) => ({
                  value: systemId,
                  label: localText(record.name, lang)?.text ?? systemId,
                })),
              ]}
            />
            <Select
              name="days"
              label={t('age')}
              value={query.days === undefined ? 'all' : String(query.days)}
              options={[
                { value: 'all', label: t.text('anyAge') },
                ...agesWith(query.days).map((n) => ({ value: String(n), label: t.text('atLeast', { n }) })),
              ]}
            />
          </div>
          <Button variant="secondary">{t('show')}</Button>
        </Form>
      </div>
    </details>
  );
}

function Rows({
  page,
  query,
  figures,
  href,
  ...props
}: QueueProps & { href: (more: Partial<QueueQuery>) => string }) {
  const t = useT(m);
  const { lang } = useSite();
  const desk = staffHref(lang, props.authorityId, 'desk');
  const sortable = (sort: Sort): { href: string; direction?: Direction } => {
    const sorted = query.sort === sort;
    const direction = sorted && query.direction === 'ascending' ? 'descending' : 'ascending';
    return {
      href: href({ sort, direction, after: undefined, before: undefined }),
      ...(sorted ? { direction: query.direction } : {}),
    };
  };
  return (
    <Table
      caption={t('title')}
      captionHidden
      dense
      queue
      rows={page.proposals}
      empty={<Empty waiting={figures.count > 0} paged={Boolean(query.after ?? query.before)} />}
      columns={[
        {
          header: t('reference'),
          rowHeader: true,
          sort: sortable('reference'),
          cell: (row) => (
            <a class="ds-link" href={`${desk}/${row.decisionId}`}>
              <Machine>{row.reference}</Machine>
            </a>
          ),
        },
        { header: t('state'), cell: (row) => <RowState {...props} row={row} /> },
        {
          header: t('since'),
          sort: sortable('since'),
          cell: (row) => <DateText value={row.since} style="datetime" />,
        },
        { header: t('daysHead'), decimal: (row) => String(daysSince(row.since, props.now)) },
        {
          header: t('system'),
          sort: sortable('system'),
          cell: (row) => <SystemName system={props.systems.get(row.systemId)} id={row.systemId} />,
        },
      ]}
    />
  );
}

function SystemName({ system, id }: { system: DeskSystem | undefined; id: string }) {
  return system ? <AgencyText text={system.record.name} mark={false} /> : <Machine>{id}</Machine>;
}

type RowProps = Pick<QueueProps, 'systems' | 'standing' | 'drafted'> & { readonly row: WaitingProposal };

function RowState({ systems, standing, drafted, row }: RowProps) {
  const t = useT(m);
  const block = blockOf(standing, systems.get(row.systemId));
  if (block?.kind === 'suspended') {
    return (
      <Tag state="bad" icon="pause">
        {t('suspended')}
      </Tag>
    );
  }
  if (block?.kind === 'not-live') return <Tag state="neutral">{t('notLive')}</Tag>;
  if (block) return <Tag state="neutral">{t('readOnly')}</Tag>;
  return drafted.has(row.decisionId) ? <Tag state="wait">{t('begun')}</Tag> : t('toDecide');
}

/** What will appear here and when; or why nothing does now. */
function Empty({ waiting, paged }: { waiting: boolean; paged: boolean }) {
  const t = useT(m);
  const [title, text] = !waiting
    ? (['emptyTitle', 'emptyText'] as const)
    : paged
      ? (['emptyPage', 'emptyPageText'] as const)
      : (['emptyFilter', 'emptyFilterText'] as const);
  return (
    <EmptyState title={t(title)}>
      <p>{t(text)}</p>
    </EmptyState>
  );
}
