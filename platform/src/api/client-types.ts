/** As much of a JSON Schema as the API's document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly description?: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** TypeScript declarations of every schema and operation of the API's own OpenAPI document, for `packages/client`. */
export function clientTypes({ paths = {}, components }: Document): string {
  const schemas = Object.entries(components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method];
      return operation?.operationId === undefined
        ? []
        : [{ path, method, operation, id: operation.operationId }];
    }),
  );
  operations.sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    '// Made from the OpenAPI document by `taalil openapi --types`; a test compares it.',
    ...schemas.map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`),
    'export interface Operations {',
    ...operations.map(({ id, path, method, operation }) => operationText(id, method, path, operation)),
    '}',
    '',
  ].join('\n\n');
}

function operationText(id: string, method: string, path: string, operation: Operation): string {
  const body = schemaIn(operation.requestBody);
  const answers = Object.entries(operation.responses)
    .filter(([status]) => /^2/.test(status))
    .map(([, response]) => schemaIn(response));
  const types = [...new Set(answers.map((schema) => (schema === undefined ? 'undefined' : typeOf(schema))))];
  return [
    `  /** ${operation.summary ?? id}. */`,
    `  readonly ${id}: {`,
    `    readonly method: '${method.toUpperCase()}';`,
    `    readonly path: '${path}';`,
    `    readonly body: ${body === undefined ? 'undefined' : typeOf(body)};`,
    `    readonly answer: ${types.join(' | ')};`,
    '  };',
  ].join('\n');
}

function schemaIn(of: Content | undefined): Schema | undefined {
  return Object.values(of?.content ?? {})[0]?.schema;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.slice('#/components/schemas/'.length);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return either.map((one) => typeOf(one)).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.length === 0 ? 'unknown' : types.map((type) => plainType(type, schema)).join(' | ');
}

function plainType(type: string, schema: Schema): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly (${schema.items === undefined ? 'unknown' : typeOf(schema.items)})[]`;
    case 'object':
      return objectType(schema);
    default:
      return type;
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  if (properties === undefined) {
    const of = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';
    return `{ readonly [name: string]: ${of} }`;
  }
  const members = Object.entries(properties).map(([name, member]) => {
    const key = /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
    const told =
      member.description === undefined ? '' : `/** ${member.description.replaceAll('*/', '*')} */\n`;
    return `${told}readonly ${key}${required.includes(name) ? '' : '?'}: ${typeOf(member)};`;
  });
  return `{\n${members.join('\n')}\n}`;
}
