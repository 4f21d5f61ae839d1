import {
  AgencyText,
  Alert,
  Button,
  EmptyState,
  Form,
  type FormValues,
  localText,
  Page,
  Pagination,
  Radios,
  Select,
  TaskList,
  TextField,
  useSite,
  useT,
} from '../web/index.ts';
import type { AuthorityProfile } from './authorities.ts';
import { NameOnlyIn } from './localized-name.tsx';
import { m } from './messages.ts';
import { PUBLIC_STATUSES, type RegisterEntry } from './public-register.ts';
import { STATUS_STATES } from './status-tag.tsx';

export interface ListProps {
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
  readonly entries: readonly RegisterEntry[];
  /** The query as it came, for the form and the links. */
  readonly query: Readonly<Record<string, string>>;
  readonly next: string | undefined;
  /** Something in the query was not understood. */
  readonly ignored: boolean;
}

const FILTERS = ['authority', 'status', 'level'] as const;

/** The public register: one list of every system, with search and filters. */
export function ListPage({ authorities, entries, query, next, ignored }: ListProps) {
  const t = useT(m);
  const { lang } = useSite();
  const here = `/${lang}/register`;
  const { after, ...rest } = query;
  const href = (more: Record<string, string>) => {
    const all = new URLSearchParams({ ...rest, ...more });
    return all.size === 0 ? here : `${here}?${all}`;
  };
  return (
    <Page kind="public" title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      <SearchForm action={here} authorities={authorities} query={rest} />
      {ignored && <Alert tone="attention">{t('filtersInvalid')}</Alert>}
      {entries.length === 0 ? (
        <Nothing asked={Object.keys(rest).length > 0} all={here} />
      ) : (
        <TaskList
          tasks={entries.map((entry) => ({
            title: <AgencyText text={entry.name} mark={false} />,
            href: `${here}/${entry.authorityId}/${entry.systemId}`,
            hint: <Hint entry={entry} authority={authorities.get(entry.authorityId)} />,
            status: { state: STATUS_STATES[entry.status], label: t(entry.status) },
          }))}
        />
      )}
      <Pagination
        first={after === undefined ? undefined : href({})}
        next={next === undefined ? undefined : href({ after: next })}
      />
      <p>
        <a class="ds-link" href={`/${lang}/consultations`}>
          {t('consultations')}
        </a>
      </p>
      {authorities.size > 0 && (
        <>
          <p>{t('logs')}</p>
          <ul>
            {[...authorities].map(([id, { name }]) => (
              <li>
                <a class="ds-link" href={`/${lang}/log/${id}`}>
                  <AgencyText text={name} mark={false} />
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        {t('asData', {
          link: (text) => (
            <a class="ds-link" href="/api/v1/register">
              {text}
            </a>
          ),
        })}
      </p>
    </Page>
  );
}

function Hint({ entry, authority }: { entry: RegisterEntry; authority: AuthorityProfile | undefined }) {
  const t = useT(m);
  return (
    <>
      {authority && <AgencyText text={authority.name} mark={false} />}
      {' · '}
      {t('levelOf', { n: entry.impactLevel })} <NameOnlyIn name={entry.name} />
    </>
  );
}

function Nothing({ asked, all }: { asked: boolean; all: string }) {
  const t = useT(m);
  if (!asked) {
    return (
      <EmptyState title={t('nothingYet')}>
        <p>{t('nothingYetText')}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('nothingFound')}>
      <p>
        {t('nothingFoundText', {
          all: (text) => (
            <a class="ds-link" href={all}>
              {text}
            </a>
          ),
        })}
      </p>
    </EmptyState>
  );
}

interface SearchProps {
  readonly action: string;
  readonly authorities: ReadonlyMap<string, AuthorityProfile>;
  readonly query: FormValues;
}

function SearchForm({ action, authorities, query }: SearchProps) {
  const t = useT(m);
  const { lang } = useSite();
  const filtered = FILTERS.some((name) => query[name] !== undefined && query[name] !== 'all');
  return (
    <search>
      <Form method="get" action={action} values={query}>
        <TextField name="q" type="search" label={t('search')} hint={t('searchHint')} maxlength={300} />
        <details class="ta-help" open={filtered}>
          <summary>{t('filters')}</summary>
          <div>
            {authorities.size > 1 && (
              <Select
                name="authority"
                label={t('authority')}
                options={[...authorities].map(([id, { name }]) => ({
                  value: id,
                  label: localText(name, lang)?.text ?? id,
                }))}
              />
            )}
            <Radios
              name="status"
              label={t('status')}
              value="all"
              options={[
                { value: 'all', label: t('all') },
                ...PUBLIC_STATUSES.map((status) => ({ value: status, label: t(status) })),
              ]}
            />
            <Radios
              name="level"
              label={t('level')}
              value="all"
              options={[
                { value: 'all', label: t('all') },
                ...['1', '2', '3', '4'].map((level) => ({
                  value: level,
                  label: t('levelOf', { n: Number(level) }),
                })),
              ]}
            />
          </div>
        </details>
        <Button>{t('find')}</Button>
      </Form>
    </search>
  );
}
