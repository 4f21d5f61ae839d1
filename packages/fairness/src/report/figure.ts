import type { PlotSettings } from '../plots/canvas.ts';
import { drawn, html, type Markup } from './markup.ts';
import type { Words } from './words.ts';

const WIDE = 720;
const SLIM = 328;

/** A picture in two widths, of which a page shows the one that fits; its message is its caption. */
export function figure(
  words: Words,
  title: string,
  draw: (settings: Required<PlotSettings>) => string,
): Markup {
  const at = (width: number) => drawn(draw({ width, language: words.language, title }));
  return html`<figure><figcaption>${title}</figcaption><div class="wide">${at(WIDE)}</div><div class="slim">${at(SLIM)}</div></figure>`;
}
