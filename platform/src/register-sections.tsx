import { publishedAssessments } from './assessment/public.ts';
import { AssessmentSection } from './assessment/public-pages.tsx';
import type { Context } from './context.ts';
import type { PublicSystem } from './register/public-register.ts';

/** What the rooms above the register publish on a system's page. */
export async function registerSections(ctx: Context, system: PublicSystem) {
  const { authorityId, systemId } = system;
  return (
    <AssessmentSection system={system} assessments={await publishedAssessments(ctx, authorityId, systemId)} />
  );
}
