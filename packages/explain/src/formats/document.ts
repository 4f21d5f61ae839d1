import { ExplainError } from '../error.ts';
import type { FloatDocument, FloatObject } from '../files/json.ts';

/** A cursor into a document of floats that knows where it stands, for errors. Unknown keys are passed over. */
export class Field {
  readonly path: string;
  readonly value: FloatDocument | undefined;

  constructor(value: FloatDocument | undefined, path: string) {
    this.value = value;
    this.path = path;
  }

  get(key: string): Field {
    return new Field(this.object().get(key), this.path === '' ? key : `${this.path}.${key}`);
  }

  exists(): boolean {
    return this.value !== undefined;
  }

  object(): FloatObject {
    return this.value instanceof Map ? this.value : this.fail('an object');
  }

  items(): Field[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.fail('a list');
    return value.map((item: FloatDocument, index) => new Field(item, `${this.path}[${index}]`));
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.fail('a string');
  }

  texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** A list of numbers; with `length`, of exactly that many. */
  numbers(length?: number): Float64Array {
    const { value } = this;
    const numbers =
      value instanceof Float64Array
        ? value
        : Array.isArray(value)
          ? Float64Array.from(value, (item: FloatDocument) => this.flag(item))
          : this.fail('a list of numbers');
    if (length !== undefined && numbers.length !== length) {
      throw new ExplainError(
        'wrong-type',
        this.path,
        `has ${numbers.length} entries, ${length} are expected; the file is damaged`,
      );
    }
    return numbers;
  }

  /** A number, or a number written as a string ("5E-1"). */
  number(): number {
    const number =
      typeof this.value === 'string' && this.value.trim() !== '' ? Number(this.value) : this.value;
    return typeof number === 'number' && !Number.isNaN(number) ? number : this.fail('a number');
  }

  count(max: number): number {
    const count = this.number();
    if (!(Number.isInteger(count) && count >= 0 && count <= max)) {
      throw new ExplainError(
        'out-of-limits',
        this.path,
        `is ${count}; expected a whole number from 0 to ${max}`,
      );
    }
    return count;
  }

  fail(expected: string): never {
    if (this.value === undefined)
      throw new ExplainError('missing-key', this.path, `is missing; expected ${expected}`);
    throw new ExplainError('wrong-type', this.path, `expected ${expected}`);
  }

  private flag(item: FloatDocument): number {
    return typeof item === 'boolean'
      ? Number(item)
      : typeof item === 'number'
        ? item
        : this.fail('a list of numbers');
  }
}
