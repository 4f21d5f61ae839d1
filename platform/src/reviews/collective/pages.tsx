import { Hono, type Context as HttpContext } from 'hono';
import { assertCan, can, csrfGuard, staffHref, staffOnly } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { formOf, LANG, langOf, siteOf, type WebEnv } from '../../http.ts';
import { type FormErrors, type FormValues, LANGS, renderPage, translator } from '../../web/index.ts';
import { namesOf } from '../systems.ts';
import { answerCollective } from './answer.ts';
import {
  findCollective,
  listCollectives,
  membersOf,
  publicCollective,
  representativeOf,
} from './collectives.ts';
import { collective } from './messages.ts';
import { openCollective } from './open.ts';
import { PublicCollectivePage } from './public-page.tsx';
import { CollectivePage, CollectivesPage } from './staff-pages.tsx';

type C = HttpContext<WebEnv>;
type More = { readonly values?: FormValues; readonly errors?: FormErrors };

const text = (values: FormValues, name: string) => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};

/** The public page of a collective request, and the desk's pages for opening and answering one. */
export function collectivePages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const guard = csrfGuard(ctx);
  const inside = staffOnly(ctx, 'own.read');
  const list = `${LANG}/staff/:authority/reviews/collectives` as const;
  const one = `${list}/:collective{col_[0-9a-z]{24}}` as const;

  app.get(`${LANG}/collective/:collective{col_[0-9a-z]{24}}`, async (c) => {
    const of = publicCollective(await findCollective(ctx.store.read, c.req.param('collective')));
    const system = (await namesOf(ctx, of.authorityId)).get(of.systemId);
    const site = siteOf(ctx, c, of.authorityId);
    return renderPage(c, site, <PublicCollectivePage of={of} system={system} />, { cache: 'public' });
  });

  app.get(list, inside, guard, (c) => listPage(ctx, c));
  app.post(list, staffOnly(ctx, 'counter.assist'), guard, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const values = await formOf(c);
    try {
      const { collectiveId } = await openCollective(ctx, {
        authorityId,
        systemId: text(values, 'system'),
        subject: text(values, 'subject'),
        lang: LANGS.find((known) => known === values.lang) ?? langOf(c),
        representative: text(values, 'representative'),
        by,
      });
      return c.redirect(`${hrefOf(c)}/${collectiveId}`, 303);
    } catch (error) {
      return listPage(ctx, c, { values, errors: refused(c, error) });
    }
  });

  app.get(one, inside, guard, (c) => onePage(ctx, c, c.req.param('collective')));
  app.post(one, staffOnly(ctx, 'collective.answer'), guard, async (c) => {
    const { authorityId, staffId: by } = c.var.staff;
    const collectiveId = c.req.param('collective');
    const values = await formOf(c);
    try {
      const lang = LANGS.find((known) => known === values.lang) ?? langOf(c);
      await answerCollective(ctx, { authorityId, collectiveId, text: text(values, 'text'), lang, by });
    } catch (error) {
      return onePage(ctx, c, collectiveId, { values, errors: refused(c, error) });
    }
    return c.redirect(`${hrefOf(c)}/${collectiveId}`, 303);
  });
  return app;
}

const hrefOf = (c: C) => `${staffHref(langOf(c), c.var.staff.authorityId, 'reviews')}/collectives`;

/** The words at the field that mends it; what no field mends is thrown on. */
function refused(c: C, error: unknown): FormErrors {
  if (!(error instanceof PlatformError)) throw error;
  const t = translator(collective, langOf(c));
  switch (error.details.where) {
    case 'subject':
    case 'text':
      return { [error.details.where]: t('needWords') };
    case 'subject:personal':
      return { subject: t('personal') };
    case 'text:personal':
      return { text: t('personal') };
    case 'representative':
      return { representative: t('needName') };
    case 'members':
    case 'answered':
      return { text: t('notYet') };
    default:
      throw error;
  }
}

function assertMayRead({ var: { staff } }: C): void {
  if (!can(staff, 'counter.assist')) assertCan(staff, 'collective.answer');
}

async function listPage(ctx: Context, c: C, more: More = {}): Promise<Response> {
  assertMayRead(c);
  const { staff } = c.var;
  const shown = (
    <CollectivesPage
      staff={staff}
      rows={await listCollectives(ctx, staff.authorityId)}
      systems={await namesOf(ctx, staff.authorityId)}
      {...more}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown, { status: more.errors === undefined ? 200 : 422 });
}

async function onePage(ctx: Context, c: C, collectiveId: string, more: More = {}): Promise<Response> {
  assertMayRead(c);
  const { staff } = c.var;
  const row = await findCollective(ctx.store.read, collectiveId, staff.authorityId);
  const members = await membersOf(ctx.store.read, row);
  const shown = (
    <CollectivePage
      staff={staff}
      row={row}
      representative={representativeOf(ctx, row)}
      system={(await namesOf(ctx, staff.authorityId)).get(row.system_id)}
      members={{ all: members.length, done: members.filter(({ status }) => status === 'decided').length }}
      {...more}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown, { status: more.errors === undefined ? 200 : 422 });
}
