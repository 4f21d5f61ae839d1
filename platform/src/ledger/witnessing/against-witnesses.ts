import { equalBytes, LogError, rootOf } from '@taalil/transparency-log';
import { nodeSha256, verifyCheckpointSync } from '@taalil/transparency-log/writer';
import { PlatformError } from '../../errors.ts';
import { logger } from '../../logger.ts';
import type { Store } from '../../store/index.ts';
import type { Head } from '../fence.ts';
import { tileReader } from '../read-log.ts';
import { type AskedWitness, witnessRecord } from './ask.ts';

/** A head of one log that somebody outside this machine has seen under the log's own signature. */
export interface SeenHead extends Head {
  readonly source: string;
  readonly note: string;
}

export interface LogName {
  readonly logId: string;
  readonly origin: string;
  readonly vkey: string;
}

/**
 * What the witnesses remember of a log. Only what the log's own key signed counts, so that no witness can stop a log by a
 * claim. Those that cannot be reached within `timeoutMs` are named in `silent`.
 */
export async function askWitnesses(
  witnesses: readonly AskedWitness[],
  { origin, vkey }: LogName,
  timeoutMs: number,
): Promise<{ readonly heads: SeenHead[]; readonly silent: string[] }> {
  const heads: SeenHead[] = [];
  const silent: string[] = [];
  await Promise.all(
    witnesses.map(async ({ name, url }) => {
      try {
        const note = await witnessRecord(url, origin, timeoutMs);
        if (note === undefined) return;
        const { size, root } = verifyCheckpointSync(note, { vkey, origin });
        heads.push({ size, root, source: name, note: Buffer.from(note).toString('utf8') });
      } catch (error) {
        if (!(error instanceof LogError)) silent.push(name);
        else logger.warn({ witness: name, code: error.code }, "a witness's record is not under our key");
      }
    }),
  );
  return { heads, silent };
}

/**
 * Throws `fenced` when the store's log of `head` is not an extension of what the witnesses have seen: then it was set back,
 * or is another log, and whatever it signs would be a fork.
 */
export async function assertExtends(
  store: Pick<Store, 'read'>,
  logId: string,
  head: Head,
  seen: readonly SeenHead[],
): Promise<void> {
  for (const { size, root, source } of seen) {
    if (size === 0 || (await holds(store, logId, head, { size, root }))) continue;
    throw new PlatformError(
      'fenced',
      size > head.size
        ? `This store stands at ${head.size} entries; the witness ${source} has cosigned ${size} of this log.`
        : `The witness ${source} has cosigned another log of ${size} entries than this store holds.`,
      {
        where: logId,
        mend: 'It was restored from an older backup, or is another store. Run: taalil log recover.',
      },
    );
  }
}

/** Whether the stored log of `head` begins with the tree `of`. */
export async function holds(
  store: Pick<Store, 'read'>,
  logId: string,
  head: Head,
  of: Head,
): Promise<boolean> {
  if (of.size > head.size) return false;
  if (of.size === 0) return true;
  if (of.size === head.size) return equalBytes(of.root, head.root);
  try {
    return equalBytes(await rootOf(of.size, tileReader(store, logId), nodeSha256), of.root);
  } catch (error) {
    if (error instanceof LogError) return false;
    throw error;
  }
}
