import { listStaff, ROLES, type Role } from '../access/index.ts';
import type { Context } from '../context.ts';
import { typed } from '../store/index.ts';
import { listCertificates } from './certificates.ts';
import { MODULES, type ModuleId } from './courses.ts';
import type { TrainingTables } from './tables.ts';

/** Fewer people than this are not told apart by module: a share of three is a person. */
export const SKILLS_LEAST = 5;

/** What an authority's people of one role have learnt, in numbers only. */
export interface RoleSkills {
  readonly role: Role;
  readonly people: number;
  readonly certified: number;
  /** Certificates that end within 60 days. */
  readonly endingSoon: number;
  /** How many passed each module within the last year; absent for fewer than {@link SKILLS_LEAST} people. */
  readonly passed: Readonly<Record<ModuleId, number>> | undefined;
}

/** The skills map of an authority: by role, nobody named, nobody ranked. Roles without people are left out. */
export async function skillsMap(ctx: Context, authorityId: string): Promise<readonly RoleSkills[]> {
  const staff = (await listStaff(ctx, authorityId)).filter(({ active }) => active);
  const certificates = (await listCertificates(ctx, authorityId)).filter((c) => c.standing === 'valid');
  const now = ctx.clock.now().toZonedDateTimeISO('Africa/Casablanca').toPlainDate();
  const soon = now.add({ days: 60 }).toString();
  const attempts = await typed<TrainingTables>(ctx.store.read)
    .selectFrom('training_attempts')
    .select(['staff_id', 'module'])
    .where('authority_id', '=', authorityId)
    .where('passed', '=', 1)
    .where('at', '>=', now.subtract({ years: 1 }).toString())
    .execute();
  const passedBy = (module: ModuleId) =>
    new Set(attempts.filter((a) => a.module === module).map((a) => a.staff_id));
  return ROLES.flatMap((role): RoleSkills[] => {
    const people = staff.filter(({ roles }) => roles.includes(role)).map(({ staffId }) => staffId);
    if (people.length === 0) return [];
    const held = people.map((id) => certificates.filter((c) => c.staffId === id)).filter((c) => c.length > 0);
    const passed = Object.fromEntries(
      MODULES.map((module) => {
        const who = passedBy(module);
        return [module, people.filter((id) => who.has(id)).length];
      }),
    ) as Record<ModuleId, number>;
    return [
      {
        role,
        people: people.length,
        certified: held.length,
        endingSoon: held.filter((list) => list.every((c) => c.to <= soon)).length,
        passed: people.length < SKILLS_LEAST ? undefined : passed,
      },
    ];
  });
}
