import { type Condition, ConditionFault, parseCondition } from '../condition.ts';
import type { Field } from './field.ts';

/** A condition written as an expression. */
export function readCondition(field: Field): Condition {
  const expression = field.text();
  try {
    return parseCondition(expression);
  } catch (error) {
    if (!(error instanceof ConditionFault)) throw error;
    return field.fail(
      'wrong-value',
      `is no condition: ${error.message}`,
      'write {question} = "choice", {question} contains "choice", and, or, ( )',
    );
  }
}
