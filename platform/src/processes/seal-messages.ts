import { type ErrorDetails, PlatformError, type PlatformErrorCode } from '../errors.ts';
import type { PortableUnit, Sealed } from '../ledger/sequencer.ts';

/** One thing to seal, or a group that is sealed together. */
export interface SealJob {
  readonly authorityId: string;
  readonly together: boolean;
  readonly units: readonly { readonly id: number; readonly unit: PortableUnit }[];
}

export type SealOutcome = { readonly id: number } & (
  | { readonly sealed: Sealed }
  | {
      readonly refused: {
        readonly code: PlatformErrorCode;
        readonly what: string;
        readonly details: Omit<ErrorDetails, 'cause'>;
      };
    }
);

export function refusedOutcome(id: number, error: unknown): SealOutcome {
  const known =
    error instanceof PlatformError
      ? error
      : new PlatformError('store-unavailable', 'The process that writes could not record it.', {
          mend: 'Send the request again. If it stays so, the log of that process says why.',
          retryAfter: 2,
        });
  const { cause: _, ...details } = known.details;
  return { id, refused: { code: known.code, what: known.message, details } };
}

/** Collects what falls due in one turn of the event loop and hands it on as one. */
export function perTurn<T>(send: (values: T[]) => void): (value: T) => void {
  let values: T[] = [];
  return (value) => {
    values.push(value);
    if (values.length > 1) return;
    setImmediate(() => {
      const due = values;
      values = [];
      send(due);
    });
  };
}
