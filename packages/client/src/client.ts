import { type Policy, parsePolicy, type VerifiedReceipt, verifyReceiptFile } from '@taalil/transparency-log';
import { nodeRuntime } from '@taalil/transparency-log/writer';
import type { BatchAnswer, BatchLine, Decision, Event, Operations, SystemState } from './api.ts';
import { ClientError } from './error.ts';
import { type ClientOptions, send } from './transport.ts';

export type Envelope = Operations['decide']['body'];

/** What an agency's system does on a platform. Every method throws `ClientError`. */
export interface Client {
  /**
   * Asks for one decision. `key` is the idempotency key, new for each case (8 to 200 visible ASCII characters): the same key and
   * envelope get the same answer again, so a lost answer is asked for again by itself. The answer is in force, or says
   * `awaiting-person` without an outcome.
   */
  decide(system: string, key: string, envelope: Envelope): Promise<Decision>;
  /** Up to 10,000 cases at once, all decided or none; an answer for each line, in order. Each line has its own key. */
  decideBatch(system: string, lines: readonly BatchLine[]): Promise<readonly BatchAnswer[]>;
  /** A decision as it stands now. */
  decision(id: string): Promise<Decision>;
  /** Tells what the facts of a case turned out to be. */
  establishOutcome(id: string, outcome: Operations['establishOutcome']['body']): Promise<void>;
  /** Events after a cursor, oldest first, for ever: waits `everyMs` when there are none. Keep the cursor of what you have handled. */
  events(options?: { after?: string; everyMs?: number; signal?: AbortSignal }): AsyncGenerator<Event>;
  system(id: string): Promise<SystemState>;
  /** The receipt of a decision, as its file. */
  receipt(id: string): Promise<string>;
  /**
   * The receipt, checked without trusting the platform: `policy` is a C2SP tlog-policy with the log's key that you got elsewhere.
   * Throws the transparency log's own error when it does not hold.
   */
  verifiedReceipt(id: string, policy: string | Policy): Promise<readonly VerifiedReceipt[]>;
}

const PAGE = 200;

export function createClient(options: ClientOptions): Client {
  const read = async <T>(
    path: string,
    params: Record<string, string>,
    query?: Record<string, string | number | undefined>,
  ) =>
    (await (
      await send(options, 'GET', path, { params, ...(query && { query }), repeatable: true })
    ).json()) as T;

  async function receipt(decision: string): Promise<string> {
    const path = '/api/v1/decisions/{decision}/receipt';
    return (await send(options, 'GET', path, { params: { decision }, repeatable: true })).text();
  }

  return {
    async decide(system, key, envelope) {
      const response = await send<'decide'>(options, 'POST', '/api/v1/systems/{system}/decisions', {
        params: { system },
        body: envelope,
        headers: { 'Idempotency-Key': key },
        repeatable: true,
      });
      return (await response.json()) as Decision;
    },
    async decideBatch(system, lines) {
      const response = await send<'decideBatch'>(
        options,
        'POST',
        '/api/v1/systems/{system}/decisions/batch',
        {
          params: { system },
          raw: { type: 'application/x-ndjson', text: lines.map((line) => JSON.stringify(line)).join('\n') },
          repeatable: true,
        },
      );
      const answers = (await response.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as BatchAnswer);
      if (answers.length === lines.length) return answers;
      throw new ClientError('not-understood', `${answers.length} answers came for ${lines.length} lines.`);
    },
    decision: (decision) => read<Decision>('/api/v1/decisions/{decision}', { decision }),
    async establishOutcome(decision, body) {
      const path = '/api/v1/decisions/{decision}/outcome';
      await send<'establishOutcome'>(options, 'PUT', path, { params: { decision }, body, repeatable: true });
    },
    async *events({ after, everyMs = 5_000, signal } = {}) {
      let cursor = after;
      while (signal?.aborted !== true) {
        const page = await read<Operations['events']['answer']>(
          '/api/v1/events',
          {},
          { after: cursor, limit: PAGE },
        );
        yield* page.events;
        cursor = page.events.at(-1)?.cursor ?? cursor;
        if (!page.more) await pause(everyMs, signal);
      }
    },
    system: (system) => read<SystemState>('/api/v1/systems/{system}', { system }),
    receipt,
    async verifiedReceipt(decision, policy) {
      const trusted = typeof policy === 'string' ? parsePolicy(policy) : policy;
      return verifyReceiptFile(
        await receipt(decision),
        { policy: trusted },
        { linkedBy: 'case' },
        nodeRuntime,
      );
    },
  };
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
