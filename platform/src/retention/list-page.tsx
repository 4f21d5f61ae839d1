import { CERTAINTY_TEXTS } from '@taalil/norms';
import { type Staff, staffHref } from '../access/index.ts';
import { NormText } from '../conformity/norm-text.tsx';
import { AgencyText, Alert, Integer, type LocalText, Page, Table, useSite, useT } from '../web/index.ts';
import { m } from './messages.ts';
import type { Basis, Hold } from './rule.ts';
import { PLATFORM } from './rules.ts';
import type { Planned } from './sweep.ts';

/** What goes by itself of one system, or of no system. */
export interface SystemRules {
  readonly name: LocalText | undefined;
  readonly rules: readonly Planned[];
}

/** How long what is no file is kept, and what would go now. `setHref` leads to where a time is set. */
export function RetentionPage({
  staff,
  systems,
  setHref,
  done,
}: {
  readonly staff: Staff;
  readonly systems: readonly SystemRules[];
  readonly setHref: ((one: Planned) => string) | undefined;
  readonly done: boolean;
}) {
  const t = useT(m);
  const { lang } = useSite();
  return (
    <Page kind="staff" wide title={t.text('title')}>
      <p>
        <a class="ds-link" href={staffHref(lang, staff.authorityId, 'erasures')}>
          {t('files')}
        </a>
      </p>
      <h1>{t('title')}</h1>
      {done && <Alert tone="good" title={t('setDone')} live />}
      <p>{t('lead')}</p>
      <p>{t('stays')}</p>
      {systems.map((system) => (
        <SystemTable {...system} setHref={setHref} />
      ))}
    </Page>
  );
}

function SystemTable({
  name,
  rules,
  setHref,
}: SystemRules & { readonly setHref: ((one: Planned) => string) | undefined }) {
  const t = useT(m);
  const title = name === undefined ? t('ofNoSystem') : <AgencyText text={name} mark={false} />;
  return (
    <>
      <h2>{title}</h2>
      <Table
        caption={title}
        captionHidden
        rows={rules}
        columns={[
          { header: t('what'), rowHeader: true, cell: ({ rule }) => t(rule.id) },
          {
            header: t('kept'),
            cell: ({ days }) => (days === undefined ? t('noTime') : t('days', { n: days })),
          },
          { header: t('ground'), cell: ({ basis }) => <Ground {...basis} /> },
          { header: t('rows'), cell: ({ total }) => <Integer value={total} /> },
          { header: t('due'), cell: ({ due, days }) => (days === undefined ? '–' : <Integer value={due} />) },
          { header: t('stay'), cell: ({ held }) => <Held held={held} /> },
          ...(setHref === undefined
            ? []
            : [
                {
                  header: <span class="ta-hidden">{t('set')}</span>,
                  cell: (one: Planned) =>
                    one.rule.settable && (
                      <a class="ds-link" href={setHref(one)}>
                        {t('set')}
                        <span class="ta-hidden"> {t(one.rule.id)}</span>
                      </a>
                    ),
                },
              ]),
        ]}
      />
    </>
  );
}

/** The act, as it is cited, and how far it can be relied on; of our own choice only that it is one. */
function Ground({ source, certainty }: Basis) {
  const certain = <NormText texts={CERTAINTY_TEXTS[certainty]} />;
  if (source === PLATFORM) return certain;
  return (
    <>
      <bdi>{source}</bdi>
      <small class="ta-note">{certain}</small>
    </>
  );
}

const HOLDS = { review: 'review', 'awaiting-person': 'awaiting' } as const satisfies Record<Hold, string>;

function Held({ held }: { held: Planned['held'] }) {
  const t = useT(m);
  const holds = Object.entries(held) as [Hold, number][];
  if (holds.length === 0) return <>–</>;
  return (
    <ul class="ta-plain">
      {holds.map(([hold, n]) => (
        <li>{t(HOLDS[hold], { n })}</li>
      ))}
    </ul>
  );
}
