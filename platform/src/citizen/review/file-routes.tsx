import type { Hono } from 'hono';
import { logAccess } from '../../access/index.ts';
import {
  chooseFiles,
  downloadOf,
  findFile,
  type Holder,
  handedFiles,
  statusOf,
} from '../../attachments/index.ts';
import { caseLife } from '../../cases/events.ts';
import type { Context } from '../../context.ts';
import { PlatformError } from '../../errors.ts';
import { formOf, LANG, type WebEnv } from '../../http.ts';
import { addFiles, bringDocuments, withdrawFile } from '../../reviews/index.ts';
import { LANGS } from '../../web/index.ts';
import { caseAddress, type PageContext, sessionOf } from '../env.ts';
import type { Tried } from './request-parts.tsx';

const UPLOADS = new RegExp(
  `^/(?:${LANGS.join('|')})/case/review/(?:files|rev_[0-9a-z]{24}/(?:documents|files))$`,
);

/** The addresses of an open file whose forms carry files. */
export const takesFiles = (path: string): boolean => UPLOADS.test(path);

/** The person's own set of chosen files, of the file that they have opened. */
export function holderOf(c: PageContext): Holder {
  const { authorityId, caseId } = sessionOf(c);
  return { authorityId, caseId, holder: 'citizen' };
}

export type ShowFollowed = (c: PageContext, tried: Tried) => Promise<Response>;

/** Files of a request that was sent: added, brought because they were asked for, read again, taken back. */
export function filePages(ctx: Context, app: Hono<WebEnv>, show: ShowFollowed): void {
  const request = `${LANG}/case/review/:review{rev_[0-9a-z]{24}}` as const;
  const to = (c: PageContext) => c.redirect(caseAddress(c, 'review/follow'), 303);

  const send = (form: 'documents' | 'files') => async (c: PageContext) => {
    const { values, staged, refused, removed } = await chooseFiles(ctx, c, holderOf(c));
    const reviewId = c.req.param('review') ?? '';
    const tried = { reviewId, form, values, errors: {}, refused };
    if (removed || refused.length > 0) return show(c, { ...tried, status: statusOf(refused) });
    const text = typeof values.documents === 'string' ? values.documents : '';
    const sent = { ...holderOf(c), reviewId, text, files: { holder: 'citizen' as const, files: staged } };
    try {
      await (form === 'documents' ? bringDocuments(ctx, sent) : addFiles(ctx, sent));
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.code === 'invalid-request')
        return show(c, { ...tried, fault: error.details.where, status: 422 });
      if (error.code !== 'conflict') throw error;
    }
    return to(c);
  };
  app.post(`${request}/documents`, send('documents'));
  app.post(`${request}/files`, send('files'));

  app.post(`${request}/withdraw`, async (c) => {
    const { file } = await formOf(c);
    const { authorityId, caseId } = sessionOf(c);
    try {
      await withdrawFile(ctx, {
        authorityId,
        caseId,
        reviewId: c.req.param('review'),
        file: typeof file === 'string' ? file : '',
      });
    } catch (error) {
      // Answered or taken back meanwhile: the page shows where it stands.
      if (!(error instanceof PlatformError) || !['conflict', 'not-found'].includes(error.code)) throw error;
    }
    return to(c);
  });

  app.get(`${LANG}/case/files/:file{fil_[0-9a-z]{24}}`, async (c) => {
    const { authorityId, caseId } = sessionOf(c);
    const file = findFile(handedFiles(await caseLife(ctx, authorityId, caseId)), c.req.param('file'));
    await logAccess(ctx, { authorityId, actor: 'citizen', action: 'file.read', caseId, purpose: 'own-case' });
    return downloadOf(ctx, { authorityId, caseId }, file);
  });
}
