import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Span, type SpanStatus, type Tracer, trace } from '@opentelemetry/api';
import { AUTHORITY_A, clearCase, inputOf, makePlatform, SYSTEM } from '../test/make-platform.ts';
import { decide } from './decisions/decide.ts';

test('the main path is traced by steps, and says nothing of the case', async () => {
  const spans: { name: string; status?: SpanStatus }[] = [];
  trace.setGlobalTracerProvider({
    getTracer: () =>
      ({
        startSpan: () => assert.fail('not used'),
        startActiveSpan(name: string, run: (span: Span) => unknown) {
          const kept: { name: string; status?: SpanStatus } = { name };
          spans.push(kept);
          return run({
            end() {},
            setStatus: (status: SpanStatus) => Object.assign(kept, { status }),
          } as unknown as Span);
        },
      }) as unknown as Tracer,
  });
  const p = await makePlatform();
  try {
    const person = clearCase('favourable');
    const request = {
      caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
      systemId: SYSTEM,
      idempotencyKey: 'tracing-1',
      body: { subject: person.subject, input: inputOf(person.household) },
    };
    await decide(p, request);
    await assert.rejects(decide(p, { ...request, systemId: 'no-such', idempotencyKey: 'tracing-2' }));
    assert.deepEqual(
      spans.slice(0, 3).map(({ name }) => name),
      ['admit', 'score and explain', 'seal'],
    );
    assert.equal(spans.at(-1)?.status?.message, 'not-found');
    assert.ok(!JSON.stringify(spans).includes(person.subject));
  } finally {
    await p.dispose();
    trace.disable();
  }
});
