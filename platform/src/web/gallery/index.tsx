import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { renderPage } from '../render.ts';
import type { Site } from '../site.ts';
import { CasePage } from './case.tsx';
import { FormPage } from './form.tsx';
import { SampleLetter } from './letter.tsx';
import { DeskPage } from './staff.tsx';

const SAMPLES: Readonly<Record<string, () => Child>> = {
  '': () => <CasePage />,
  form: () => <FormPage />,
  staff: () => <DeskPage />,
  letter: () => <SampleLetter />,
};

/**
 * Every component with realistic text, at `/{lang}/gallery`, `/form`, `/staff` and `/letter`.
 *
 * Mount it in demonstrations only. @param siteOf the site of the request, as for any other page.
 */
export function gallery(siteOf: (c: Context) => Site | Promise<Site>): Hono {
  return new Hono().get('/:lang{ar|zgh|fr|en}/gallery/:sample?', async (c) => {
    const sample = SAMPLES[c.req.param('sample') ?? ''];
    return sample ? renderPage(c, await siteOf(c), sample()) : c.notFound();
  });
}
