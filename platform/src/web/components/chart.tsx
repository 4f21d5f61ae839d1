import { raw } from 'hono/html';

/**
 * A drawing made on the server, in a width for desks and one for telephones. It says nothing that a table beside it does
 * not say in numbers.
 *
 * @param wide,narrow SVG text that we have drawn ourselves; never anything from outside
 */
export function Chart({ wide, narrow }: { wide: string; narrow: string }) {
  return (
    <figure class="ta-chart">
      <div class="ta-chart-wide">{raw(wide)}</div>
      <div class="ta-chart-narrow">{raw(narrow)}</div>
    </figure>
  );
}
