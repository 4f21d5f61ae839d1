import type { Hono, Context as HttpContext } from 'hono';
import type { Staff } from '../access/index.ts';
import { chooseFiles, stagedFiles, statusOf } from '../attachments/index.ts';
import type { CitizenCase } from '../citizen/case-view.ts';
import { sendRequest } from '../citizen/review/requests.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { formOf, langOf, type WebEnv } from '../http.ts';
import { joinCollective } from '../reviews/collective/index.ts';
import {
  addFiles,
  bringDocuments,
  contestQualification,
  isKind,
  reviewsOfCase,
  withdrawFile,
} from '../reviews/index.ts';
import type { renderPage } from '../web/index.ts';
import { giveFile, holderOf } from './file-routes.tsx';
import { readReview } from './review-answers.ts';
import { CounterReviewPage, canAsk, ReadBackPage } from './review-page.tsx';
import type { Visit } from './visits.ts';

export type C = HttpContext<WebEnv>;
export type Node = Parameters<typeof renderPage>[2];

export type Status = 200 | 413 | 422 | 429;

export interface Open {
  readonly staff: Staff;
  readonly visit: Visit;
  readonly of: CitizenCase;
}

/** What the pages of an open visit are made with. */
export interface Tools {
  readonly at: string;
  readonly within: (work: (c: C, open: Open) => Promise<Response>) => (c: C) => Promise<Response>;
  readonly page: (c: C, node: Node, status?: Status) => Promise<Response>;
  readonly done: (c: C, visit: Visit) => Response;
}

/** The person's request, with files: written, sent, added to, taken back, as an agent does it with them. */
export function reviewPages(ctx: Context, app: Hono<WebEnv>, { at, within, page, done }: Tools): void {
  const pendingOf = async ({ of }: Open) =>
    (await reviewsOfCase(ctx, of.authorityId, of.caseId)).find(({ answered }) => answered === undefined);
  app.get(
    `${at}/review`,
    within(async (c, open) => {
      const staged = await stagedFiles(ctx, holderOf(open.visit));
      return page(c, <CounterReviewPage {...open} pending={await pendingOf(open)} staged={staged} />);
    }),
  );
  const told = (
    field: string,
    tell: (open: Open, reviewId: string, text: string, kind: unknown) => Promise<unknown>,
  ) =>
    within(async (c, open) => {
      const values = await formOf(c);
      const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
      try {
        await tell(open, text('review'), text(field), values.kind);
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        return page(c, <CounterReviewPage {...open} pending={await pendingOf(open)} wordless />, 422);
      }
      return done(c, open.visit);
    });
  const sent = (send: typeof bringDocuments | typeof addFiles) =>
    within(async (c, open) => {
      const { values, staged, refused, removed } = await chooseFiles(ctx, c, holderOf(open.visit));
      const again = async (status: Status, wordless = false) => {
        const props = { ...open, values, staged, refused, wordless, pending: await pendingOf(open) };
        return page(c, <CounterReviewPage {...props} />, status);
      };
      if (removed || refused.length > 0) return again(statusOf(refused));
      const { authorityId, caseId, staffId } = open.visit;
      const [reviewId, text] = [values.review, values.text].map((one) =>
        typeof one === 'string' ? one : '',
      );
      const files = { holder: holderOf(open.visit).holder, files: staged };
      try {
        await send(ctx, { authorityId, caseId, staffId, files, reviewId: reviewId ?? '', text: text ?? '' });
      } catch (error) {
        if (!(error instanceof PlatformError) || error.code !== 'invalid-request') throw error;
        return again(422, true);
      }
      return done(c, open.visit);
    });
  app.post(`${at}/review/documents`, sent(bringDocuments));
  app.post(`${at}/review/files`, sent(addFiles));
  app.post(
    `${at}/review/withdraw`,
    within(async (c, { visit }) => {
      const values = await formOf(c);
      const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
      const { authorityId, caseId, staffId } = visit;
      await withdrawFile(ctx, { authorityId, caseId, staffId, reviewId: text('review'), file: text('file') });
      return done(c, visit);
    }),
  );
  app.get(
    `${at}/review/files/:file{fil_[0-9a-z]{24}}`,
    within((c, { visit, of }) => giveFile(ctx, visit, of, c.req.param('file'))),
  );
  app.post(
    `${at}/review/collective`,
    within(async (c, open) => {
      const { collective } = await formOf(c);
      const { authorityId, caseId, staffId } = open.visit;
      try {
        await joinCollective(ctx, {
          authorityId,
          caseId,
          staffId,
          decisionId: open.of.present.row.decision_id,
          collectiveId: typeof collective === 'string' ? collective.trim().toLowerCase() : '',
          ground: 'want-person',
          text: '',
        });
      } catch (error) {
        if (!(error instanceof PlatformError) || error.status >= 500) throw error;
        return page(c, <CounterReviewPage {...open} wordless />, 422);
      }
      return done(c, open.visit);
    }),
  );
  app.post(
    `${at}/review/contest`,
    told('words', ({ visit: { authorityId, caseId, staffId } }, reviewId, text, kind) =>
      contestQualification(ctx, {
        authorityId,
        caseId,
        reviewId,
        text,
        kind: isKind(kind) ? kind : undefined,
        staffId,
      }),
    ),
  );
  app.post(
    `${at}/review`,
    within(async (c, open) => {
      const { values, staged, refused, removed } = await chooseFiles(ctx, c, holderOf(open.visit));
      const shown = { ...open, values, staged, refused };
      if (!canAsk(open.of)) return page(c, <CounterReviewPage {...open} />, 422);
      if (values.do === 'change' || removed || refused.length > 0)
        return page(c, <CounterReviewPage {...shown} />, statusOf(refused));
      const read = readReview(values, open.of.record);
      if ('faults' in read) return page(c, <CounterReviewPage {...shown} faults={read.faults} />, 422);
      if (values.do !== 'send') return page(c, <ReadBackPage {...shown} answers={read.answers} />);
      await sendRequest(ctx, open.of, read.answers, {
        lang: langOf(c),
        staffId: open.staff.staffId,
        files: { holder: holderOf(open.visit).holder, files: staged },
      });
      return done(c, open.visit);
    }),
  );
}
