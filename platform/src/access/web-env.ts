import type { Staff } from './sessions.ts';

/** What middleware gives to the handlers of every page. */
export interface WebVariables {
  /** Behind `staffOnly`. */
  staff: Staff;
  /** Behind `csrfGuard` or `staffOnly`: what `<Form>` sends back. */
  csrf: string;
}

export type WebEnv = { Variables: WebVariables };
