import type { Context as HttpContext } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { WebEnv } from '../access/index.ts';
import type { Context } from '../context.ts';
import { type DecisionView, readDecision } from '../decisions/view.ts';
import { PlatformError } from '../errors.ts';
import { langOf, siteOf } from '../http.ts';
import { workload } from '../primacy/index.ts';
import { DateText, type FormErrors, renderPage, translator } from '../web/index.ts';
import { CasePage } from './case-page.tsx';
import type { Signatures } from './decide-form.tsx';
import { type PreparedProposal, prepareProposal } from './decide-proposal.ts';
import { type DraftOf, dropDraft } from './drafts.ts';
import { firstSignatureOf } from './first-signature.ts';
import { type Answered, type Draft, reasonsErrors } from './form.tsx';
import { formMessages } from './messages-form.ts';
import { signaturesNeeded } from './people-needed.ts';
import { settledBy } from './settled.ts';
import { CheckPage, DecidedBeforePage } from './sign-pages.tsx';
import { type Block, blockOf, deskStanding, isBlock } from './standing.ts';
import { readDeskSystem } from './systems.ts';

export type C = HttpContext<WebEnv>;

/** Whose writing on which proposal. */
export function draftOf(c: C, { row }: DecisionView): DraftOf {
  return {
    authorityId: row.authority_id,
    caseId: row.case_id,
    decisionId: row.decision_id,
    staffId: c.var.staff.staffId,
  };
}

/** What keeps whoever is signed in from deciding on this proposal now. */
export async function blockNow(ctx: Context, c: C, { row }: DecisionView): Promise<Block | undefined> {
  const system = await readDeskSystem(ctx, row.authority_id, row.system_id);
  const { staffId } = c.var.staff;
  const block = blockOf(await deskStanding(ctx, row.authority_id, staffId), system);
  if (block !== undefined) return block;
  const work = { authorityId: row.authority_id, systemId: row.system_id, staffId };
  const { signed, cap } = await workload(ctx.store.read, work, ctx.clock.now());
  return cap > 0 && signed >= cap ? { kind: 'cap', cap } : undefined;
}

function statusOf(c: C, block: Block | undefined, errors: FormErrors): ContentfulStatusCode {
  if (c.req.method === 'GET') return 200;
  if (block === undefined) return Object.keys(errors).length > 0 ? 422 : 200;
  return block.kind === 'certificate' || block.kind === 'delegation' ? 403 : 409;
}

/** The proposal with its form, or why there is none; with everything typed. */
export async function showCase(
  ctx: Context,
  c: C,
  of: DecisionView,
  draft: Draft,
  errors: FormErrors = {},
): Promise<Response> {
  const { authority_id: authorityId, system_id: systemId } = of.row;
  const block = of.settled === undefined ? await blockNow(ctx, c, of) : undefined;
  const shown = (
    <CasePage
      of={of}
      system={await readDeskSystem(ctx, authorityId, systemId)}
      block={block}
      signatures={await signaturesOf(ctx, c, of)}
      draft={draft}
      errors={errors}
      now={ctx.clock.now()}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown, { status: statusOf(c, block, errors) });
}

async function signaturesOf(ctx: Context, c: C, of: DecisionView): Promise<Signatures> {
  const first = firstSignatureOf(of);
  const { people } = await signaturesNeeded(ctx.store, of.system, ctx.clock.now());
  return { needed: people, first, mine: first?.staffId === c.var.staff.staffId };
}

/** Identifies what "check before you sign" shows: signing anything else is refused. */
export function fingerprintOf(
  ctx: Context,
  c: C,
  { view, effect, reasons, delegation, first }: PreparedProposal,
): string {
  const { decision_id: decisionId, authority_id: authorityId } = view.row;
  const { text, lang, articles, facts } = reasons;
  const parts = [effect, String(first), lang, text, articles.join(), facts.join(), delegation.delegationId];
  return ctx.vault.keyring
    .sessionMac('desk-shown', authorityId, decisionId, c.var.staff.staffId, ...parts)
    .toString('base64url');
}

/** Exactly what would be sealed. */
export function showCheck(
  ctx: Context,
  c: C,
  prepared: PreparedProposal,
  changed = false,
): Promise<Response> {
  const shown = (
    <CheckPage
      prepared={prepared}
      name={c.var.staff.name}
      shown={fingerprintOf(ctx, c, prepared)}
      changed={changed}
    />
  );
  return renderPage(c, siteOf(ctx, c), shown, { status: changed ? 409 : 200 });
}

/** The proposal was decided before this came in; what was written is shown once more and then forgotten. */
export async function decidedBefore(
  ctx: Context,
  c: C,
  of: DecisionView,
  draft: Draft | undefined,
): Promise<Response> {
  const settled = settledBy(of);
  if (settled === undefined) throw new PlatformError('conflict', 'The proposal changed meanwhile.');
  const own = settled.decided_by.staff === c.var.staff.staffId;
  await dropDraft(ctx, draftOf(c, of));
  const shown = <DecidedBeforePage of={of} settled={settled} own={own} draft={draft} />;
  return renderPage(c, siteOf(ctx, c), shown, { status: 409 });
}

/** Checks everything that signing checks. A refusal is already the page that explains it. */
export async function prepare(
  ctx: Context,
  c: C,
  of: DecisionView,
  { word, reasons }: Answered,
): Promise<PreparedProposal | Response> {
  const { authorityId, staffId } = c.var.staff;
  const decision = { authorityId, decisionId: of.row.decision_id, staffId, reasons };
  try {
    return await prepareProposal(ctx, decision, word);
  } catch (error) {
    return refused(ctx, c, of, { word, ...reasons }, error);
  }
}

/** The page that explains why nothing was signed, with what was typed. Throws what no page of the desk explains. */
export async function refused(
  ctx: Context,
  c: C,
  of: DecisionView,
  draft: Draft,
  error: unknown,
): Promise<Response> {
  if (!(error instanceof PlatformError)) throw error;
  if (isBlock(error)) return showCase(ctx, c, of, draft);
  if (error.code === 'reasons-insufficient')
    return showCase(ctx, c, of, draft, reasonsErrors(error, of, langOf(c)));
  if (error.code === 'not-independent') {
    const first = firstSignatureOf(of);
    const at = <DateText value={first?.at ?? of.row.created_at} style="datetime" />;
    return showCase(ctx, c, of, draft, { word: translator(formMessages, langOf(c))('firstIsYours', { at }) });
  }
  if (error.code === 'conflict') {
    const now = await readDecision(ctx, of.row.authority_id, of.row.decision_id);
    if (now.settled !== undefined) return decidedBefore(ctx, c, now, draft);
  }
  throw error;
}
