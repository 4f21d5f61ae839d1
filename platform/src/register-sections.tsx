import { publishedAssessments } from './assessment/public.ts';
import { AssessmentSection } from './assessment/public-pages.tsx';
import { dutiesOf } from './conformity/duties.ts';
import { DutiesSection } from './conformity/duty-views.tsx';
import { ConsultationSection } from './consultation/public-views.tsx';
import { consultationsOf, countComments } from './consultation/read.ts';
import type { Context } from './context.ts';
import { RetentionSection, retentionOf } from './erasure/retention-section.tsx';
import { publicFigures as primacyFiguresOf } from './primacy/figures.ts';
import { PrimacySection } from './primacy/views.tsx';
import type { PublicSystem } from './register/public-register.ts';

/** What the rooms above the register publish on a system's page. */
export async function registerSections(ctx: Context, system: PublicSystem) {
  const { authorityId, systemId } = system;
  const consultations = await Promise.all(
    (await consultationsOf(ctx, authorityId, systemId)).map(async (consultation) => ({
      consultation,
      counts: await countComments(ctx.store.read, consultation),
    })),
  );
  return (
    <>
      <AssessmentSection
        system={system}
        assessments={await publishedAssessments(ctx, authorityId, systemId)}
      />
      <DutiesSection system={system} duties={await dutiesOf(ctx, system)} />
      <ConsultationSection entries={consultations} now={ctx.clock.now()} />
      <PrimacySection figures={await primacyFiguresOf(ctx, system)} />
      <RetentionSection schedule={await retentionOf(ctx, system)} />
    </>
  );
}
