import type { Member } from '../processes/member.ts';

export interface Readiness {
  readonly ready: boolean;
  readonly role: 'writer' | 'web';
  /** What is missing, for a person to read; nothing of it is secret. */
  readonly missing: readonly string[];
}

const ASK_MS = 2_000;

/**
 * Whether this process can answer now: the store can be read, and some process writes. A process that is draining is not ready, so
 * that nothing new is sent to it.
 */
export async function readiness(member: Member, draining: boolean): Promise<Readiness> {
  const missing: string[] = [];
  if (draining) missing.push('it is about to stop');
  const answered = await Promise.race([
    member.writerUrl().then(
      (url) => ({ url }),
      () => undefined,
    ),
    new Promise<undefined>((resolve) => setTimeout(resolve, ASK_MS, undefined).unref()),
  ]);
  if (answered === undefined) missing.push('the store does not answer');
  else if (answered.url === undefined && !member.writes) missing.push('no process writes');
  return { ready: missing.length === 0, role: member.writes ? 'writer' : 'web', missing };
}
