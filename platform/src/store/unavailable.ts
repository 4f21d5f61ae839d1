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
