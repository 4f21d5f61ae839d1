import { ExplainError } from '../error.ts';
import {
  decideByRules,
  type RuleCondition,
  type RuleDecision,
  type RuleFacts,
  type RuleStep,
} from '../rules/decide.ts';
import type { RulesModel } from '../rules/model.ts';
import type { ExplainCommand } from './command.ts';
import { escaped, pageHead } from './render.ts';

/** Decisions of rules with the steps that led to them, one per case, piece by piece. */
export async function* rulesReport(
  model: RulesModel,
  command: ExplainCommand,
  cases: readonly { readonly facts: RuleFacts; readonly line: number }[],
): AsyncGenerator<string> {
  if (command.against !== undefined || command.counterfactual !== undefined) {
    throw new ExplainError(
      'bad-question',
      'options',
      'rules are explained by the rows that held, not against others; leave --against and --counterfactual out',
    );
  }
  const { format, sha256, nodes, facts } = model;
  if (command.format === 'json')
    yield `{"model":${JSON.stringify({ format, nodes: nodes.length, sha256 })},"features":${JSON.stringify(facts)},"rows":[`;
  if (command.format === 'text') yield `${format}, ${nodes.length} nodes, sha256 ${sha256}\n`;
  if (command.format === 'html')
    yield pageHead(`${format}, ${nodes.length} nodes, sha256 <code>${sha256}</code>`);
  for (const [index, { facts: own, line }] of cases.entries()) {
    const { result, steps } = await decideByRules(model, own).catch((error: unknown): never => {
      throw error instanceof ExplainError ? error.inFile(`${command.rows.name}, line ${line}`) : error;
    });
    if (command.format === 'json') yield `${index === 0 ? '' : ','}\n${JSON.stringify({ result, steps })}`;
    if (command.format === 'text') yield asText(result, steps, index);
    if (command.format === 'html') yield asSection(result, steps, index);
    if (index % 64 === 63) command.progress?.(index + 1, cases.length);
  }
  if (command.format === 'json') yield ']}\n';
  if (command.format === 'html') yield '</body></html>\n';
}

const conditionText = ({ name, field, test, value }: RuleCondition) =>
  field === null ? test : `${name} ${JSON.stringify(value)}: ${test}`;

/** What one step did, a line each. */
function linesOf(step: RuleStep): string[] {
  switch (step.kind) {
    case 'expressions':
      return step.values.map(
        ({ key, expression, value }) => `${key} = ${expression} = ${JSON.stringify(value)}`,
      );
    case 'switch':
      return step.taken.map((condition) => `because ${conditionText(condition)}`);
    case 'table':
      return [
        ...step.missed.map(({ row, failed }) => `not row ${row}, as ${conditionText(failed)} does not hold`),
        ...step.hits.map(({ row, description, conditions, gives }) => {
          const why =
            conditions.length === 0
              ? 'which always holds'
              : `as ${conditions.map(conditionText).join(' and ')}`;
          return `row ${row}${description === '' ? '' : ` (${description})`}, ${why}: ${JSON.stringify(gives)}`;
        }),
      ];
  }
}

function asText(result: RuleDecision['result'], steps: readonly RuleStep[], index: number): string {
  const body = steps.map(
    (step) =>
      `  ${step.name}\n${linesOf(step)
        .map((line) => `    ${line}\n`)
        .join('')}`,
  );
  return `\nrow ${index + 1}: ${JSON.stringify(result)}\n${body.join('')}`;
}

function asSection(result: RuleDecision['result'], steps: readonly RuleStep[], index: number): string {
  const body = steps.map(
    (step) =>
      `<h3>${escaped(step.name)}</h3><ul>${linesOf(step)
        .map((line) => `<li>${escaped(line)}</li>`)
        .join('')}</ul>\n`,
  );
  return `<section><h2>Row ${index + 1}: ${escaped(JSON.stringify(result))}</h2>\n${body.join('')}</section>\n`;
}
