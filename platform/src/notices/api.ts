import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type ApiCaller,
  authenticateApiKey,
  publicOrigin,
  requireScope,
  type Scope,
} from '../access/index.ts';
import { readJson } from '../api/body.ts';
import { apiErrors, bearer } from '../api/schemas.ts';
import type { Context } from '../context.ts';
import type { DecisionRow } from '../decisions/view.ts';
import { findDecisionRow } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import type { WebEnv } from '../http.ts';
import { issueCode } from './codes.ts';
import { NOTIFICATION_MODES, recordNotification } from './notification.ts';
import { caseReceipts } from './receipts.ts';

const params = z.object({ decision: z.string().regex(/^dec_[0-9a-z]{24}$/) });
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write it as YYYY-MM-DD');

const letter = z
  .object({
    reference: z.string().openapi({ example: 'K7Q2M-4TZ9A' }),
    code: z.string().openapi({ example: '493027715608', description: '12 digits; cannot be read again' }),
    address: z.string().openapi({ description: 'Where the person enters both; print it, also as a QR code' }),
    code_version: z.number().int(),
    issued_at: z.string(),
  })
  .openapi('Letter');

export const notificationBody = z
  .strictObject({
    mode: z.enum(NOTIFICATION_MODES),
    date: date.describe('The day the person was reached'),
    proof: z
      .strictObject({
        document: z.string().trim().min(1).max(300).describe('What proves it, and its number'),
        on: date.describe('The day the proof came in'),
      })
      .optional()
      .describe('Without a proof no time runs; send the notification again when the proof is in'),
    to: z.string().trim().min(1).max(200).describe('Into whose hands'),
  })
  .openapi('Notification');

const recorded = z.object({ recorded_at: z.string(), log_index: z.number().int() }).openapi('Recorded');

const letterRoute = createRoute({
  method: 'post',
  path: '/api/v1/decisions/{decision}/letter',
  operationId: 'makeLetter',
  summary: 'Make a new code for the letter to the person',
  description:
    'Answers with the reference and a new 12-digit code. The code is shown this one time; a code made before opens nothing from now on.',
  tags: ['Notices'],
  security: bearer,
  request: { params },
  responses: {
    201: { description: 'A new code', content: { 'application/json': { schema: letter } } },
    ...apiErrors(401, 403, 404, 409, 410, 503),
  },
});

const notificationRoute = createRoute({
  method: 'post',
  path: '/api/v1/decisions/{decision}/notification',
  operationId: 'recordNotification',
  summary: 'Record that the decision was brought to the person',
  description: 'A proven notification starts the time in which the person may go to court.',
  tags: ['Notices'],
  security: bearer,
  request: {
    params,
    body: { required: true, content: { 'application/json': { schema: notificationBody } } },
  },
  responses: {
    201: { description: 'Recorded', content: { 'application/json': { schema: recorded } } },
    ...apiErrors(400, 401, 403, 404, 409, 410, 413, 503),
  },
});

const receiptRoute = createRoute({
  method: 'get',
  path: '/api/v1/decisions/{decision}/receipt',
  operationId: 'readReceipt',
  summary: "The receipts of the decision's case",
  description:
    'A receipt bundle, version 1 (docs/formats.md). What waits for a person keeps its outcome closed.',
  tags: ['Notices'],
  security: bearer,
  request: { params },
  responses: {
    200: {
      description: 'The receipt bundle',
      content: {
        'application/json': { schema: z.object({ v: z.literal(1), receipts: z.array(z.unknown()) }) },
      },
    },
    ...apiErrors(401, 403, 404, 410),
  },
});

/** The decision named in the path, when the key may act for its system; otherwise as if it did not exist. */
async function decisionOf(
  ctx: Context,
  caller: ApiCaller,
  decisionId: string,
  scope: Scope,
): Promise<DecisionRow> {
  const row = await findDecisionRow(ctx, caller.authorityId, decisionId);
  if (row === undefined) {
    throw new PlatformError('not-found', 'There is no such decision.', {
      mend: 'Check the identifier; it must belong to your own authority.',
    });
  }
  requireScope(caller, scope, row.system_id);
  return row;
}

function parseNotification(body: unknown): z.infer<typeof notificationBody> {
  const parsed = notificationBody.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new PlatformError('invalid-request', 'The notification is not complete or not valid.', {
    faults: parsed.error.issues.slice(0, 20).map((i) => ({ where: `/${i.path.join('/')}`, what: i.message })),
    mend: 'Send {"mode", "date", "to"} and, once there is one, {"proof": {"document", "on"}}.',
  });
}

/** Agencies' routes for letters, notifications and receipts. */
export function noticesApi(ctx: Context): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>();
  for (const route of [letterRoute, notificationRoute, receiptRoute]) app.openAPIRegistry.registerPath(route);
  const fresh = { 'Cache-Control': 'no-store' };

  app.post('/api/v1/decisions/:decision/letter', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    const row = await decisionOf(ctx, caller, c.req.param('decision'), 'notices:write');
    const made = await issueCode(ctx, {
      authorityId: caller.authorityId,
      caseId: row.case_id,
      by: { kind: 'api-key', apiKeyId: caller.apiKeyId },
    });
    const body: z.infer<typeof letter> = {
      reference: made.reference,
      code: made.code,
      address: `${publicOrigin(ctx, c)}/ar/case`,
      code_version: made.codeVersion,
      issued_at: made.at,
    };
    return c.json(body, 201, fresh);
  });

  app.post('/api/v1/decisions/:decision/notification', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    const row = await decisionOf(ctx, caller, c.req.param('decision'), 'notices:write');
    const notification = parseNotification(await readJson(c));
    const { at, index } = await recordNotification(ctx, {
      authorityId: caller.authorityId,
      caseId: row.case_id,
      decisionId: row.decision_id,
      ...notification,
      by: { kind: 'api-key', apiKeyId: caller.apiKeyId },
    });
    return c.json({ recorded_at: at, log_index: index } satisfies z.infer<typeof recorded>, 201, fresh);
  });

  app.get('/api/v1/decisions/:decision/receipt', async (c) => {
    const caller = await authenticateApiKey(ctx, c.req.header('authorization'));
    const row = await decisionOf(ctx, caller, c.req.param('decision'), 'decisions:read');
    const bundle = await caseReceipts(ctx, caller.authorityId, row.case_id);
    return c.body(bundle, 200, { ...fresh, 'Content-Type': 'application/json; charset=utf-8' });
  });
  return app;
}
