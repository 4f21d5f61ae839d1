import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTurns } from '../../test/count-turns.ts';
import { roomInTurn } from './turns.ts';

test('a few begin at once, the others in their order over the next turns, and then there is room again', async () => {
  const order: number[] = [];
  const turns: number[] = [];
  const counted = countTurns();
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      await roomInTurn();
      order.push(n);
      turns.push(counted.turn);
    }),
  );
  counted.stop();
  assert.deepEqual(
    order,
    Array.from({ length: 50 }, (_, n) => n),
  );
  const perTurn = [...Map.groupBy(turns, (t) => t).values()].map((of) => of.length);
  assert.ok(Math.max(...perTurn) <= 12 && perTurn.length >= 5, perTurn.join());
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(roomInTurn(), undefined);
});
