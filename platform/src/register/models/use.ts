import { z } from '@hono/zod-openapi';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'use a–z, 0–9 and _, at most 40, first a letter');
const effect = z.enum(['favourable', 'adverse']);
const decimal = z
  .string()
  .regex(/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,12})?$/, 'write a plain decimal such as "-0.25"');

/** How the outcome follows from what the model computes: a threshold on one of its outputs, or its largest class. */
export const outcomeRule = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.enum(['margin', 'probability']),
    /** A probability is compared as a margin: ln(t / (1 − t)) for a logistic link. */
    threshold: decimal,
    /** The effect of a value above the threshold; at or below it the other one. */
    above: effect,
    output: z.number().int().min(0).max(9_999).default(0),
  }),
  z.strictObject({
    by: z.literal('result'),
    /** The field of the rules' result that is the outcome, and which of its values are a full grant: no other is. */
    field: z.string().min(1).max(80),
    favourable: z.array(z.string().min(1).max(80)).min(1).max(50),
  }),
  z.strictObject({
    by: z.literal('class'),
    /** The effect of each of the model's classes, in the order of its outputs. */
    classes: z.array(z.strictObject({ name, effect })).min(2).max(1_000),
  }),
]);
export type OutcomeRule = z.infer<typeof outcomeRule>;
/** A rule on what a model of numbers computes. */
export type NumberRule = Exclude<OutcomeRule, { by: 'result' }>;

/** How one column of the model is filled from the facts, and under which reason its weight is told. */
export const feature = z
  .strictObject({
    /** The model's own name of the column, or its position (`f0`, `f1`, …) where the file names none. */
    feature: z.string().min(1).max(200),
    input: name,
    /** Of a choice: 1 for this value, else 0 (one column of a one-hot group). */
    equals: name.optional(),
    /** Of a choice: the number that stands for each value. */
    codes: z.record(name, z.number()).optional(),
    reason: name,
  })
  .refine((f) => f.equals === undefined || f.codes === undefined, 'give "equals" or "codes", not both');
export type Feature = z.infer<typeof feature>;

/** Under which reason of the record one rule of a table is told. */
export const ruleUse = z.strictObject({
  node: z.string().min(1).max(200),
  row: z.string().min(1).max(200),
  reason: name,
});
export type RuleUse = z.infer<typeof ruleUse>;

/**
 * What a model file does not say itself, as data of the published version: which fact fills which column, which
 * columns or rules are told as one reason, and how the outcome follows.
 */
export const modelUse = z.strictObject({
  outcome: outcomeRule,
  features: z.array(feature).max(2_000).default([]),
  /** Of rules: the reason of every row of every table. */
  rules: z.array(ruleUse).max(10_000).default([]),
  /** Of rules: the input that fills a fact of another name (`person.age`). */
  facts: z
    .array(z.strictObject({ fact: z.string().min(1).max(200), input: name }))
    .max(200)
    .default([]),
  /** Cases that stand for what is usual, where the file holds neither training weights nor means. */
  background: z
    .array(z.record(name, z.union([z.string().max(80), z.number(), z.boolean()])))
    .min(1)
    .max(200)
    .optional(),
});
export type ModelUse = z.infer<typeof modelUse>;
