import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { errorsOnce } from './logger.ts';

test('an error that comes again and again is told once, then counted; other lines are told each time', async () => {
  const lines: { level: number; code?: string; repeated?: number; msg: string }[] = [];
  const logger = pino(
    { base: undefined, hooks: errorsOnce(30) },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  for (let i = 0; i < 200; i++)
    logger.error({ code: 'store-unavailable', stack: ['at x'] }, 'request failed');
  logger.error({ code: 'fenced' }, 'request failed');
  for (let i = 0; i < 3; i++) logger.warn({ code: 'store-unavailable' }, 'a warning');
  const told = () => lines.map(({ msg, code, repeated }) => [msg, code, repeated]);
  const atOnce = [
    ['request failed', 'store-unavailable', undefined],
    ['request failed', 'fenced', undefined],
    ...Array.from({ length: 3 }, () => ['a warning', 'store-unavailable', undefined]),
  ];
  assert.deepEqual(told(), atOnce);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(told(), [...atOnce, ['request failed', 'store-unavailable', 199]]);
  logger.error({ code: 'store-unavailable' }, 'request failed');
  assert.equal(lines.length, 7);
});
