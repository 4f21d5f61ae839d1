import { assertActive, assertCan, findStaff, type Permission, type Staff } from '../access/index.ts';
import { parseRoles } from '../access/permissions.ts';
import { staffRow } from '../access/staff.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { Transaction } from '../store/index.ts';
import type { OwnSystem } from './own-systems.ts';
import type { Localized, SystemStatus } from './record.ts';
import { changeStatus } from './status.ts';

export const STAFF_ACTIONS = ['publish', 'suspend', 'rearm', 'retire'] as const;
export type StaffAction = (typeof STAFF_ACTIONS)[number];

interface Act {
  readonly from: readonly SystemStatus[];
  readonly to: SystemStatus;
  readonly permission: Permission;
}

/** What members of staff may do with a system, and the permission it takes. */
export const ACTS: Readonly<Record<StaffAction, Act>> = {
  publish: { from: ['draft'], to: 'live', permission: 'system.publish' },
  suspend: { from: ['live'], to: 'suspended', permission: 'system.suspend' },
  rearm: { from: ['suspended'], to: 'live', permission: 'system.rearm' },
  retire: { from: ['draft', 'suspended'], to: 'retired', permission: 'system.publish' },
};

export interface StaffChange {
  readonly action: StaffAction;
  readonly system: OwnSystem;
  readonly reason?: Localized;
}

/**
 * Changes a system's status for a member of staff, who is asked for their permission again inside the sealing
 * transaction: whoever left or lost the role a moment ago changes nothing. Throws as `changeStatus` does.
 */
export async function changeAsStaff(
  ctx: Context,
  staff: Staff,
  { action, system, reason }: StaffChange,
): Promise<'done' | 'awaiting-second'> {
  const { permission, to, from } = ACTS[action];
  const { authorityId, systemId } = system;
  assertCan(staff, permission);
  if (!from.includes(system.status)) {
    throw new PlatformError('conflict', `"${systemId}" is ${system.status}: there is nothing to ${action}.`);
  }
  const mayStill = async (tx: Transaction) => {
    await assertActive(tx, authorityId, staff.staffId);
    const row = await staffRow(tx, authorityId, staff.staffId);
    assertCan({ roles: parseRoles((row?.roles ?? '').split(' ')) }, permission);
  };
  // Who has left meanwhile is not one of two: the next request is a first one again.
  const stillCounts = async (by: string) => (await findStaff(ctx, authorityId, by)).active;
  return changeStatus(ctx, { authorityId, systemId, to, reason, by: staff.staffId, mayStill, stillCounts });
}
