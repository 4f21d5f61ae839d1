import { NormError, type NormErrorCode, type Problem } from '../error.ts';

type Step = string | number;

/** Where values came from, so that a fault can name its file and line. */
export interface Origin {
  readonly file: string;
  lineOf(path: readonly Step[]): number | undefined;
}

function tell(path: readonly Step[]): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('');
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of fields' : `the ${typeof value} ${JSON.stringify(value)}`;
}

/**
 * One value of a hostile document, together with where it stands. Every reading either gives the type asked for or
 * throws a NormError that names file, path and mend.
 */
export class Field {
  readonly value: unknown;
  readonly path: readonly Step[];
  readonly origin: Origin;

  constructor(value: unknown, path: readonly Step[], origin: Origin) {
    this.value = value;
    this.path = path;
    this.origin = origin;
  }

  fail(code: NormErrorCode, what: string, mend: string): never {
    const line = this.origin.lineOf(this.path);
    throw new NormError({
      code,
      file: this.origin.file,
      path: tell(this.path),
      ...(line === undefined ? {} : { line }),
      what,
      mend,
    });
  }

  get present(): boolean {
    return this.value !== undefined;
  }

  private expected(what: string, mend: string): never {
    if (this.value === undefined) return this.fail('missing', `is missing`, mend);
    return this.fail('wrong-type', `must be ${what}, not ${kindOf(this.value)}`, mend);
  }

  /** This value as a group of fields, none of them outside `known`. */
  group(known: readonly string[]): this {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.expected('a group of fields', `give it the fields ${known.join(', ')}`);
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        new Field(undefined, [...this.path, key], this.origin).fail(
          'unknown-field',
          'is not a field known here',
          `remove it or use one of ${known.join(', ')}`,
        );
      }
    }
    return this;
  }

  /** The names of this group's fields, in the order written. */
  keys(): string[] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.expected('a group of fields', 'write "name: value" lines');
    }
    return Object.keys(value);
  }

  at(key: string): Field {
    const { value } = this;
    const inner =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
    return new Field(inner, [...this.path, key], this.origin);
  }

  list(): Field[] {
    if (!Array.isArray(this.value)) return this.expected('a list', 'write one "- ..." line for each element');
    return this.value.map((inner, i) => new Field(inner, [...this.path, i], this.origin));
  }

  text(): string {
    if (typeof this.value !== 'string') return this.expected('text', 'write it in quotes');
    if (this.value.trim() === '')
      return this.fail('wrong-value', 'is empty', 'write the text or remove the field');
    return this.value.trim();
  }

  id(): string {
    const text = this.text();
    if (!/^[a-z0-9][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$/.test(text)) {
      this.fail(
        'wrong-value',
        `"${text}" is not an id`,
        'use letters, digits, ".", "-" and "_", as in ma.55-19.receipt',
      );
    }
    return text;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean')
      return this.expected('true or false', 'write true or false, without quotes');
    return this.value;
  }

  whole(low: number, high: number): number {
    if (typeof this.value !== 'number')
      return this.expected('a number', `write a whole number, ${low} to ${high}`);
    if (!Number.isInteger(this.value) || this.value < low || this.value > high) {
      this.fail('wrong-value', `${this.value} is out of range`, `write a whole number, ${low} to ${high}`);
    }
    return this.value;
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) {
      return this.expected('a number', 'write a number, without quotes');
    }
    return this.value;
  }

  oneOf<T extends string>(allowed: readonly T[]): T {
    const text = this.text();
    const found = allowed.find((one) => one === text);
    return (
      found ?? this.fail('wrong-value', `"${text}" is not allowed`, `use one of: ${allowed.join(' | ')}`)
    );
  }

  date(): Temporal.PlainDate {
    const text = this.text();
    try {
      if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    return this.fail('wrong-value', `"${text}" is not a date`, 'write year-month-day, as in 2026-03-31');
  }

  optional<T>(read: (field: Field) => T): T | undefined {
    return this.present ? read(this) : undefined;
  }
}

/** Reads every element, keeping the faults of each, so that one loading tells them all. */
export function readEach<F, T>(fields: readonly F[], read: (field: F) => T, problems: Problem[]): T[] {
  const found: T[] = [];
  for (const field of fields) {
    try {
      found.push(read(field));
    } catch (error) {
      if (!(error instanceof NormError)) throw error;
      problems.push(...error.problems);
    }
  }
  return found;
}

/** `{ [key]: value }` when there is a value, for fields that are absent rather than undefined. */
export function given<K extends string, T>(key: K, value: T | undefined): { [k in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]?: T });
}
