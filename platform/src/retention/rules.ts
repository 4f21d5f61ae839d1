import { REPEATS_KEPT_DAYS } from '../decisions/tables.ts';
import type { Basis, SweptRule } from './rule.ts';

/** The source of what no law says. */
export const PLATFORM = 'Taalil';

export const policy = (because: string): Basis => ({
  source: PLATFORM,
  certainty: 'platform policy',
  because,
});

/** What belongs to no system of an authority, such as readings of lists. */
export const NO_SYSTEM = '*';

/**
 * How long everything that is not a file is kept. None of these times is law: each says that it is our own choice, and an
 * authority sets others, citing its act, where the law or its archives say so.
 */
export const SWEPT: readonly SweptRule[] = [
  {
    id: 'access-log',
    what: 'who read whose file, when and why',
    table: 'access_log',
    from: 'at',
    days: undefined,
    settable: [365, 36_500],
    of: 'case',
    holds: ['review', 'awaiting-person'],
    sealed: true,
    basis: policy(
      'Whoever was read about may ask who did it; how long is for the authority to set, a year at least.',
    ),
  },
  {
    id: 'idempotency-keys',
    what: 'keys of requests, so that a repeated one gets its first answer',
    table: 'idempotency',
    from: 'created_at',
    days: REPEATS_KEPT_DAYS,
    of: 'system',
    holds: [],
    sealed: false,
    basis: policy('The programming interface promises the first answer for so long; the decisions stay.'),
  },
  {
    id: 'dead-letters',
    what: 'events that a receiver never took',
    table: 'webhook_retries',
    from: 'next_at',
    only: ['status', 'dead'],
    days: 90,
    settable: [7, 3_650],
    of: 'event',
    holds: [],
    sealed: false,
    basis: policy(
      'Long enough to mend a receiver and send them again; the events themselves stay in the feed.',
    ),
  },
  {
    id: 'desk-drafts',
    what: 'reasons that a reviewer wrote and did not sign',
    table: 'desk_drafts',
    from: 'updated_at',
    days: 90,
    settable: [7, 3_650],
    of: 'decision',
    holds: ['awaiting-person'],
    sealed: false,
    basis: policy('What was not signed decided nothing.'),
  },
  {
    id: 'request-drafts',
    what: 'requests for review that somebody began and did not send',
    table: 'review_drafts',
    from: 'updated_at',
    days: 365,
    settable: [90, 3_650],
    of: 'case',
    holds: [],
    sealed: false,
    basis: policy('Nobody loses what they wrote while they may still send it; then it is nobody’s to keep.'),
  },
  {
    id: 'sessions',
    what: 'sessions of the staff that have ended',
    table: 'staff_sessions',
    from: 'expires_at',
    days: 1,
    of: 'platform',
    holds: [],
    sealed: false,
    basis: policy('They open nothing any more.'),
  },
  {
    id: 'code-guesses',
    what: 'counts of wrong codes',
    table: 'notice_guesses',
    from: 'last_failure',
    days: 1,
    of: 'platform',
    holds: [],
    sealed: false,
    basis: policy('A failure is remembered for a day.'),
  },
  {
    id: 'api-secrets',
    what: 'hashes of secrets of API keys that newer ones have replaced',
    table: 'api_key_secrets',
    from: 'expires_at',
    days: 30,
    of: 'platform',
    holds: [],
    sealed: false,
    basis: policy('They open nothing any more.'),
  },
];
