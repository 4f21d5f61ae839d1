/** What a question or page depends on. The grammar is the part of SurveyJS expressions that questionnaires use. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'equals' | 'differs' | 'contains'; readonly question: string; readonly value: string };

export type AnswerValue = string | readonly string[];
export type Answers = Readonly<Record<string, AnswerValue>>;

/** Why an expression cannot be read, and where in it. */
export class ConditionFault extends Error {}

type Token = { readonly kind: 'name' | 'text' | 'word' | 'sign'; readonly value: string };

const TOKEN = /\s*(?:\{([^{}]+)\}|"([^"]*)"|'([^']*)'|(and|or|contains)\b|(!=|=|\(|\)|\[|\]))/y;

function tokens(expression: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (expression.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(expression);
    if (match === null) throw new ConditionFault(`cannot read "${expression.slice(at).trim()}"`);
    const [, name, double, single, word, sign] = match;
    if (name !== undefined) found.push({ kind: 'name', value: name.trim() });
    else if (word !== undefined) found.push({ kind: 'word', value: word });
    else if (sign !== undefined) found.push({ kind: 'sign', value: sign });
    else found.push({ kind: 'text', value: double ?? single ?? '' });
    at = TOKEN.lastIndex;
  }
  return found;
}

/**
 * Reads `{a} = "x" and ({b} contains "y" or {b} contains ["z"])`. `and` binds tighter than `or`.
 * Throws ConditionFault for anything else.
 */
export function parseCondition(expression: string): Condition {
  const list = tokens(expression);
  let at = 0;
  const take = (kind: Token['kind'], value?: string): Token => {
    const token = list[at];
    if (token === undefined || token.kind !== kind || (value !== undefined && token.value !== value)) {
      throw new ConditionFault(`expected ${value ?? kind} but found ${token?.value ?? 'the end'}`);
    }
    at++;
    return token;
  };
  const next = (value: string) =>
    list[at]?.value === value && list[at]?.kind !== 'text' && list[at]?.kind !== 'name';

  const comparison = (): Condition => {
    if (next('(')) {
      take('sign', '(');
      const inner = either();
      take('sign', ')');
      return inner;
    }
    const question = take('name').value;
    const op = next('contains') ? 'contains' : next('!=') ? 'differs' : 'equals';
    take(op === 'contains' ? 'word' : 'sign', op === 'contains' ? 'contains' : op === 'differs' ? '!=' : '=');
    if (op !== 'contains' || !next('[')) return { op, question, value: take('text').value };
    take('sign', '[');
    const value = take('text').value;
    take('sign', ']');
    return { op, question, value };
  };
  const chain = (word: 'and' | 'or', inner: () => Condition): Condition => {
    const of = [inner()];
    while (next(word)) {
      take('word', word);
      of.push(inner());
    }
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { op: word, of };
  };
  const both = (): Condition => chain('and', comparison);
  const either = (): Condition => chain('or', both);

  const condition = either();
  if (at < list.length) throw new ConditionFault(`did not expect ${list[at]?.value ?? ''}`);
  return condition;
}

/** The questions that a condition looks at. */
export function mentions(condition: Condition): string[] {
  return 'of' in condition ? condition.of.flatMap(mentions) : [condition.question];
}

/**
 * Whether the condition holds. As in SurveyJS, `contains` on a list asks for the element and on a single answer for the
 * characters: `"item2-0"` contains `"item2"`. An unanswered question equals and contains nothing.
 */
export function holds(condition: Condition, answer: (question: string) => AnswerValue | undefined): boolean {
  switch (condition.op) {
    case 'and':
      return condition.of.every((one) => holds(one, answer));
    case 'or':
      return condition.of.some((one) => holds(one, answer));
    case 'contains':
      return answer(condition.question)?.includes(condition.value) ?? false;
    case 'equals':
      return same(answer(condition.question), condition.value);
    case 'differs':
      return !same(answer(condition.question), condition.value);
  }
}

function same(given: AnswerValue | undefined, value: string): boolean {
  return typeof given === 'string' ? given === value : given?.length === 1 && given[0] === value;
}
