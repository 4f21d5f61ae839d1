import { z } from '@hono/zod-openapi';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import type { DecisionRule, ModelKind } from './models/index.ts';
import type { PublicSystem } from './public-register.ts';
import { loadSystem } from './systems.ts';

/** What kind of model decides, and how the outcome follows from what it computes. */
export interface PublicModel {
  readonly kind: ModelKind;
  readonly format: string;
  readonly exactness: 'exact' | 'approximate';
  readonly replayable: boolean;
  readonly rule: DecisionRule;
}

/** Of the version shown; undefined where the stored file cannot be read any more, as nothing then decides either. */
export async function publicModel(
  ctx: Context,
  { authorityId, systemId, version }: PublicSystem,
): Promise<PublicModel | undefined> {
  try {
    const { model } = await loadSystem(ctx.store.read, authorityId, systemId, version);
    const { kind, format, exactness, replayable, rule } = model;
    return { kind, format, exactness, replayable, rule };
  } catch (error) {
    if (error instanceof PlatformError && ['altered-record', 'invalid-model'].includes(error.code))
      return undefined;
    throw error;
  }
}

const effect = z.enum(['favourable', 'adverse']);

export const decidesSchema = z
  .object({
    kind: z.enum(['scorecard', 'trees', 'linear', 'rules', 'black-box'] satisfies ModelKind[]),
    format: z.string(),
    reasons: z
      .enum(['exact', 'approximate'])
      .describe('Approximate: the model only answers, and its reasons are estimates with standard errors.'),
    runs_again: z.boolean().describe('Whether the model is held here, so that a decision can be run again.'),
    rule: z.discriminatedUnion('by', [
      z.object({
        by: z.enum(['score', 'margin', 'probability']),
        threshold: z.string(),
        above: effect.describe('The outcome above the threshold; at or below it the other one.'),
        output: z.number().int().optional(),
      }),
      z.object({ by: z.literal('class'), classes: z.array(z.object({ name: z.string(), effect })) }),
      z.object({
        by: z.literal('result'),
        field: z.string(),
        favourable: z.array(z.string()).describe('Any other result is adverse.'),
      }),
    ]),
  })
  .nullable()
  .describe('How this version decides; null where its stored model file cannot be read.')
  .openapi('Decides');

export function decidesJson(model: PublicModel | undefined): z.infer<typeof decidesSchema> {
  if (model === undefined) return null;
  const { kind, format, exactness, replayable, rule } = model;
  return { kind, format, reasons: exactness, runs_again: replayable, rule: structuredClone(rule) };
}
