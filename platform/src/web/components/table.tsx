import type { Child } from 'hono/jsx';
import { formatDecimal } from '../format.ts';
import type { Lang } from '../languages.ts';
import { webMessages } from '../messages-web.ts';
import { useId, useSite, useT } from '../site.ts';
import { Icon } from './icons.tsx';

export interface Column<Row> {
  readonly header: Child;
  /** What the cell shows. For figures give `decimal` instead. */
  readonly cell?: (row: Row) => Child;
  /** A decimal string, aligned at the decimal mark with the rest of the column; undefined leaves the cell empty. */
  readonly decimal?: (row: Row) => string | undefined;
  /** `always` shows + too. */
  readonly sign?: 'auto' | 'always';
  /** This column names the row. */
  readonly rowHeader?: boolean;
  /** The header is a link that sorts; `direction` when the table is sorted by it now. */
  readonly sort?: { readonly href: string; readonly direction?: 'ascending' | 'descending' | undefined };
}

export interface TableProps<Row> {
  readonly caption: Child;
  /** Keep the caption for screen readers only, when a heading above says the same. */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Shown instead of the table when there is no row: an `<EmptyState>`. */
  readonly empty?: Child;
  /** Smaller rows, for staff. */
  readonly dense?: boolean;
  /**
   * Rows can be walked with j, k and Enter: the first link of a row opens it. Add `scripts={['queue.js']}`. On a phone each row is a
   * list of its cells, each under its header.
   */
  readonly queue?: boolean;
}

/** A table in a container that scrolls sideways by itself and can be reached with the keyboard. */
export function Table<Row>(props: TableProps<Row>) {
  const t = useT(webMessages);
  const { lang } = useSite();
  const { columns, rows } = props;
  if (rows.length === 0 && props.empty) return <>{props.empty}</>;
  const cells = columns.map((column) => columnCells(column, rows, lang));
  const caption = useId('table');
  return (
    <>
      {props.queue && <p class="ta-keys">{t('keys', { kbd: (keys) => <kbd>{keys}</kbd> })}</p>}
      <section class="ta-scroll" tabindex={0} aria-labelledby={caption}>
        <table class={`ta-table${props.dense ? ' ta-dense' : ''}`} data-queue={props.queue ? '' : undefined}>
          <caption id={caption} class={props.captionHidden ? 'ta-hidden' : undefined}>
            {props.caption}
          </caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeaderCell column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((_, r) => (
              <tr>
                {columns.map((column, c) =>
                  column.rowHeader ? (
                    <th scope="row">{cells[c]?.[r]}</th>
                  ) : (
                    <td class={column.decimal ? 'ta-figures-cell' : undefined}>
                      {props.queue && <span class="ta-cell-label">{column.header}</span>}
                      {props.queue ? <span>{cells[c]?.[r]}</span> : cells[c]?.[r]}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function HeaderCell<Row>({ column }: { column: Column<Row> }) {
  const className = column.decimal ? 'ta-figures-head' : undefined;
  if (!column.sort) {
    return (
      <th scope="col" class={className}>
        {column.header}
      </th>
    );
  }
  const { direction, href } = column.sort;
  return (
    <th scope="col" class={className} aria-sort={direction ?? 'none'}>
      <a href={href}>
        {column.header}
        <Icon name={direction ?? 'sortable'} />
      </a>
    </th>
  );
}

function columnCells<Row>(column: Column<Row>, rows: readonly Row[], lang: Lang): Child[] {
  const { decimal } = column;
  if (!decimal) return rows.map((row) => column.cell?.(row));
  const values = rows.map((row) => decimal(row));
  const padded = padDecimals(values);
  return values.map((value, index) =>
    value === undefined ? null : (
      <span class="ta-num">
        {formatDecimal(lang, value, { sign: column.sign ?? 'auto' })}
        {padded[index]}
      </span>
    ),
  );
}

const FIGURE_SPACE = '\u2007';
const PUNCTUATION_SPACE = '\u2008';

/** The blank figures that each value needs at its end to have the decimal marks of a column in line. */
export function padDecimals(values: readonly (string | undefined)[]): readonly string[] {
  const digits = values.map((value) => value?.split('.')[1]?.length ?? 0);
  const most = Math.max(0, ...digits);
  return digits.map((count) => {
    const mark = most > 0 && count === 0 ? PUNCTUATION_SPACE : '';
    return mark + FIGURE_SPACE.repeat(most - count);
  });
}
