import type { Model } from '@taalil/explain';
import type { Input, SystemRecord } from './record.ts';

export interface Fault {
  readonly where: string;
  readonly what: string;
}

type ModelFact = Model['facts'][number];

/**
 * What keeps a model from belonging to a record: a fact or a reason that the record does not name, or an input that
 * the record lets in and the model would refuse. Empty when they belong together.
 */
export function modelFaults(model: Model, record: SystemRecord): readonly Fault[] {
  return [
    ...model.facts.flatMap((fact) => {
      const place = record.inputs.findIndex((input) => input.name === fact.name);
      const input = record.inputs[place];
      return input === undefined
        ? [{ where: '/inputs', what: `the model uses "${fact.name}", which the record does not declare` }]
        : misfits(fact, input).map((what) => ({ where: `/inputs/${place}`, what: `"${fact.name}" ${what}` }));
    }),
    ...model.reasons
      .filter((id) => !record.reasons.some((reason) => reason.id === id))
      .map((id) => ({
        where: '/reasons',
        what: `the model gives the reason "${id}", which the record does not name`,
      })),
  ];
}

function misfits(fact: ModelFact, input: Input): string[] {
  if (fact.type === 'choice' && input.type === 'choice') {
    const unknown = input.values
      .filter(({ value }) => !fact.values.includes(value))
      .map(({ value }) => value);
    return unknown.length === 0 ? [] : [`has values that the model does not know: ${unknown.join(', ')}`];
  }
  if (
    (fact.type === 'integer' && input.type === 'integer') ||
    (fact.type === 'decimal' && input.type === 'decimal')
  ) {
    const faults: string[] = [];
    if (input.minimum < Number(fact.min) || input.maximum > Number(fact.max)) {
      faults.push(`goes beyond the model's range, ${fact.min} to ${fact.max}`);
    }
    if (fact.type === 'decimal' && input.type === 'decimal' && input.decimals > fact.decimals) {
      faults.push(`has ${input.decimals} decimals, the model reads ${fact.decimals}`);
    }
    return faults;
  }
  return fact.type === input.type ? [] : [`is of type ${input.type}, the model reads ${fact.type}`];
}
