import type { Child } from 'hono/jsx';
import { can, type Staff, staffHref } from '../access/index.ts';
import type { Localized } from '../register/record.ts';
import {
  AgencyText,
  DateText,
  EmptyState,
  Machine,
  Page,
  Pagination,
  PersonName,
  Table,
  Tabs,
  Tag,
  useSite,
  useT,
} from '../web/index.ts';
import { reviewClock } from './clock.ts';
import { DueTag } from './clock-text.tsx';
import { collective } from './collective/messages.ts';
import { m } from './messages.ts';
import { kinds } from './messages-kinds.ts';
import type { Queue, QueuedReview, QueuePage } from './queue.ts';
import type { Ground } from './request.ts';

/** The lists that a person may see: their own as a reviewer, everybody's as a supervisor. */
export function queuesOf(staff: Pick<Staff, 'roles'>): readonly Queue[] {
  const own =
    can(staff, 'review.decide') || can(staff, 'appeal.decide') ? (['mine', 'answered'] as const) : [];
  const qualify = can(staff, 'request.qualify') ? (['unqualified'] as const) : [];
  const all = can(staff, 'review.assign') ? (['open', 'assigned', 'decided'] as const) : [];
  return can(staff, 'review.decide') ? [...own, ...qualify, ...all] : [...qualify, ...all, ...own];
}

export interface ReviewQueueProps {
  readonly staff: Staff;
  readonly queue: Queue;
  readonly page: QueuePage;
  readonly sizes: Readonly<Record<Queue, number>>;
  /** The present page is not the first. */
  readonly further: boolean;
  /** Names of reviewers by staff id. */
  readonly names: ReadonlyMap<string, string>;
  readonly systems: ReadonlyMap<string, Localized>;
  readonly now: Temporal.Instant;
}

/** The requests for review that somebody may deal with, with their clocks. */
export function ReviewQueuePage(props: ReviewQueueProps) {
  const t = useT(m);
  const c = useT(collective);
  const { lang } = useSite();
  const { staff, queue, page } = props;
  const here = staffHref(lang, staff.authorityId, 'reviews');
  const queues = queuesOf(staff);
  return (
    <Page kind="staff" wide title={t.text('title')} scripts={['queue.js']}>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      {queues.length > 1 && (
        <Tabs
          label={t.text('title')}
          items={queues.map((one) => ({
            href: `${here}?list=${one}`,
            label: t(one, { n: props.sizes[one] }),
            current: one === queue,
          }))}
        />
      )}
      <Table
        caption={t('title')}
        captionHidden
        dense
        queue
        rows={page.reviews}
        empty={<Nothing queue={queue} />}
        columns={[
          {
            header: t('reference'),
            rowHeader: true,
            cell: ({ row, reference }) => (
              <a class="ds-link" href={`${here}/${row.review_id}`}>
                <Machine>{reference}</Machine>
              </a>
            ),
          },
          ...(queue === 'answered' || queue === 'decided' ? past(t) : coming(t, props.now)),
          { header: t('kind'), cell: ({ row }) => <KindText row={row} /> },
          { header: t('ground'), cell: ({ row }) => t(row.ground as Ground) },
          { header: t('received'), cell: ({ row }) => <DateText value={row.requested_at} style="medium" /> },
          { header: t('system'), cell: ({ row }) => <SystemName of={row.system_id} in={props.systems} /> },
          ...(queue === 'assigned' || queue === 'decided'
            ? [
                {
                  header: t('reviewer'),
                  cell: ({ row }: QueuedReview) => <Reviewer of={row.assigned_to} in={props.names} />,
                },
              ]
            : []),
        ]}
      />
      {can(staff, 'collective.answer') && (
        <p>
          <a class="ds-link" href={`${here}/collectives`}>
            {c('listTitle')}
          </a>
        </p>
      )}
      <Pagination
        first={props.further ? `${here}?list=${queue}` : undefined}
        next={page.next && `${here}?list=${queue}&after=${encodeURIComponent(page.next)}`}
      />
    </Page>
  );
}

/** What a request is in law, or that the desk has still to say it. */
export function KindText({
  row,
}: {
  row: Pick<QueuedReview['row'], 'kind' | 'contested' | 'collective_id'>;
}): Child {
  const t = useT(kinds);
  return (
    <>
      {row.kind === null ? t('unqualified') : t(row.kind)}
      {row.contested === 1 && (
        <>
          {' '}
          <Tag state="attention">{t('contestedTag')}</Tag>
        </>
      )}
      {row.collective_id !== null && (
        <>
          {' '}
          <Tag state="neutral">{t('collectiveTag')}</Tag>
        </>
      )}
    </>
  );
}

type Say = ReturnType<typeof useT<keyof typeof m.messages>>;

function coming(t: Say, now: Temporal.Instant) {
  return [
    {
      header: t('due'),
      cell: ({ row }: QueuedReview) => {
        const clock = reviewClock(row, now);
        return (
          <>
            <DateText value={clock.due} style="medium" /> <DueTag of={clock} />
          </>
        );
      },
    },
  ];
}

function past(t: Say) {
  return [
    {
      header: t('answeredOn'),
      cell: ({ row }: QueuedReview) => row.decided_at && <DateText value={row.decided_at} style="medium" />,
    },
    {
      header: t('outcome'),
      cell: ({ row }: QueuedReview) => (
        <Tag state={row.outcome === 'upheld' ? 'good' : 'neutral'}>
          {t(row.outcome === 'upheld' ? 'upheld' : 'rejected')}
        </Tag>
      ),
    },
  ];
}

export function SystemName({ of, in: systems }: { of: string; in: ReadonlyMap<string, Localized> }): Child {
  const name = systems.get(of);
  return name === undefined ? <Machine>{of}</Machine> : <AgencyText text={name} mark={false} />;
}

/** A reviewer by name; somebody whose name was erased by their identifier. */
export function Reviewer({ of, in: names }: { of: string | null; in: ReadonlyMap<string, string> }): Child {
  const t = useT(m);
  if (of === null) return t('nobody');
  const name = names.get(of);
  return name ? <PersonName>{name}</PersonName> : <Machine>{of}</Machine>;
}

function Nothing({ queue }: { queue: Queue }) {
  const t = useT(m);
  const which =
    queue === 'mine'
      ? 'emptyMine'
      : queue === 'open'
        ? 'emptyOpen'
        : queue === 'unqualified'
          ? 'emptyUnqualified'
          : 'emptyOther';
  return (
    <EmptyState title={t(which)}>
      <p>{t(`${which}Text`)}</p>
    </EmptyState>
  );
}
