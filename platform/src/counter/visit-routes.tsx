import type { Hono } from 'hono';
import { publicOrigin, staffOnly } from '../access/index.ts';
import { staffHref } from '../access/nav.tsx';
import { readCitizenCase } from '../citizen/case-view.ts';
import { representativesOf } from '../citizen/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { formOf, langOf, siteOf, type WebEnv } from '../http.ts';
import { issueCode, recordNotification } from '../notices/index.ts';
import { reviewsOfCase } from '../reviews/index.ts';
import { type FormValues, renderPage } from '../web/index.ts';
import { AloudPage } from './aloud-page.tsx';
import { CodeLetter, CodePage } from './code-pages.tsx';
import { correctDeath, recordDeath } from './death.ts';
import { type DeathFaults, readDeath } from './death-part.tsx';
import { NotificationPage, readNotification } from './notification-page.tsx';
import { endRepresentative, recordRepresentative } from './representatives.ts';
import {
  type RepresentativeFaults,
  RepresentativesPage,
  readRepresentative,
} from './representatives-page.tsx';
import { type C, type Node, type Open, reviewPages, type Status, type Tools } from './review-routes.tsx';
import { visitHref } from './shell.tsx';
import { endVisit, readVisit, type Visit } from './visits.ts';

/** The pages of an open visit. A visit that is over, or somebody else's, leads back to the first page. */
export function visitPages(ctx: Context, app: Hono<WebEnv>, at: string): void {
  const within = (work: (c: C, open: Open) => Promise<Response>) => async (c: C) => {
    const staff = c.get('staff');
    const visit = await readVisit(ctx, staff, c.req.param('visit') ?? '');
    if (visit === undefined)
      return c.redirect(`${staffHref(langOf(c), staff.authorityId, 'counter')}?ended`, 303);
    return work(c, { staff, visit, of: await readCitizenCase(ctx, visit.authorityId, visit.caseId) });
  };
  const page = (c: C, node: Node, status: Status = 200) => renderPage(c, siteOf(ctx, c), node, { status });
  const done = (c: C, visit: Visit) => c.redirect(`${visitHref(langOf(c), visit, 'aloud')}?done`, 303);

  app.get(
    at,
    within(async (c, { visit, of }) => {
      const reviews = await reviewsOfCase(ctx, of.authorityId, of.caseId);
      const isDone = c.req.query('done') !== undefined;
      return page(c, <AloudPage visit={visit} of={of} reviews={reviews} done={isDone} />);
    }),
  );
  app.post(
    `${at}/end`,
    within(async (c, { visit, staff }) => {
      await endVisit(ctx, visit);
      return c.redirect(staffHref(langOf(c), staff.authorityId, 'counter'), 303);
    }),
  );

  app.get(
    `${at}/code`,
    within(async (c, open) => page(c, <CodePage {...open} />)),
  );
  app.post(
    `${at}/code`,
    staffOnly(ctx, 'notice.issue'),
    within(async (c, { visit, of, staff }) => {
      const by = { kind: 'staff', staffId: staff.staffId } as const;
      const issued = await issueCode(ctx, { authorityId: of.authorityId, caseId: of.caseId, by });
      const address = `${publicOrigin(ctx, c)}/${langOf(c)}/case`;
      return page(c, <CodeLetter visit={visit} of={of} issued={issued} address={address} />);
    }),
  );

  app.get(
    `${at}/notification`,
    within(async (c, open) => page(c, <NotificationPage {...open} />)),
  );
  app.post(
    `${at}/notification`,
    staffOnly(ctx, 'notification.record'),
    within(async (c, open) => {
      const values = await formOf(c);
      const read = readNotification(values);
      if ('faults' in read)
        return page(c, <NotificationPage {...open} values={values} faults={read.faults} />, 422);
      try {
        await recordNotification(ctx, {
          authorityId: open.of.authorityId,
          caseId: open.of.caseId,
          decisionId: open.of.present.row.decision_id,
          ...read.given,
          by: { kind: 'staff', staffId: open.staff.staffId },
        });
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        const field = error.details.where === 'proof.on' ? 'proofOn' : 'date';
        return page(c, <NotificationPage {...open} values={values} faults={{ [field]: 'badDate' }} />, 422);
      }
      return done(c, open.visit);
    }),
  );
  reviewPages(ctx, app, { at, within, page, done });
  representativePages(ctx, app, { at, within, page, done });
}

function representativePages(ctx: Context, app: Hono<WebEnv>, { at, within, page, done }: Tools): void {
  const show = (
    c: C,
    open: Open,
    more: { values?: FormValues; faults?: RepresentativeFaults; deathFaults?: DeathFaults } = {},
  ) => {
    const active = representativesOf(open.of.life, ctx.clock.now());
    return page(
      c,
      <RepresentativesPage {...open} active={active} {...more} />,
      more.faults || more.deathFaults ? 422 : 200,
    );
  };
  app.get(
    `${at}/representatives`,
    within((c, open) => show(c, open)),
  );
  app.post(
    `${at}/representatives`,
    within(async (c, open) => {
      const values = await formOf(c);
      const read = readRepresentative(values);
      if ('faults' in read) return show(c, open, { values, faults: read.faults });
      try {
        await recordRepresentative(ctx, open.visit, read.given);
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        return show(c, open, {
          values,
          faults: {
            [error.details.where === 'capacity' ? 'capacity' : 'until']:
              error.details.where === 'capacity' ? 'needCapacity' : 'needUntil',
          },
        });
      }
      return done(c, open.visit);
    }),
  );
  app.post(
    `${at}/representatives/death`,
    within(async (c, open) => {
      const values = await formOf(c);
      const read = readDeath(values);
      if ('faults' in read) return show(c, open, { values, deathFaults: read.faults });
      try {
        await recordDeath(ctx, open.visit, read.given);
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        return show(c, open, { values, deathFaults: { on: 'needDay' } });
      }
      return c.redirect(visitHref(langOf(c), open.visit, 'representatives'), 303);
    }),
  );
  app.post(
    `${at}/representatives/death/correct`,
    within(async (c, { visit }) => {
      await correctDeath(ctx, visit);
      return done(c, visit);
    }),
  );
  app.post(
    `${at}/representatives/end`,
    within(async (c, { visit }) => {
      const { representative } = await formOf(c);
      await endRepresentative(ctx, visit, typeof representative === 'string' ? representative : '');
      return done(c, visit);
    }),
  );
}
