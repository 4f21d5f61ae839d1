import { PlatformError } from '../errors.ts';

export function unavailable(cause: unknown): PlatformError {
  return new PlatformError('store-unavailable', 'The store could not be written; nothing was recorded.', {
    mend: 'Check free space and the health of the data folder, then send the request again.',
    retryAfter: 5,
    cause,
  });
}

export function unreadable(cause: unknown): PlatformError {
  return new PlatformError('store-unavailable', 'The store could not be read.', {
    mend: 'Check that the database server runs and can be reached, then send the request again.',
    retryAfter: 5,
    cause,
  });
}

/** A commit failed, or its answer was lost, and it cannot be found out whether it happened. */
export function outcomeUnknown(cause: unknown): PlatformError {
  return new PlatformError(
    'store-unavailable',
    'The store failed during a commit; whether it happened is not known yet.',
    {
      mend: 'Send the request again with the same idempotency key: it is answered once, whatever happened.',
      retryAfter: 5,
      cause,
    },
  );
}
