import type { Context as HttpContext } from 'hono';
import { Hono } from 'hono';
import { csrfGuard, findStaff, listStaff, staffHref, staffOnly, type WebEnv } from '../access/index.ts';
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
import { grantDelegation, listDelegations, revokeDelegation } from './delegations.ts';
import { m } from './messages.ts';
import { OwnPage } from './own-page.tsx';
import { type FormState, PeoplePage, PersonPage } from './people-page.tsx';
import { legalDay } from './validity.ts';

async function typedValues(c: HttpContext): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The fault of a form as its field shows it; anything else is thrown on. */
function fieldErrors(lang: Lang, form: FormState['form'], error: unknown): FormErrors {
  const where =
    error instanceof PlatformError && error.code === 'invalid-request' ? error.details.where : undefined;
  const t = translator(m, lang);
  switch (where) {
    case 'from':
      return { [`${form}-from`]: t('badFrom') };
    case 'to':
      return { [`${form}-to`]: t(form === 'certificate' ? 'badCertificateTo' : 'badTo') };
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

/** The people of an authority for their supervisor, and everybody's own page. */
export function trainingPages(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const guard = csrfGuard(ctx);
  const people = `${LANG}/staff/:authority/people` as const;
  const person = `${people}/:staff{stf_[0-9a-z]{24}}` as const;
  const today = () => legalDay(ctx.clock.now());

  async function personPage(c: HttpContext<WebEnv>, staffId: string, state?: FormState): Promise<Response> {
    const { authorityId, staffId: viewer } = c.var.staff;
    const shown = (
      <PersonPage
        person={await findStaff(ctx, authorityId, staffId)}
        viewer={viewer}
        certificates={await listCertificates(ctx, authorityId, { staffId })}
        delegations={await listDelegations(ctx, authorityId, { staffId })}
        systems={await listSystemIds(ctx.store.read, authorityId)}
        today={today()}
        state={state}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown, { status: state === undefined ? 200 : 422 });
  }

  /** Runs what a form asks for, then shows the person; a fault of the form shows it again with what was typed. */
  async function recorded(
    c: HttpContext<WebEnv>,
    staffId: string,
    form: FormState['form'],
    act: (values: FormValues) => Promise<unknown>,
  ): Promise<Response> {
    const values = await typedValues(c);
    try {
      await act(values);
    } catch (error) {
      return personPage(c, staffId, { form, values, errors: fieldErrors(langOf(c), form, error) });
    }
    return c.redirect(`${staffHref(langOf(c), c.var.staff.authorityId, 'people')}/${staffId}`, 303);
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

  app.get(person, staffOnly(ctx, 'staff.manage'), guard, (c) => personPage(c, c.req.param('staff')));
  // After a fault the browser stands at the form's address: the language switch leads from there back to the person.
  app.get(`${person}/:form{certificates|delegations}`, staffOnly(ctx, 'staff.manage'), guard, (c) =>
    personPage(c, c.req.param('staff')),
  );

  app.post(`${person}/certificates`, staffOnly(ctx, 'certificate.grant'), guard, async (c) => {
    const staffId = c.req.param('staff');
    const { authorityId, staffId: by } = c.var.staff;
    return recorded(c, staffId, 'certificate', (values) => {
      const from = readDate(values, 'certificate-from') ?? '';
      const to = readDate(values, 'certificate-to') ?? '';
      return grantCertificate(ctx, { authorityId, staffId, from, to, by });
    });
  });

  app.post(`${person}/delegations`, staffOnly(ctx, 'delegation.grant'), guard, async (c) => {
    const staffId = c.req.param('staff');
    const { authorityId, staffId: by } = c.var.staff;
    const systems = await listSystemIds(ctx.store.read, authorityId);
    return recorded(c, staffId, 'delegation', async (values) => {
      const act = ACTS.find((known) => known === values.act);
      const scope = ['all', ...systems].find((known) => known === values.scope);
      if (act === undefined)
        throw new PlatformError('invalid-request', 'There is no such act.', { where: 'act' });
      if (scope === undefined) {
        throw new PlatformError('invalid-request', 'There is no such system here.', { where: 'scope' });
      }
      const from = readDate(values, 'delegation-from') ?? '';
      const to = readDate(values, 'delegation-to') ?? '';
      const instrument = String(values.instrument ?? '');
      return grantDelegation(ctx, { authorityId, staffId, act, scope, from, to, instrument, by });
    });
  });

  app.post(
    `${person}/:form{certificates|delegations}/withdraw`,
    staffOnly(ctx, 'staff.manage'),
    guard,
    async (c) => {
      const { authorityId, staffId: by } = c.var.staff;
      const id = (await typedValues(c)).id ?? '';
      if (c.req.param('form') === 'certificates')
        await revokeCertificate(ctx, { authorityId, certificateId: id, by });
      else await revokeDelegation(ctx, { authorityId, delegationId: id, by });
      return c.redirect(`${staffHref(langOf(c), authorityId, 'people')}/${c.req.param('staff')}`, 303);
    },
  );

  app.get(`${LANG}/staff/:authority/me`, staffOnly(ctx, 'own.read'), guard, async (c) => {
    const { authorityId, staffId } = c.var.staff;
    const shown = (
      <OwnPage
        certificates={await listCertificates(ctx, authorityId, { staffId })}
        delegations={await listDelegations(ctx, authorityId, { staffId })}
        today={today()}
      />
    );
    return renderPage(c, siteOf(ctx, c), shown);
  });
  return app;
}
