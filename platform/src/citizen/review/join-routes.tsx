import type { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { formOf, LANG, langOf, type WebEnv } from '../../http.ts';
import {
  findCollective,
  joinCollective,
  publicCollective,
  representativeOf,
} from '../../reviews/collective/index.ts';
import { collective } from '../../reviews/collective/messages.ts';
import { renderPage, translator } from '../../web/index.ts';
import { reviewPending } from '../decision-page.tsx';
import { caseAddress, caseOf, type PageContext, siteOfCase } from '../env.ts';
import { TEXT_MOST } from './answers.ts';
import { JoinPage } from './join-page.tsx';

const NUMBER = /^col_[0-9a-z]{24}$/;

/** Joining a collective request from one's own open file: the person's own mandate, given by nobody else. */
export function joinPages(ctx: Context, app: Hono<WebEnv>): void {
  const at = `${LANG}/case/collective` as const;
  const show = async (c: PageContext, props: Parameters<typeof JoinPage>[0]) => {
    const of = await caseOf(ctx, c);
    return renderPage(c, siteOfCase(ctx, c, of), <JoinPage {...props} />, {
      status: props.errors === undefined ? 200 : 422,
    });
  };

  app.get(at, (c) => show(c, {}));
  app.post(at, async (c) => {
    const of = await caseOf(ctx, c);
    if (of.waiting) return c.redirect(caseAddress(c, 'decision'), 303);
    if (reviewPending(of.life, of.present.row.decision_id))
      return c.redirect(caseAddress(c, 'review/follow'), 303);
    const values = await formOf(c);
    const typed = (name: string) => (typeof values[name] === 'string' ? values[name].trim() : '');
    const collectiveId = typed('collective').toLowerCase();
    const unknown = { values, errors: { collective: translator(collective, langOf(c))('joinUnknown') } };
    try {
      if (!NUMBER.test(collectiveId)) return show(c, unknown);
      const row = await findCollective(ctx.store.read, collectiveId, of.authorityId);
      if (row.status !== 'open' || row.system_id !== of.present.row.system_id) return show(c, unknown);
      if (typed('step') !== 'join') {
        return show(c, { found: { of: publicCollective(row), representative: representativeOf(ctx, row) } });
      }
      await joinCollective(ctx, {
        authorityId: of.authorityId,
        caseId: of.caseId,
        decisionId: of.present.row.decision_id,
        collectiveId,
        ground: 'want-person',
        text: typed('text').slice(0, TEXT_MOST),
      });
    } catch (error) {
      if (!(error instanceof PlatformError) || error.status >= 500) throw error;
      return show(c, unknown);
    }
    return c.redirect(caseAddress(c, 'review/sent'), 303);
  });
}
