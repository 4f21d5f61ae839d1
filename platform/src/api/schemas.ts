import { z } from '@hono/zod-openapi';

/** Every agency route takes an API key: `Authorization: Bearer KEY`. */
export const bearer: Record<string, string[]>[] = [{ apiKey: [] }];

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    where: z.string().optional(),
    mend: z.string().optional(),
    faults: z.array(z.object({ where: z.string(), what: z.string() })).optional(),
  })
  .openapi('Problem');

const MEANINGS: Record<number, string> = {
  400: 'The request is not well formed',
  401: 'No valid API key',
  403: 'The key lacks the scope',
  404: 'There is no such thing in your authority',
  409: 'The system is not live, is suspended, or something moved meanwhile',
  410: 'The personal data was erased',
  413: 'The body is too large',
  422: 'The content is not valid; "faults" names every field',
  429: 'Too many requests',
  503: 'The store cannot be written; nothing was recorded',
};

/** RFC 9457 answers for the given statuses. */
export function apiErrors<const S extends number>(...statuses: S[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: MEANINGS[status] ?? 'Error',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  ) as Record<
    S,
    { description: string; content: { 'application/problem+json': { schema: typeof problemSchema } } }
  >;
}
