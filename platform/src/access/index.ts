/** Staff, roles, sessions, API keys and the access log: what the other rooms use of this one. */
export {
  type Access,
  type AccessEntry,
  type AccessPage,
  listAccess,
  logAccess,
  logAccesses,
} from './access-log.ts';
export { clientAddress } from './address.ts';
export { type ApiCaller, authenticateApiKey, requireScope } from './api-key-auth.ts';
export {
  type ApiKeySummary,
  createApiKey,
  type IssuedApiKey,
  listApiKeys,
  type NewApiKey,
  parseReach,
  revokeApiKey,
  rotateApiKey,
  SCOPES,
  type Scope,
  type SystemReach,
} from './api-keys.ts';
export { dropCookie, publicOrigin, readCookie, writeCookie } from './cookies.ts';
export { assertFormToken, csrfGuard, currentStaff, staffOnly, type TakesFiles } from './guard.ts';
export { pagesOf, STAFF_PAGES, type StaffPage, staffHref, staffNav } from './nav.tsx';
export {
  assertCan,
  can,
  PERMISSION_MATRIX,
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
} from './permissions.ts';
export { type RateLimit, RateLimiter } from './rate-limiter.ts';
export { Roles } from './roles.tsx';
export { endAllSessions, readSession, SESSION_IDLE, SESSION_MOST, type Staff } from './sessions.ts';
export { type SignIn, signIn, signOut } from './sign-in.ts';
export {
  assertActive,
  assertStillAllowed,
  BY_SETUP,
  changeRoles,
  createStaff,
  endStaff,
  findStaff,
  LOCAL_ISSUER,
  listStaff,
  type NewStaff,
  type StaffMember,
} from './staff.ts';
export { accessMigrations } from './tables.ts';
export type { WebEnv, WebVariables } from './web-env.ts';
