import { Hono } from 'hono';
import { findCase, findCaseByReference } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { parseReference } from '../ids.ts';
import {
  Button,
  DateText,
  EmptyState,
  Form,
  type FormErrors,
  type FormValues,
  Machine,
  Page,
  Pagination,
  renderPage,
  Table,
  TextField,
  translator,
  useSite,
  useT,
} from '../web/index.ts';
import { type AccessEntry, type AccessPage, listAccess, logAccess } from './access-log.ts';
import { csrfGuard, staffOnly } from './guard.ts';
import { logMessages } from './messages-access-log.ts';
import { staffHref } from './nav.tsx';
import type { WebEnv } from './web-env.ts';

interface LogProps {
  readonly authorityId: string;
  readonly page: AccessPage;
  readonly caseId?: string | undefined;
  /** This is not the newest page. */
  readonly older?: boolean;
  /** The readings of the monitor are shown too. */
  readonly monitor?: boolean;
  readonly values?: FormValues;
  readonly errors?: FormErrors;
}

function AccessLogPage({ authorityId, page, caseId, older, monitor, values = {}, errors = {} }: LogProps) {
  const t = useT(logMessages);
  const { lang } = useSite();
  const here = staffHref(lang, authorityId, 'accessLog');
  const address = (query: Record<string, string | undefined>) => {
    const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return set.length === 0 ? here : `${here}?${new URLSearchParams(set)}`;
  };
  const shown = monitor ? { monitor: 'yes' } : {};
  return (
    <Page kind="staff" wide title={t.text('title')} invalid={Object.keys(errors).length > 0}>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <Form action={here} values={values} errors={errors}>
        <TextField
          name="case"
          label={t('filter')}
          hint={t('filterHint')}
          size={32}
          maxlength={60}
          dir="ltr"
        />
        <Button variant="secondary">{t('show')}</Button>
      </Form>
      {caseId !== undefined && (
        <p>
          {t('onlyCase', { id: <Machine>{caseId}</Machine> })}{' '}
          <a class="ds-link" href={here}>
            {t('all')}
          </a>
        </p>
      )}
      {caseId === undefined && !monitor && (
        <p>
          {t('monitorLeftOut', {
            link: (text) => (
              <a class="ds-link" href={address({ monitor: 'yes' })}>
                {text}
              </a>
            ),
          })}
        </p>
      )}
      <Entries entries={page.entries} href={(id) => address({ case: id })} />
      <Pagination
        first={older ? address({ case: caseId, ...shown }) : undefined}
        next={page.next && address({ case: caseId, ...shown, after: page.next })}
      />
    </Page>
  );
}

/** Codes that every reader should understand; any other is shown as it stands. */
const CODE_WORDS = {
  'case.open': 'caseOpened',
  'case.erase': 'caseErase',
  'case.read': 'caseRead',
  'access-log.read': 'logRead',
  'own-case': 'ownCase',
  desk: 'desk',
  retention: 'retention',
  review: 'review',
  counter: 'counter',
  audit: 'audit',
  'attributes.read': 'attributesRead',
  'bias-audit': 'biasAudit',
} as const;

function Code({ code }: { code: string }) {
  const t = useT(logMessages);
  const known = Object.entries(CODE_WORDS).find(([key]) => key === code);
  return known === undefined ? <Machine>{code}</Machine> : t(known[1]);
}

function Entries({ entries, href }: { entries: readonly AccessEntry[]; href: (caseId: string) => string }) {
  const t = useT(logMessages);
  return (
    <Table
      caption={t('title')}
      captionHidden
      dense
      rows={entries}
      empty={
        <EmptyState title={t('emptyTitle')}>
          <p>{t('emptyText')}</p>
        </EmptyState>
      }
      columns={[
        { header: t('at'), rowHeader: true, cell: (e) => <DateText value={e.at} style="datetime" /> },
        {
          header: t('actor'),
          cell: (e) =>
            e.actor === 'citizen' || e.actor === 'monitor' ? t(e.actor) : <Machine>{e.actor}</Machine>,
        },
        { header: t('action'), cell: (e) => <Code code={e.action} /> },
        { header: t('purpose'), cell: (e) => <Code code={e.purpose} /> },
        {
          header: t('case'),
          cell: (e) =>
            e.caseId === undefined ? (
              t('none')
            ) : (
              <a class="ds-link" href={href(e.caseId)}>
                <Machine>{e.caseId}</Machine>
              </a>
            ),
        },
      ]}
    />
  );
}

/** The case that somebody means by its reference or its identifier, in their authority alone. */
async function caseMeant(ctx: Context, authorityId: string, typed: string): Promise<string | undefined> {
  const text = typed.trim();
  if (/^case_[0-9a-z]{24}$/.test(text)) return (await findCase(ctx, authorityId, text))?.caseId;
  const reference = parseReference(text);
  const found = reference === undefined ? undefined : await findCaseByReference(ctx, reference);
  return found?.authorityId === authorityId ? found.caseId : undefined;
}

/** The access log for auditors and data protection officers: filtered by case, a page at a time. */
export function accessLogPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const path = `${LANG}/staff/:authority/access-log` as const;
  const allowed = staffOnly(ctx, 'access-log.read');
  const guard = csrfGuard(ctx);

  app.get(path, allowed, guard, async (c) => {
    const { authorityId, staffId } = c.var.staff;
    const asked = c.req.query('case');
    const caseId = asked === undefined ? undefined : await caseMeant(ctx, authorityId, asked);
    if (asked !== undefined && caseId === undefined) {
      return c.redirect(staffHref(langOf(c), authorityId, 'accessLog'), 303);
    }
    const after = c.req.query('after');
    const monitor = c.req.query('monitor') === 'yes';
    const page = await listAccess(ctx, authorityId, {
      caseId,
      after,
      without: caseId === undefined && !monitor ? 'monitor' : undefined,
    });
    if (caseId !== undefined) {
      await logAccess(ctx, {
        authorityId,
        actor: staffId,
        action: 'access-log.read',
        caseId,
        purpose: 'audit',
      });
    }
    const shown = (
      <AccessLogPage
        authorityId={authorityId}
        page={page}
        caseId={caseId}
        older={after !== undefined}
        monitor={monitor}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.post(path, allowed, guard, async (c) => {
    const { authorityId } = c.var.staff;
    const lang = langOf(c);
    const sent = (await c.req.parseBody()).case;
    const text = typeof sent === 'string' ? sent : '';
    const here = staffHref(lang, authorityId, 'accessLog');
    if (text.trim() === '') return c.redirect(here, 303);
    const caseId = await caseMeant(ctx, authorityId, text);
    if (caseId !== undefined) return c.redirect(`${here}?case=${caseId}`, 303);
    const shown = (
      <AccessLogPage
        authorityId={authorityId}
        page={await listAccess(ctx, authorityId, { without: 'monitor' })}
        values={{ case: text }}
        errors={{ case: translator(logMessages, lang)('unknownCase') }}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: 422 });
  });
  return app;
}
