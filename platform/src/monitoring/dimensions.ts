import { createHash } from 'node:crypto';
import type { Localized, SystemRecord } from '../register/record.ts';
import type { Concept, MonitoringPlan } from './plan-schema.ts';

/** One way in which cases are told apart: a protected attribute in groups fixed beforehand, or a recorded fact. */
export interface PlanDimension {
  readonly name: string;
  readonly source: 'vault' | 'facts';
  readonly concept: Concept | undefined;
  /** The agency's name for it, where it gave one. */
  readonly label: Localized | undefined;
  /** Its groups in the order in which they are always shown: never by their rates. */
  readonly values: readonly { readonly value: string; readonly label: Localized | undefined }[];
  /** The group of a stored value; `null` for anything that is none of them. */
  groupOf(stored: unknown): string | null;
}

/** Where each age group begins. */
const AGES = [0, 18, 30, 45, 60] as const;

const FIXED: Readonly<Record<Exclude<Concept, 'region'>, readonly string[]>> = {
  sex: ['female', 'male'],
  age: bandNames(AGES.slice(1)),
  milieu: ['urban', 'rural'],
  disability: ['yes', 'no'],
};

/** The dimensions of a plan: protected attributes first, then facts, in the order of the declaration. */
export function dimensionsOf(plan: MonitoringPlan, record: SystemRecord): readonly PlanDimension[] {
  return [
    ...plan.attributes.map((attribute): PlanDimension => {
      const { name, concept, places } = attribute;
      const values: PlanDimension['values'] =
        places ?? FIXED[concept as Exclude<Concept, 'region'>].map((value) => ({ value, label: undefined }));
      const known = new Set(values.map(({ value }) => value));
      return {
        name,
        source: 'vault',
        concept,
        label: undefined,
        values,
        groupOf(stored) {
          const value = protectedGroup(concept, stored);
          return value !== null && known.has(value) ? value : null;
        },
      };
    }),
    ...plan.facts.map(({ name, bands }) => factDimension(name, bands, record)),
  ];
}

function protectedGroup(concept: Concept, stored: unknown): string | null {
  if (concept === 'age')
    return typeof stored === 'number' && stored >= 0 ? bandOf(stored, AGES.slice(1)) : null;
  if (typeof stored === 'boolean') return stored ? 'yes' : 'no';
  return typeof stored === 'string' ? stored : null;
}

function factDimension(
  name: string,
  bands: readonly number[] | undefined,
  record: SystemRecord,
): PlanDimension {
  const input = record.inputs.find((one) => one.name === name);
  const base = { name, source: 'facts' as const, concept: undefined, label: input?.label };
  if (bands !== undefined) {
    return {
      ...base,
      values: bandNames(bands).map((value) => ({ value, label: undefined })),
      groupOf: (stored) => {
        const number = typeof stored === 'string' ? Number(stored) : stored;
        return typeof number === 'number' && Number.isFinite(number) ? bandOf(number, bands) : null;
      },
    };
  }
  const values =
    input?.type === 'choice'
      ? input.values
      : ['yes', 'no'].map((value) => ({ value, label: undefined as Localized | undefined }));
  const known = new Set(values.map(({ value }) => value));
  return {
    ...base,
    values,
    groupOf(stored) {
      const value = typeof stored === 'boolean' ? (stored ? 'yes' : 'no') : stored;
      return typeof value === 'string' && known.has(value) ? value : null;
    },
  };
}

/** Names of the bands between the numbers at which they begin: `0-18` is from 0 to under 18. */
function bandNames(starts: readonly number[]): string[] {
  return [`-${starts[0]}`, ...starts.map((from, at) => `${from}-${starts[at + 1] ?? ''}`)];
}

function bandOf(value: number, starts: readonly number[]): string {
  const at = starts.filter((from) => from <= value).length;
  return bandNames(starts)[at] as string;
}

/** Tells whether two plans count alike: another scheme needs another count from the beginning. */
export function schemeOf(dimensions: readonly PlanDimension[]): string {
  const told = dimensions.map(({ name, source, values }) => [name, source, values.map(({ value }) => value)]);
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}
