import { logAccess } from '../access/index.ts';
import { downloadOf, findFile, type Holder, handedFiles } from '../attachments/index.ts';
import type { CitizenCase } from '../citizen/case-view.ts';
import type { Context } from '../context.ts';
import { LANGS } from '../web/index.ts';
import type { Visit } from './visits.ts';

const UPLOADS = new RegExp(
  `^/(?:${LANGS.join('|')})/staff/[^/]+/counter/ast_[0-9a-z]{24}/review(?:/documents|/files)?$`,
);

/** The addresses of a visit whose forms carry files. */
export const takesFiles = (path: string): boolean => UPLOADS.test(path);

/** The files that an agent has taken in during a visit. */
export function holderOf({ authorityId, caseId, visitId }: Visit): Holder {
  return { authorityId, caseId, holder: visitId as `ast_${string}` };
}

/** A file of the case, for the agent who has it open with the person. */
export async function giveFile(
  ctx: Context,
  visit: Visit,
  of: CitizenCase,
  id: string | undefined,
): Promise<Response> {
  const { authorityId, caseId, staffId } = visit;
  const file = findFile(handedFiles(of.life), id);
  await logAccess(ctx, { authorityId, actor: staffId, action: 'file.read', caseId, purpose: 'counter' });
  return downloadOf(ctx, { authorityId, caseId }, file);
}
