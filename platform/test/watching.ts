import { decide } from '../src/decisions/decide.ts';
import { recordBasis } from '../src/monitoring/basis.ts';
import { declarePlan, type Watched, watched } from '../src/monitoring/plan.ts';
import { BASIS, PLAN } from '../worlds/soutien-menages/monitoring.ts';
import { AUTHORITY_A, inputOf, people, SYSTEM, type TestPlatform } from './make-platform.ts';

export const AT_A = { authorityId: AUTHORITY_A, systemId: SYSTEM } as const;

/** Declares how the demonstration's system is watched, and on what legal basis. */
export async function watch(p: TestPlatform, changes: Partial<typeof PLAN> = {}): Promise<Watched> {
  await recordBasis(p, { ...AT_A, basis: BASIS });
  return declared(p, changes);
}

/** Declares it without recording a legal basis. */
export async function declared(p: TestPlatform, changes: Partial<typeof PLAN> = {}): Promise<Watched> {
  await declarePlan(p, { ...AT_A, plan: { ...PLAN, ...changes } });
  return (await watched(p, AUTHORITY_A, SYSTEM)) as Watched;
}

/** So many households ask for support; each answer with the household it is about. */
export async function decideMany(p: TestPlatform, count: number, seed = 'people') {
  const persons = people(count, seed);
  return Promise.all(
    persons.map(async (person, n) => {
      const { subject, household, audit } = person;
      const answer = await decide(p, {
        caller: { authorityId: AUTHORITY_A, apiKeyId: 'key_test' },
        systemId: SYSTEM,
        idempotencyKey: `many-${seed}-${n}`,
        body: { subject: `${subject}-${seed}`, input: inputOf(household), audit },
      });
      return { person, answer };
    }),
  );
}
