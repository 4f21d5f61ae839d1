import { z } from 'zod';
import { factName, localized } from '../register/record.ts';

/**
 * The protected attributes that are ever watched: no others may be declared. Each fixes its own groups, so that no agency
 * invents finer ones.
 */
export const CONCEPTS = ['sex', 'age', 'milieu', 'region', 'disability'] as const;
export type Concept = (typeof CONCEPTS)[number];

/** A region or a province, never anything smaller: the declared places are the only ones that are told apart. */
const place = z.strictObject({
  value: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
  label: localized(120),
});

const attribute = z
  .strictObject({
    /** Its name in the envelope's `audit`. */
    name: factName,
    concept: z.enum(CONCEPTS),
    /** For `region`: every place that is told apart, of the rank of a province at least. */
    places: z.array(place).min(2).max(120).optional(),
  })
  .refine(({ concept, places }) => (concept === 'region') === (places !== undefined), {
    path: ['places'],
    message: 'a region needs the list of its places, and nothing else has one',
  });

/** A recorded fact of the case (not protected) by which groups are told apart: a sector, a size. */
const fact = z.strictObject({
  name: factName,
  /** Of a number: where each band but the first begins, ascending. */
  bands: z.array(z.number()).min(1).max(12).optional(),
});

const rate = z.string().regex(/^0\.\d{1,4}$/, 'give a share such as "0.05"');

/** How one system is watched. Declared by a supervisor and published with the system's record. */
export const monitoringPlan = z
  .strictObject({
    attributes: z.array(attribute).max(8).default([]),
    facts: z.array(fact).max(6).default([]),
    /** Dimensions within which people are compared, because the rule lawfully tells them apart. */
    within: z.array(factName).max(2).default([]),
    /** By how much a group's share of decisions against it may exceed that of the others. */
    tolerance: rate,
    /** Other tolerances, by dimension. */
    tolerances: z.record(factName, rate).default({}),
    /** Why this is tolerated and what is compared within: published. */
    justification: localized(1_000),
    /** What the model's score is of the adverse outcome, where it is a chance at all: calibration needs it. */
    score: z.enum(['probability', 'log-odds']).optional(),
    /** What a breach does besides opening an alert. */
    on_breach: z.enum(['notify', 'suspend']).default('notify'),
  })
  .superRefine((plan, context) => {
    const names = [...plan.attributes, ...plan.facts].map(({ name }) => name);
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (names.length === 0) issue(['attributes'], 'declare at least one attribute or fact');
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) !== i) issue(['attributes'], `"${name}" is there twice`);
    }
    for (const [i, name] of plan.within.entries()) {
      if (!names.includes(name)) issue(['within', i], `"${name}" is no attribute or fact of this plan`);
    }
    for (const name of Object.keys(plan.tolerances)) {
      if (!names.includes(name))
        issue(['tolerances', name], `"${name}" is no attribute or fact of this plan`);
    }
    for (const [i, { bands }] of plan.facts.entries()) {
      if (bands?.some((from, at) => at > 0 && from <= (bands[at - 1] as number))) {
        issue(['facts', i, 'bands'], 'bands begin at ascending numbers');
      }
    }
  });
export type MonitoringPlan = z.infer<typeof monitoringPlan>;
