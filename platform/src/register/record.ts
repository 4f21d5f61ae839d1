import { z } from '@hono/zod-openapi';
import { modelUse } from './models/use.ts';

/**
 * The public record of a system, as its agency wrote it. Text stays in the languages the agency gave; what is
 * missing is marked on the page, never invented.
 */
const text = (max: number) =>
  z.string().trim().min(1).max(max).refine(isPlainText, 'has characters that are not text');

/** No control characters, no overrides of the direction of what stands around it, no half characters. */
export function isPlainText(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  return value.isWellFormed() && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(value);
}

export const localized = (max = 2_000) =>
  z
    .strictObject({ ar: text(max), zgh: text(max), fr: text(max), en: text(max) })
    .partial()
    .refine(
      (value) => Object.values(value).some((v) => v !== undefined),
      'give the text in at least one language',
    );

export const factName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'use a–z, 0–9 and _, at most 40, first a letter')
  .refine((name) => name !== 'constructor' && name !== 'prototype', 'this name is reserved');

/** Matters on which nobody is ever advised to change anything (invariant I6). */
export const NEVER_ADVISED = [
  'household-size',
  'age',
  'schooling',
  'literacy',
  'health',
  'cover',
  'housing',
  'work',
  'consumption',
] as const;

export const topic = z.enum([
  ...NEVER_ADVISED,
  'residence',
  'registry',
  'property',
  'income',
  'business',
  'other',
]);
export type Topic = z.infer<typeof topic>;

const inputBase = {
  name: factName,
  label: localized(200),
  help: localized(600).optional(),
  topic,
  /** The record may be wrong or out of date, and the person may have it corrected. */
  correctable: z.boolean(),
  /** The person could act on it; needs a public justification and is refused for the topics above. */
  actionable: z.strictObject({ justification: localized(1_000) }).optional(),
  /** Where the administration has the fact from. */
  source: localized(300).optional(),
  /** A case may come without it: then it is not recorded, and the model takes it as missing. */
  optional: z.boolean().optional(),
};

const integer = z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

export const input = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...inputBase,
      type: z.literal('integer'),
      minimum: integer,
      maximum: integer,
      unit: localized(40).optional(),
    }),
    z.strictObject({
      ...inputBase,
      type: z.literal('decimal'),
      minimum: z.number(),
      maximum: z.number(),
      decimals: z.number().int().min(1).max(6),
      unit: localized(40).optional(),
    }),
    z.strictObject({ ...inputBase, type: z.literal('boolean') }),
    z.strictObject({
      ...inputBase,
      type: z.literal('choice'),
      values: z
        .array(z.strictObject({ value: factName, label: localized(200) }))
        .min(2)
        .max(200),
    }),
  ])
  .superRefine((value, context) => {
    if (value.actionable && (NEVER_ADVISED as readonly string[]).includes(value.topic)) {
      context.addIssue({
        code: 'custom',
        path: ['actionable'],
        message: `nobody is advised about ${value.topic}: remove "actionable"`,
      });
    }
    if ('minimum' in value && value.minimum > value.maximum) {
      context.addIssue({ code: 'custom', path: ['minimum'], message: 'is greater than "maximum"' });
    }
    if (value.type === 'decimal') {
      for (const bound of ['minimum', 'maximum'] as const) {
        if (Number(value[bound].toFixed(value.decimals)) === value[bound]) continue;
        const message = `has more than ${value.decimals} decimals`;
        context.addIssue({ code: 'custom', path: [bound], message });
      }
    }
    if (value.type === 'choice') {
      for (const [i, { value: name }] of value.values.entries()) {
        if (value.values.findIndex((other) => other.value === name) === i) continue;
        context.addIssue({ code: 'custom', path: ['values', i], message: `"${name}" is there twice` });
      }
    }
  });
export type Input = z.infer<typeof input>;

export const humanContact = z.strictObject({
  telephone: z.string().regex(/^[+0-9][0-9 ]{3,24}$/, 'digits and spaces, optionally + first'),
  counter: localized(400),
  hours: localized(200),
});
export type HumanContact = z.infer<typeof humanContact>;

export const systemRecord = z
  .strictObject({
    name: localized(200),
    purpose: localized(),
    legalBasis: z
      .array(
        z.strictObject({
          id: factName,
          title: localized(400),
          article: z.string().min(1).max(60).optional(),
        }),
      )
      .min(1)
      .max(20),
    kindOfDecision: localized(600),
    /** What each outcome is called: shown in the decision, the notice and the register. */
    outcomes: z.strictObject({ favourable: localized(200), adverse: localized(200) }),
    impactLevel: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    norms: z
      .array(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/))
      .min(1)
      .max(10),
    inputs: z.array(input).min(1).max(120),
    /** The model's reasons in words: one per reason id of the model. */
    reasons: z
      .array(z.strictObject({ id: factName, label: localized(200), explanation: localized(600).optional() }))
      .max(120),
    /** How a model of numbers is used; a scorecard's file says it itself. */
    model: modelUse.optional(),
    humanInvolvement: localized(),
    humanContact,
    manualFallback: localized(),
    /** Adverse decisions with the same reasons of law and fact, word for word, allowed before a text is refused. */
    sameReasonsLimit: z.number().int().min(1).max(50).default(5),
  })
  .superRefine((record, context) => {
    const unique = (items: readonly string[], path: string) => {
      const seen = new Set<string>();
      for (const [i, name] of items.entries()) {
        if (seen.has(name))
          context.addIssue({ code: 'custom', path: [path, i], message: `"${name}" is there twice` });
        seen.add(name);
      }
    };
    unique(
      record.inputs.map((i) => i.name),
      'inputs',
    );
    unique(
      record.reasons.map((r) => r.id),
      'reasons',
    );
    unique(
      record.legalBasis.map((b) => b.id),
      'legalBasis',
    );
    unique(record.norms, 'norms');
  });
export type SystemRecord = z.infer<typeof systemRecord>;
export type Localized = z.infer<ReturnType<typeof localized>>;

export const systemId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'a–z, 0–9 and -, 3 to 40 characters');
export const authorityId = systemId;

export type SystemStatus = 'draft' | 'live' | 'suspended' | 'retired';
