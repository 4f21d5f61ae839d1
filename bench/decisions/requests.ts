import { postRequest } from './load.ts';
import type { Workload } from './workload.ts';

export const HOST = '127.0.0.1';

/** The path of an agency's posts for a workload, and the header that proves who it is. */
export const decisionsPath = ({ systemId }: Workload) => `/api/v1/systems/${systemId}/decisions`;
export const authorization = (secret: string) => ({ Authorization: `Bearer ${secret}` });

/** Single posts: each under its key, the bodies taken in turn. */
export function singlePosts(workload: Workload, secret: string): (key: string, n: number) => Buffer {
  const texts = workload.bodies().map((body) => JSON.stringify(body));
  const path = decisionsPath(workload);
  return (key, n) =>
    postRequest(
      path,
      HOST,
      { ...authorization(secret), 'Content-Type': 'application/json', 'Idempotency-Key': key },
      texts[n % texts.length] as string,
    );
}
