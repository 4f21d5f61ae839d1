/** Markup that is safe to put into a page. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | readonly Part[];

/** A template whose values are escaped unless they are {@link Markup} themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return {
    markup: strings.reduce(
      (all, text, at) => all + text + (at < values.length ? markupOf(values[at] as Part) : ''),
      '',
    ),
  };
}

/** Text that is markup already: what this package's own plots drew. */
export function drawn(markup: string): Markup {
  return { markup };
}

function markupOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Column {
  readonly name: string;
  /** Set in columns, at the end of the line. */
  readonly number?: boolean;
}

/** A table that becomes a list of cards on a narrow screen. */
export function table(columns: readonly Column[], rows: readonly (readonly Part[])[]): Markup {
  if (rows.length === 0) return html``;
  return html`<table><thead><tr>${columns.map(({ name, number }) => html`<th scope="col"${number ? html` class="n"` : html``}>${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((field, at) => {
        const { name = '', number = false } = columns[at] ?? {};
        if (at === 0) return html`<th scope="row"><span>${field}</span></th>`;
        return html`<td data-label="${name}"${number ? html` class="n"` : html``}>${number ? html`<bdi dir="ltr">${field}</bdi>` : html`<span>${field}</span>`}</td>`;
      })}</tr>`,
  )}</tbody></table>`;
}
