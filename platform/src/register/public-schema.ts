import { z } from '@hono/zod-openapi';
import type { Context } from '../context.ts';
import type { FigureName, Figures } from '../monitoring/index.ts';
import { currentPlan, type DeclaredPlan } from '../monitoring/plan.ts';
import { type AuthorityProfile, authorities } from './authorities.ts';
import { decidesJson, decidesSchema, publicModel } from './public-model.ts';
import { PUBLIC_STATUSES, type PublicSystem, type RegisterEntry } from './public-register.ts';
import type { PublishedFigures } from './published-figures.ts';
import { humanContact, localized, systemRecord } from './record.ts';

/** The agency's record by name, so that the OpenAPI document says it once. */
export const recordSchema = systemRecord.openapi('SystemRecord');

const status = z.enum(PUBLIC_STATUSES);
const day = z.iso.date();

const entry = z.object({
  authority: z.string(),
  system: z.string(),
  status,
  version: z.number().int(),
  impact_level: z.number().int(),
  name: localized(),
  purpose: localized(),
  url: z.string().describe('The whole record, as JSON.'),
});

export const registerSchema = z
  .object({
    schema: z.literal('taalil-register/1'),
    systems: z.array(entry),
    next: z.string().nullable().describe('Cursor for ?after=; null on the last page.'),
  })
  .openapi('Register');

const share = z
  .object({
    count: z.number().int(),
    of: z.number().int(),
    share: z.string().describe('Decimal, three digits.'),
    interval: z.tuple([z.string(), z.string()]).describe("95 %, Wilson's score interval."),
  })
  .nullable();

const figures = {
  volume: z.number().int().nullable().describe('Cases decided for the first time.'),
  adverse: share.describe('Of the cases decided, those decided against the person.'),
  overridden: share.describe('Of the proposals that a person decided, those overridden.'),
  reviews_asked_at_least: z.number().int().nullable().describe('Requests for review, in tens.'),
  reviews_upheld: share.describe('Of the reviews answered, those upheld.'),
  review_days: z
    .object({
      median: z.string(),
      interval: z.tuple([z.number(), z.number()]).describe('95 %, exact binomial ranks.'),
      of: z.number().int(),
    })
    .nullable()
    .describe('Calendar days from the request to the answer.'),
} satisfies Record<FigureName, z.ZodType>;

const until = Object.fromEntries(Object.keys(figures).map((name) => [name, day.nullable()])) as Record<
  FigureName,
  z.ZodNullable<typeof day>
>;

const figuresSchema = z
  .object({
    snapshot: day.describe('Taken when this day was over in Morocco; figures are never live.'),
    from: day,
    total: z.object(figures),
    total_until: z
      .object(until)
      .describe('The last day that each total counts: a change of fewer than ten people waits.'),
    groups: z
      .record(
        z.string(),
        z.object({
          until: day,
          groups: z.record(z.string(), share).describe('By group; the empty name is those of unknown group.'),
          together: share.describe('Groups too small to stand alone.'),
        }),
      )
      .describe(
        'By watched attribute, never crossed: of the cases decided, those decided against the person.',
      ),
    periods: z.array(z.object({ from: day, to: day, ...figures })).describe('Closed periods, newest first.'),
  })
  .describe('null stands for what is withheld: fewer than ten people, or all but fewer than ten.')
  .openapi('Figures');

const model = z.object({ version: z.number().int(), sha256: z.string(), url: z.string() });
const version = z.object({
  version: z.number().int(),
  published_at: z.iso.datetime(),
  log_index: z.number().int(),
  model,
});

