import { unavailable } from './unavailable.ts';

/**
 * Classes of SQLSTATE (PostgreSQL documentation, appendix A) that speak of the server or its disk, not of the query: connection,
 * insufficient resources, operator intervention, system error, internal error.
 */
const SERVER_FAILED = new Set(['08', '53', '57', '58', 'XX']);
const READ_ONLY = '25006';
/** Another process has had the turn for too long: it hangs, and the server ends it soon. */
const LOCK_NOT_AVAILABLE = '55P03';

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EAI_AGAIN',
]);

export function isServerFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    if (NETWORK.has(code) || code === READ_ONLY || code === LOCK_NOT_AVAILABLE) return true;
    return /^[0-9A-Z]{5}$/.test(code) && SERVER_FAILED.has(code.slice(0, 2));
  }
  return /connection (terminated|ended|closed)|Client (was closed|has encountered)|timeout/i.test(
    error.message,
  );
}

/** What the caller of the store hears of an error of the driver. */
export function storeError(error: unknown): unknown {
  return isServerFailure(error) ? unavailable(error) : error;
}
