import type { Problem } from './api.ts';

/**
 * - a code of the API (`invalid-input`, `suspended`, `idempotency-reused`…): the platform refused; `problem` says what, where and
 *   how to mend it;
 * - `unreachable`: no answer after all attempts; with an idempotency key it is safe to ask again;
 * - `not-understood`: an answer that is none of the API's.
 */
export class ClientError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly problem: Problem | undefined;

  constructor(
    code: string,
    message: string,
    details: { status?: number; problem?: Problem; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'ClientError';
    this.code = code;
    this.status = details.status;
    this.problem = details.problem;
  }
}
