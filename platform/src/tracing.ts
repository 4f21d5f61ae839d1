import { SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('taalil');

/**
 * Runs one step as a span. Without an OpenTelemetry SDK, which operators load with `node --import`, it costs next to nothing. Spans
 * carry the names of steps and codes of errors alone: no message, no person, no case.
 */
export function traced<T>(step: string, run: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(step, async (span) => {
    try {
      return await run();
    } catch (error) {
      const { code, name } = error as { code?: unknown; name?: string };
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: typeof code === 'string' ? code : (name ?? 'error'),
      });
      throw error;
    } finally {
      span.end();
    }
  });
}