export const systemSchema = z
  .object({
    schema: z.literal('taalil-register-system/1'),
    authority: z.object({ id: z.string(), name: localized(), human_contact: humanContact }),
    system: z.string(),
    status,
    status_since: z.iso.datetime(),
    status_reason: localized().nullable(),
    version: z.number().int(),
    present_version: z.number().int(),
    published_at: z.iso.datetime(),
    log_index: z.number().int().describe("The version's place in the authority's transparency log."),
    model,
    decides: decidesSchema,
    record: recordSchema.describe(
      "The agency's record, as it was sealed; text in the languages the agency gave.",
    ),
    versions: z.array(version),
    status_history: z.array(
      z.object({
        at: z.iso.datetime(),
        from: z.enum(['draft', ...PUBLIC_STATUSES]),
        to: z.enum(['draft', ...PUBLIC_STATUSES]),
        reason: localized().nullable(),
        log_index: z.number().int(),
      }),
    ),
    figures: figuresSchema.nullable(),
    monitoring: z
      .object({
        revision: z.number().int(),
        declared_at: z.iso.datetime(),
        compared_by: z.array(z.string()),
        within: z.array(z.string()),
        tolerance: z.string().describe('Largest tolerated excess of the share, as a decimal.'),
        tolerances: z.record(z.string(), z.string()).describe('Other tolerances, by attribute or fact.'),
        justification: localized(),
        on_breach: z.enum(['notify', 'suspend']),
      })
      .nullable()
      .describe('How differences between groups are watched, as a supervisor declared it.'),
    log: z.object({ origin: z.string(), vkey: z.string(), checkpoint: z.string() }),
  })
  .openapi('RegisterSystem');

export function registerJson(
  entries: readonly RegisterEntry[],
  next: string | undefined,
): z.infer<typeof registerSchema> {
  return {
    schema: 'taalil-register/1',
    systems: entries.map((e) => ({
      authority: e.authorityId,
      system: e.systemId,
      status: e.status,
      version: e.version,
      impact_level: e.impactLevel,
      name: e.name,
      purpose: e.purpose,
      url: systemUrl(e),
    })),
    next: next ?? null,
  };
}

type SystemJson = z.infer<typeof systemSchema>;

export async function systemJson(ctx: Context, system: PublicSystem): Promise<SystemJson> {
  const { authorityId } = system;
  const profile = authorities(ctx).get(authorityId) as AuthorityProfile;
  const changed = system.history[0];
  const modelOf = ({ version: n, sha256 }: PublicSystem['model']) => ({
    version: n,
    sha256,
    url: modelUrl(system, sha256),
  });
  return {
    schema: 'taalil-register-system/1',
    authority: { id: authorityId, name: profile.name, human_contact: profile.humanContact },
    system: system.systemId,
    status: system.status,
    status_since: changed?.at ?? system.publishedAt,
    status_reason: changed?.reason ?? null,
    version: system.version,
    present_version: system.presentVersion,
    published_at: system.publishedAt,
    log_index: system.logIndex,
    model: modelOf(system.model),
    decides: decidesJson(await publicModel(ctx, system)),
    record: system.record,
    versions: system.versions.map((v) => ({
      version: v.version,
      published_at: v.publishedAt,
      log_index: v.logIndex,
      model: modelOf(v.model),
    })),
    status_history: system.history.map((h) => ({
      at: h.at,
      from: h.from,
      to: h.to,
      reason: h.reason ?? null,
      log_index: h.logIndex,
    })),
    figures: system.figures === undefined ? null : figuresJson(system.figures),
    monitoring: monitoringJson(await currentPlan(ctx.store.read, authorityId, system.systemId)),
    log: {
      origin: await ctx.ledger.origin(authorityId),
      vkey: await ctx.ledger.vkey(authorityId),
      checkpoint: `/log/${authorityId}/checkpoint`,
    },
  };
}

function monitoringJson(declared: DeclaredPlan | undefined): SystemJson['monitoring'] {
  if (declared === undefined) return null;
  const { plan, revision, declaredAt } = declared;
  return {
    revision,
    declared_at: declaredAt,
    compared_by: [...plan.attributes, ...plan.facts].map(({ name }) => name),
    within: plan.within,
    tolerance: plan.tolerance,
    tolerances: plan.tolerances,
    justification: plan.justification,
    on_breach: plan.on_breach,
  };
}

function figuresJson(published: PublishedFigures): NonNullable<SystemJson['figures']> {
  const plain = (f: Figures) => f as NonNullable<SystemJson['figures']>['total'];
  return {
    snapshot: published.day,
    from: published.from,
    total: plain(published.totals),
    total_until: published.until,
    groups: published.groups as NonNullable<SystemJson['figures']>['groups'],
    periods: published.periods.map(({ from, to, figures: f }) => ({ from, to, ...plain(f) })),
  };
}

type Named = { readonly authorityId: string; readonly systemId: string };

export const systemUrl = ({ authorityId, systemId }: Named) => `/api/v1/register/${authorityId}/${systemId}`;
export const groupsUrl = (system: Named) => `${systemUrl(system)}/groups.csv`;
export const modelUrl = (system: Named, sha256: string) => `${systemUrl(system)}/models/${sha256}`;
