import { Hono } from 'hono';
import { csrfGuard, listStaff, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
import { findCase, findCaseByReference } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { parseReference } from '../ids.ts';
import { type FormErrors, type FormValues, readDate, renderPage, translator } from '../web/index.ts';
import { dueFiles, LISTED_MOST, type ListedErasure, listErasures } from './due.ts';
import { confirmErasure, erasureOf, requestErasure, withdrawErasure } from './erase.ts';
import { AskPage, ConfirmPage, FilePage, type NamedFile } from './file-pages.tsx';
import { fieldErrors, type Staffed, textsOf } from './forms.ts';
import { type Done, type DoneKey, ErasuresPage } from './list-page.tsx';
import { m } from './messages.ts';
import { examine } from './obstacles.ts';
import { scheduleRoutes, systemSchedules } from './schedule-routes.tsx';
import type { ArchiveOutcome } from './tables.ts';

const DONE: Readonly<Record<string, DoneKey>> = {
  asked: 'askedDone',
  erased: 'erasedDone',
  refused: 'refusedDone',
  withdrawn: 'withdrawnDone',
  set: 'setDone',
};

/** The data-protection officer's pages: retention, what is due, asking, confirming, what is gone. */
export function erasurePages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const base = `${LANG}/staff/:authority/erasures` as const;
  const guard = csrfGuard(ctx);
  const reads = [staffOnly(ctx, 'case.erase-confirm'), guard] as const;
  const asks = [staffOnly(ctx, 'case.erase'), guard] as const;
  const home = (c: Staffed) => staffHref(langOf(c), c.var.staff.authorityId, 'erasures');

  async function list(c: Staffed, fault: { values?: FormValues; errors?: FormErrors } = {}) {
    const { staff } = c.var;
    const { authorityId } = staff;
    const people = new Map((await listStaff(ctx, authorityId)).map((one) => [one.staffId, one]));
    const page = (
      <ErasuresPage
        staff={staff}
        systems={await systemSchedules(ctx, authorityId)}
        due={await dueFiles(ctx, authorityId)}
        requested={await listErasures(ctx, authorityId, 'requested')}
        erased={await listErasures(ctx, authorityId, 'erased')}
        people={people}
        done={doneOf(c)}
        {...fault}
      />
    );
    return renderPage(c, siteOf(ctx, c), page, { status: fault.errors === undefined ? 200 : 422 });
  }

  app.get(base, ...reads, (c) => list(c));

  app.post(`${base}/find`, ...reads, async (c) => {
    const typed = (await textsOf(c)).reference ?? '';
    const reference = parseReference(typed);
    const found = reference && (await findCaseByReference(ctx, reference));
    if (found && found.authorityId === c.var.staff.authorityId) {
      return c.redirect(`${home(c)}/${found.caseId}`, 303);
    }
    const errors = { reference: translator(m, langOf(c))('unknown') };
    return list(c, { values: { reference: typed }, errors });
  });

  app.post(`${base}/ask`, ...asks, async (c) => {
    const files = await filesOf(ctx, c);
    const { authorityId, staffId: by } = c.var.staff;
    const values = await textsOf(c);
    const again = (errors?: FormErrors) => {
      const page = <AskPage authorityId={authorityId} files={files} values={values} errors={errors} />;
      return renderPage(c, siteOf(ctx, c), page, errors && { status: 422 });
    };
    if (files.length === 0) return c.redirect(home(c), 303);
    if (values.step !== 'ask') return again();
    const archive = {
      outcome: values.archive as ArchiveOutcome,
      instrument: values.instrument ?? '',
      day: readDate(values, 'day') ?? '',
    };
    const counts = { asked: 0, refused: 0 };
    for (const { caseId } of files) {
      try {
        await requestErasure(ctx, { authorityId, caseId, archive, by });
        counts.asked++;
      } catch (error) {
        const errors = fieldErrors(c, error);
        if (errors !== undefined) return again(errors);
        if (!isRefusal(error)) throw error;
        counts.refused++;
      }
    }
    return c.redirect(`${home(c)}?${search(counts)}`, 303);
  });

  app.post(`${base}/confirm`, ...reads, async (c) => {
    const files = await filesOf(ctx, c);
    const { authorityId, staffId: by } = c.var.staff;
    if (files.length === 0) return c.redirect(home(c), 303);
    if ((await textsOf(c)).step !== 'erase') {
      return renderPage(c, siteOf(ctx, c), <ConfirmPage authorityId={authorityId} files={files} />);
    }
    const counts = await forEach(files, 'erased', (caseId) =>
      confirmErasure(ctx, { authorityId, caseId, by }),
    );
    return c.redirect(`${home(c)}?${search(counts)}`, 303);
  });

  app.post(`${base}/withdraw`, ...asks, async (c) => {
    const files = await filesOf(ctx, c);
    const { authorityId, staffId: by } = c.var.staff;
    const counts = await forEach(files, 'withdrawn', (caseId) =>
      withdrawErasure(ctx, { authorityId, caseId, by }),
    );
    return c.redirect(`${home(c)}?${search(counts)}`, 303);
  });

  scheduleRoutes(ctx, app, home);

  app.get(`${base}/:case{case_[0-9a-z]{24}}`, ...reads, async (c) => {
    const { staff } = c.var;
    const found = await findCase(ctx, staff.authorityId, c.req.param('case'));
    if (found === undefined) throw new PlatformError('not-found', 'There is no such case.');
    const { caseId, reference } = found;
    const row = await erasureOf(ctx.store.read, staff.authorityId, caseId);
    const erasure: ListedErasure | undefined = row && { ...row, reference };
    const people = new Map((await listStaff(ctx, staff.authorityId)).map((one) => [one.staffId, one]));
    const examined = row?.state === 'erased' ? undefined : await examine(ctx, staff.authorityId, caseId);
    const props = { staff, caseId, reference, erasure, people, examined };
    return renderPage(c, siteOf(ctx, c), <FilePage {...props} />);
  });
  return app;
}

async function forEach(
  files: readonly NamedFile[],
  what: 'erased' | 'withdrawn',
  act: (caseId: string) => Promise<void>,
): Promise<Record<string, number>> {
  const counts = { [what]: 0, refused: 0 };
  for (const { caseId } of files) {
    try {
      await act(caseId);
      counts[what] = (counts[what] ?? 0) + 1;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      counts.refused++;
    }
  }
  return counts;
}

/** What says no to one file and lets the others go on. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof PlatformError &&
    ['conflict', 'not-independent', 'not-found', 'erased'].includes(error.code)
  );
}

function search(counts: Readonly<Record<string, number>>): string {
  return new URLSearchParams(
    Object.entries(counts).flatMap(([key, n]) => (n > 0 ? [[key, String(n)]] : [])),
  ).toString();
}

function doneOf(c: Staffed): Done {
  return Object.entries(DONE).flatMap(([name, key]) => {
    const n = c.req.query(name);
    return n !== undefined && /^\d{1,3}$/.test(n) ? [{ key, n: Number(n) }] : [];
  });
}

/** The files that a form names, at most those of one page; those of another authority do not exist. */
async function filesOf(ctx: Context, c: Staffed): Promise<NamedFile[]> {
  const { case: named } = await c.req.parseBody({ all: true });
  const ids = [...new Set([named].flat())].filter((id): id is string => typeof id === 'string');
  const files: NamedFile[] = [];
  for (const caseId of ids.slice(0, LISTED_MOST)) {
    const found = await findCase(ctx, c.var.staff.authorityId, caseId);
    if (found !== undefined) files.push({ caseId, reference: found.reference });
  }
  return files;
}
