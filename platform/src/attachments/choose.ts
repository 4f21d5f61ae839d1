import type { Context as HttpContext } from 'hono';
import type { Context } from '../context.ts';
import type { FormValues } from '../web/index.ts';
import type { FileFacts } from './facts.ts';
import { dropStaged } from './forget.ts';
import { type Holder, stagedFiles } from './stage.ts';
import { type RefusedFile, receiveFiles } from './upload.ts';

/** What a form with files brought, together with what was chosen before. */
export interface Received {
  readonly values: FormValues;
  readonly staged: readonly FileFacts[];
  readonly refused: readonly RefusedFile[];
  /** A file was let go of: the page comes back with the rest. */
  readonly removed: boolean;
}

/**
 * Takes a form with files in: keeps what is good, lets go of the one whose button (`remove`) was pressed, and says what the holder
 * has now. Throws as `receiveFiles`.
 */
export async function chooseFiles(ctx: Context, c: HttpContext, of: Holder): Promise<Received> {
  const { values, refused } = await receiveFiles(ctx, c, of);
  const { remove } = values;
  const removed = typeof remove === 'string';
  if (removed) await dropStaged(ctx, of, remove);
  return { values, refused, removed, staged: await stagedFiles(ctx, of) };
}
