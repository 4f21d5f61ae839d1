import type { Page } from 'playwright-core';
import { startSession } from '../src/access/sessions.ts';
import { stageFile } from '../src/attachments/index.ts';
import type { Context } from '../src/context.ts';
import { addFiles } from '../src/reviews/index.ts';
import { reviewPages } from '../src/reviews/pages.tsx';
import { assets } from '../src/web/index.ts';
import type { TestBrowser } from './browser.ts';
import { pdf } from './files-to-attach.ts';
import { AUTHORITY_A, makePlatform } from './make-platform.ts';
import { reviewOfRefusal, staffMember } from './reviewing.ts';
import { webApp } from './web-app.ts';

/** One request that waits for a reviewer and one with its reviewer. */
export async function world() {
  const p = await makePlatform();
  const first = await staffMember(p, 'first', ['reviewer'], { password: null });
  const second = await staffMember(p, 'second', ['reviewer'], { password: null });
  const supervisor = await staffMember(p, 'supervisor', ['supervisor'], { password: null });
  const open = await reviewOfRefusal(p, { by: first });
  const review = await reviewOfRefusal(p, {
    by: first,
    to: second,
    supervisor,
    corrections: { rooms: 2, earnings: 4_000, vehicle: false },
  });
  const of = { authorityId: AUTHORITY_A, caseId: review.caseId, holder: 'citizen' } as const;
  const files = [await stageFile(p, of, { name: 'fiche de paie.pdf', type: 'pdf', bytes: pdf() })];
  await addFiles(p, { ...of, reviewId: review.reviewId, text: 'Le bulletin.', files: { ...of, files } });
  return { p, first, second, supervisor, open, review, app: webApp(reviewPages(p)).route('/', assets) };
}

/** A fresh browser in which this member of staff is signed in. */
export async function as(
  ctx: Context,
  browser: TestBrowser,
  origin: string,
  staffId: string,
  options: Parameters<TestBrowser['open']>[0],
): Promise<Page> {
  const page = await browser.open(options);
  const value = await ctx.store.transact(async (tx) =>
    startSession(tx, ctx.clock.now(), AUTHORITY_A, staffId),
  );
  await page.context().addCookies([{ name: 'taalil-staff', value, url: origin }]);
  return page;
}
