import { Ajv, type ErrorObject } from 'ajv';
import { PlatformError } from '../errors.ts';
import type { Input, SystemRecord } from './record.ts';

/** JSON Schema of one input fact: the restricted subset that a record may use, nothing remote, nothing recursive. */
export function inputSchema(input: Input): Record<string, unknown> {
  switch (input.type) {
    case 'integer':
      return { type: 'integer', minimum: input.minimum, maximum: input.maximum };
    case 'decimal':
      return { type: 'number', minimum: input.minimum, maximum: input.maximum };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return { enum: input.values.map((v) => v.value) };
  }
}

/** JSON Schema (2020-12) of all facts of one case; every input that is not optional is required, and nothing else is accepted. */
export function factsSchema(record: SystemRecord): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: record.inputs.filter((i) => !i.optional).map((i) => i.name),
    properties: Object.fromEntries(record.inputs.map((i) => [i.name, inputSchema(i)])),
  };
}

export type Facts = Readonly<Record<string, string | number | boolean>>;
export type FactsValidator = (facts: unknown) => Facts;

function faultOf(error: ErrorObject): { where: string; what: string } {
  const at = `/input${error.instancePath}`;
  const p = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return { where: `${at}/${p.additionalProperty}`, what: 'is not an input of this system: remove it' };
    case 'required':
      return { where: `${at}/${p.missingProperty}`, what: 'is missing: every input is required' };
    case 'enum':
      return { where: at, what: `must be one of ${(p.allowedValues as unknown[]).join(', ')}` };
    case 'type':
      return { where: at, what: `must be of type ${p.type}` };
    default:
      return { where: at, what: error.message ?? 'is not valid' };
  }
}

/** Decimals leave admission as strings, so that no floating point changes what is sealed. */
function withDecimalStrings(facts: Record<string, number>, decimals: readonly DecimalInput[]): Facts {
  const out: Record<string, string | number | boolean> = { ...facts };
  // Adding zero makes -0 the zero that it is.
  for (const input of decimals) {
    const value = facts[input.name];
    if (value !== undefined) out[input.name] = (value + 0).toFixed(input.decimals);
  }
  return out;
}

type DecimalInput = Extract<Input, { type: 'decimal' }>;

/** Compiles the check of a system's facts. The validator throws `invalid-input` and names every fault. */
export function factsValidator(record: SystemRecord): FactsValidator {
  const { $schema: _, ...schema } = factsSchema(record);
  const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema);
  const decimals = record.inputs.filter((i) => i.type === 'decimal');
  return (facts) => {
    const faults = validate(facts) ? [] : (validate.errors ?? []).slice(0, 20).map(faultOf);
    if (faults.length === 0) {
      for (const input of decimals) {
        const value = (facts as Record<string, number>)[input.name];
        if (value !== undefined && Number(value.toFixed(input.decimals)) !== value) {
          faults.push({ where: `/input/${input.name}`, what: `has more than ${input.decimals} decimals` });
        }
      }
    }
    if (faults.length > 0) {
      throw new PlatformError(
        'invalid-input',
        'The input does not match the inputs that this system declares.',
        {
          faults,
          mend: 'Correct the fields named in "faults"; the system\'s page in the register lists every input.',
        },
      );
    }
    return decimals.length === 0
      ? (facts as Facts)
      : withDecimalStrings(facts as Record<string, number>, decimals);
  };
}
