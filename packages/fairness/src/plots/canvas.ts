import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Language, RIGHT_TO_LEFT } from './language.ts';

/** What every plot takes. Plots say nothing of their own: every word on them is given. */
export interface PlotSettings {
  /** In pixels; 680 by default. Under {@link NARROW} labels stand above what they name. */
  readonly width?: number;
  readonly language?: Language;
  /** The one message, as the accessible name. */
  readonly title: string;
}

/** Below this width, labels stand above what they name. */
export const NARROW = 480;
export const DEFAULT_WIDTH = 680;

/** Colours as custom properties, so that a page's theme (dark, forced colours) reaches them. */
export const INK = 'currentColor';
export const QUIET = 'var(--chart-quiet, #5d666d)';
export const FAINT = 'var(--chart-faint, #d9d4c8)';
export const ACCENT = 'var(--chart-accent, #0b5d46)';
export const ALARM = 'var(--chart-alarm, #8a3324)';

/** Where a plot's coordinates go: mirrored in languages read from right to left. */
export interface Canvas {
  readonly width: number;
  readonly narrow: boolean;
  readonly rtl: boolean;
  readonly title: string;
  /** Margins at the start and the end of a line, whichever side that is. */
  margins(start: number, end: number): { marginLeft: number; marginRight: number };
  /** Text anchors, whichever side the line starts on. */
  readonly start: 'start' | 'end';
  readonly end: 'start' | 'end';
  /** A distance along the line. */
  along(pixels: number): number;
  /** The side of an axis at the start of the line. */
  readonly startSide: 'left' | 'right';
  /** Text that keeps its own direction among numbers and other scripts. */
  text(words: string): string;
}

export function canvasOf({ width = DEFAULT_WIDTH, language = 'en', title }: PlotSettings): Canvas {
  const rtl = RIGHT_TO_LEFT.has(language);
  return {
    width,
    narrow: width < NARROW,
    rtl,
    title,
    margins: (start, end) =>
      rtl ? { marginLeft: end, marginRight: start } : { marginLeft: start, marginRight: end },
    start: rtl ? 'end' : 'start',
    end: rtl ? 'start' : 'end',
    along: (pixels) => (rtl ? -pixels : pixels),
    startSide: rtl ? 'right' : 'left',
    text: (words) => (rtl ? `\u2067${words}\u2069` : words),
  };
}

/**
 * Draws a plot on the server: an SVG element as text, without scripts, styles or anything to load. Its direction is always
 * left to right; what must be mirrored was mirrored in its coordinates.
 */
export function draw(canvas: Canvas, options: Plot.PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    ...options,
    width: canvas.width,
    className: 'chart',
    style: { background: 'none' },
    document: document as never,
  }) as unknown as SvgElement;
  for (const style of drawn.querySelectorAll('style')) style.remove();
  drawn.removeAttribute('style');
  for (const [name, value] of [
    ['xmlns', 'http://www.w3.org/2000/svg'],
    ['role', 'img'],
    ['direction', 'ltr'],
    ['font-size', '12'],
    ['font-family', 'inherit'],
  ] as const) {
    drawn.setAttribute(name, value);
  }
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = canvas.title;
  drawn.insertBefore(title, drawn.firstChild);
  for (const part of drawn.querySelectorAll('[aria-label],[aria-hidden]')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-hidden');
  }
  return drawn.outerHTML;
}

/** The little of the DOM that is used; there is no browser here. */
interface SvgElement {
  readonly outerHTML: string;
  readonly firstChild: unknown;
  querySelectorAll(selector: string): Iterable<{ remove(): void; removeAttribute(name: string): void }>;
  removeAttribute(name: string): void;
  setAttribute(name: string, value: string): void;
  insertBefore(node: unknown, before: unknown): void;
}

/** Text that reads from left to right wherever it stands: numbers, dates. */
export function isolate(words: string): string {
  return `\u2066${words}\u2069`;
}

/** A halo in the colour of the page, for text over marks. */
export const HALO = { stroke: 'var(--chart-paper, #fff)', strokeWidth: 4 } as const;

/** About how wide a text is at 12 pixels. */
export function widthOf(text: string): number {
  return text.length * 6.2;
}

/** Cuts a text that would be wider than `pixels`. */
export function fit(text: string, pixels: number): string {
  const most = Math.max(4, Math.floor(pixels / 6));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
