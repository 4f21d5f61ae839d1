import { ExplainError } from '@taalil/explain';
import type { CaseEvent } from '../cases/events.ts';
import type { Context } from '../context.ts';
import { score } from '../decisions/assess.ts';
import { PlatformError } from '../errors.ts';
import type { Facts } from '../register/inputs.ts';
import { withModelBefore } from '../register/systems.ts';
import type { Member } from './member.ts';
import type { Watched } from './plan.ts';

/**
 * What a new model changed for this very case: the model before it is run on the same facts. 1 when that one would have
 * proposed in the person's favour and the new one did not, else 0; `null` under the first model, and where the earlier one
 * cannot read these facts. The people and their facts being the same, any difference between groups is the model's.
 */
export async function changedByModel(
  ctx: Context,
  watched: Pick<Watched, 'authorityId' | 'systemId'>,
  event: CaseEvent,
  { version, adverse }: Pick<Member, 'version' | 'adverse'>,
): Promise<0 | 1 | null> {
  if (version <= 1) return null;
  const before = await modelBefore(ctx, watched, version);
  if (before === undefined) return null;
  if (adverse === 0) return 0;
  try {
    const { favourable } = await score(before, event.facts.input as Facts);
    return favourable ? 1 : 0;
  } catch (error) {
    if (error instanceof ExplainError || error instanceof PlatformError) return null;
    throw error;
  }
}

type Before = ReturnType<typeof withModelBefore>;
const known = new WeakMap<object, Map<number, Before>>();

/** Looked up once for each version in one run of the monitor. */
function modelBefore(
  ctx: Context,
  watched: Pick<Watched, 'authorityId' | 'systemId'>,
  version: number,
): Before {
  const versions = known.get(watched) ?? new Map<number, Before>();
  known.set(watched, versions);
  const { authorityId, systemId } = watched;
  const before = versions.get(version) ?? withModelBefore(ctx.store.read, authorityId, systemId, version);
  versions.set(version, before);
  return before;
}
