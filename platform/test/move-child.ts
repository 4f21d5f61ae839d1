import { systemClock } from '../src/clock.ts';
import { moveStore } from '../src/move-store.ts';

const [from = '', to = '', folder = ''] = process.argv.slice(2);
await moveStore({
  ...{ from, to, folder },
  clock: systemClock,
  onRows: (table, rows) => process.send?.(`${table} ${rows}`),
});
process.send?.('moved');
