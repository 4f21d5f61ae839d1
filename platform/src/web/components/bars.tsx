import type { Child } from 'hono/jsx';
import { DECIMAL, formatDecimal } from '../format.ts';
import { LANGUAGES } from '../languages.ts';
import { webMessages } from '../messages-web.ts';
import { useId, useSite, useT } from '../site.ts';
import { padDecimals } from './table.tsx';

export interface Bar {
  readonly label: Child;
  /** Exact decimal string; the bar's length is the only place where it is rounded. */
  readonly value: string;
  /** The recorded fact behind it: "3 rooms". */
  readonly detail?: Child;
}

export interface BarsProps {
  readonly caption: Child;
  readonly captionHidden?: boolean;
  readonly bars: readonly Bar[];
  /** What a value below and above zero means, in words, above the bars. */
  readonly below: Child;
  readonly above: Child;
  /** Which side counts against the person: it is drawn hollow, the other solid. */
  readonly against?: 'below' | 'above';
  readonly unit?: string;
  /** Lines after the bars: the constant, the sum, the threshold. */
  readonly totals?: readonly { readonly label: Child; readonly value: string }[];
}

/** Half the drawing: bars start at the middle and reach at most this far. */
const HALF = 100;

/**
 * Contributions around a zero line, beside their numbers, in one table.
 *
 * In Arabic the drawing is mirrored: what is above zero grows towards the left, as the line is read.
 */
export function Bars(props: BarsProps) {
  const t = useT(webMessages);
  const { lang } = useSite();
  const id = useId('bars');
  const { bars, totals = [] } = props;
  const values = [...bars, ...totals].map((line) => line.value);
  const padding = padDecimals(values);
  const longest = Math.max(...bars.map((bar) => Math.abs(geometric(bar.value))), Number.MIN_VALUE);
  const figure = (value: string, index: number, sign: 'always' | 'auto') => (
    <span class="ta-num">
      {formatDecimal(lang, value, { sign, ...(props.unit ? { unit: props.unit } : {}) })}
      {padding[index]}
    </span>
  );
  return (
    <section class="ta-scroll" tabindex={0} aria-labelledby={id}>
      <table class="ta-table ta-bars">
        <caption id={id} class={props.captionHidden ? 'ta-hidden' : undefined}>
          {props.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('barLabel')}</th>
            <th scope="col" class="ta-bars-sides">
              <span>{props.below}</span>
              <span>{props.above}</span>
            </th>
            <th scope="col" class="ta-figures-head">
              {t('barEffect')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar, index) => (
            <tr>
              <th scope="row">
                {bar.label}
                {bar.detail && <small class="ta-note">{bar.detail}</small>}
              </th>
              <td class="ta-bars-drawing">
                <Drawing
                  share={geometric(bar.value) / longest}
                  mirrored={LANGUAGES[lang].page === 'rtl'}
                  {...(props.against ? { against: props.against } : {})}
                />
              </td>
              <td class="ta-figures-cell">{figure(bar.value, index, 'always')}</td>
            </tr>
          ))}
        </tbody>
        {totals.length > 0 && (
          <tfoot>
            {totals.map((total, index) => (
              <tr>
                <th scope="row" colspan={2}>
                  {total.label}
                </th>
                <td class="ta-figures-cell">{figure(total.value, bars.length + index, 'auto')}</td>
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </section>
  );
}

/** A length to draw; never shown, never computed with. */
function geometric(value: string): number {
  return DECIMAL.test(value) ? Number(value) : 0;
}

function Drawing(props: { share: number; mirrored: boolean; against?: 'below' | 'above' }) {
  const above = props.share >= 0;
  const length = Math.max(Math.abs(props.share) * HALF, props.share === 0 ? 0 : 1);
  const towardsRight = above !== props.mirrored;
  const hollow = props.against === (above ? 'above' : 'below');
  return (
    <svg viewBox="0 0 204 20" class="ta-bar" aria-hidden="true" focusable="false" preserveAspectRatio="none">
      <rect
        class={hollow ? 'ta-bar-hollow' : 'ta-bar-solid'}
        x={round(towardsRight ? 102 : 102 - length)}
        y="4"
        width={round(length)}
        height="12"
      />
      <path class="ta-bar-zero" d="M102 0v20" />
    </svg>
  );
}

function round(length: number): string {
  return length.toFixed(2);
}
