import type { Context as HttpContext } from 'hono';
import { Hono } from 'hono';
import {
  csrfGuard,
  findStaff,
  listStaff,
  type Staff,
  staffHref,
  staffOnly,
  type WebEnv,
} from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { LANG, langOf, siteOf } from '../http.ts';
import { listSystemIds } from '../register/systems.ts';
import {
  type FormErrors,
  type FormValues,
  type Lang,
  readDate,
  renderPage,
  translator,
} from '../web/index.ts';
import { ACTS } from './acts.ts';
import { grantCertificate, listCertificates, revokeCertificate } from './certificates.ts';
import { coursePages } from './course-routes.tsx';
import { grantDelegation, listDelegations, revokeDelegation } from './delegations.ts';
import { type GrantForm, GrantPage } from './grant-pages.tsx';
import { m } from './messages.ts';
import { OwnPage } from './own-page.tsx';
import { PeoplePage, PersonPage } from './people-page.tsx';
import { legalDay } from './validity.ts';

/** The fault of a form as its field shows it; anything else is thrown on. */
function fieldErrors(lang: Lang, form: GrantForm, error: unknown): FormErrors {
  const where =
    error instanceof PlatformError && error.code === 'invalid-request' ? error.details.where : undefined;
  const t = translator(m, lang);
  switch (where) {
    case 'from':
      return { from: t('badFrom') };
    case 'to':
      return { to: t(form === 'certificate' ? 'badCertificateTo' : 'badTo') };
    case 'act':
      return { act: t('badAct') };
    case 'scope':
      return { scope: t('badScope') };
    case 'instrument':
      return { instrument: t('badInstrument') };
    default:
      throw error;
  }
}

async function typedValues(c: HttpContext): Promise<FormValues> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Records what a form asks for. Throws `invalid-request` with the field in `where`, or what recording throws. */
async function grant(
  ctx: Context,
  form: GrantForm,
  by: Staff,
  staffId: string,
  values: FormValues,
): Promise<void> {
  const common = {
    authorityId: by.authorityId,
    staffId,
    by: by.staffId,
    from: readDate(values, 'from') ?? '',
    to: readDate(values, 'to') ?? '',
  };
  if (form === 'certificate') {
    await grantCertificate(ctx, common);
    return;
  }
  const act = ACTS.find((known) => known === values.act);
  if (act === undefined)
    throw new PlatformError('invalid-request', 'There is no such act.', { where: 'act' });
  const systems = await listSystemIds(ctx.store.read, by.authorityId);
  const scope = ['all', ...systems].find((known) => known === values.scope);
  if (scope === undefined) {
    throw new PlatformError('invalid-request', 'There is no such system here.', { where: 'scope' });
  }
  await grantDelegation(ctx, { ...common, act, scope, instrument: String(values.instrument ?? '') });
}

/** The people of an authority for their supervisor, and everybody's own page. */
export function trainingPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const guard = csrfGuard(ctx);
  const people = `${LANG}/staff/:authority/people` as const;
  const person = `${people}/:staff{stf_[0-9a-z]{24}}` as const;
  const today = () => legalDay(ctx.clock.now());
  const personHref = (c: HttpContext<WebEnv>) =>
    `${staffHref(langOf(c), c.var.staff.authorityId, 'people')}/${c.req.param('staff')}`;

  async function grantPage(
    c: HttpContext<WebEnv>,
    form: GrantForm,
    fault: { values?: FormValues; errors?: FormErrors } = {},
  ): Promise<Response> {
    const { authorityId } = c.var.staff;
    const shown = (
      <GrantPage
        form={form}
        person={await findStaff(ctx, authorityId, c.req.param('staff') ?? '')}
        systems={await listSystemIds(ctx.store.read, authorityId)}
        today={today()}
        {...fault}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: fault.errors === undefined ? 200 : 422 });
  }

  app.get(people, staffOnly(ctx, 'staff.manage'), guard, async (c) => {
    const { authorityId } = c.var.staff;
    const shown = (
      <PeoplePage
        authorityId={authorityId}
        people={await listStaff(ctx, authorityId)}
        certificates={await listCertificates(ctx, authorityId)}
        delegations={await listDelegations(ctx, authorityId)}
        today={today()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  app.get(person, staffOnly(ctx, 'staff.manage'), guard, async (c) => {
    const { authorityId, staffId: viewer } = c.var.staff;
    const staffId = c.req.param('staff');
    const shown = (
      <PersonPage
        person={await findStaff(ctx, authorityId, staffId)}
        viewer={viewer}
        certificates={await listCertificates(ctx, authorityId, { staffId })}
        delegations={await listDelegations(ctx, authorityId, { staffId })}
        today={today()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });

  for (const form of ['certificate', 'delegation'] as const) {
    const path = `${person}/${form}s` as const;
    const allowed = staffOnly(ctx, `${form}.grant`);

    app.get(path, allowed, guard, (c) => grantPage(c, form));

    app.post(path, allowed, guard, async (c) => {
      const values = await typedValues(c);
      try {
        await grant(ctx, form, c.var.staff, c.req.param('staff'), values);
      } catch (error) {
        return grantPage(c, form, { values, errors: fieldErrors(langOf(c), form, error) });
      }
      return c.redirect(personHref(c), 303);
    });

    app.post(`${path}/withdraw`, allowed, guard, async (c) => {
      const { authorityId, staffId: by } = c.var.staff;
      const { id } = await typedValues(c);
      if (form === 'certificate')
        await revokeCertificate(ctx, { authorityId, certificateId: String(id), by });
      else await revokeDelegation(ctx, { authorityId, delegationId: String(id), by });
      return c.redirect(personHref(c), 303);
    });
  }

  app.get(`${LANG}/staff/:authority/me`, staffOnly(ctx, 'own.read'), guard, async (c) => {
    const { authorityId, staffId } = c.var.staff;
    const shown = (
      <OwnPage
        staff={c.var.staff}
        certificates={await listCertificates(ctx, authorityId, { staffId })}
        delegations={await listDelegations(ctx, authorityId, { staffId })}
        today={today()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });
  app.route('/', coursePages(ctx));
  return app;
}
