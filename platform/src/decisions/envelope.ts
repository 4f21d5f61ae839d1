import { z } from 'zod';
import { PlatformError } from '../errors.ts';

/** What an agency sends for one decision. `audit` is for bias audit only: no model and no reviewer ever sees it. */
export const envelope = z.strictObject({
  subject: z
    .string()
    .min(1)
    .max(200)
    .describe("The agency's pseudonym for the person or household; never a name or an identity number."),
  input: z.record(z.string(), z.unknown()).describe('The facts of this case, as the system declares them.'),
  audit: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
      z.union([z.string().max(200), z.number(), z.boolean()]),
    )
    .optional()
    .describe('Protected attributes, for audit only.'),
});
export type Envelope = z.infer<typeof envelope>;

/** Parses a request body. Throws `invalid-request` and names every fault. */
export function parseEnvelope(body: unknown): Envelope {
  const parsed = envelope.safeParse(body);
  if (parsed.success) {
    refuseReserved('/input', (body as Envelope).input);
    refuseReserved('/audit', (body as Envelope).audit);
    return parsed.data;
  }
  throw new PlatformError(
    'invalid-request',
    'The request is not an envelope of "subject", "input" and "audit".',
    {
      faults: parsed.error.issues
        .slice(0, 20)
        .map((i) => ({ where: `/${i.path.join('/')}`, what: i.message })),
      mend: 'Send {"subject": "...", "input": {...}} and, if you have them, {"audit": {...}}; nothing else.',
    },
  );
}

/** A record parser drops this name without a word; an unknown field is refused like any other. */
function refuseReserved(where: string, value: object | undefined): void {
  if (value === undefined || !Object.hasOwn(value, '__proto__')) return;
  throw new PlatformError('invalid-input', 'The input does not match the inputs that this system declares.', {
    faults: [{ where: `${where}/__proto__`, what: 'is not an input of this system: remove it' }],
    mend: 'Send only the fields that the system declares.',
  });
}

const KEY = /^[\x21-\x7e]{8,200}$/;

export function parseIdempotencyKey(header: string | undefined): string {
  if (header !== undefined && KEY.test(header)) return header;
  throw new PlatformError('invalid-request', 'The header Idempotency-Key is missing or not valid.', {
    where: 'Idempotency-Key',
    mend: 'Send 8 to 200 visible ASCII characters, a new value for each new case, the same one for each retry.',
  });
}
