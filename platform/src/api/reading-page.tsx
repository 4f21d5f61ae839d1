import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { LANG, siteOf, type WebEnv } from '../http.ts';
import { Page, renderPage, Table, useT } from '../web/index.ts';
import { m } from './messages.ts';
import { openApiDocument, platformApi } from './platform-api.ts';

interface Schema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

function operationsOf(document: ReturnType<typeof openApiDocument>): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Omit<Operation, 'method' | 'path'>>).map(
      ([method, operation]) => ({
        ...operation,
        method: method.toUpperCase(),
        path,
      }),
    ),
  );
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) as string;
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.items !== undefined) return `${typeOf(schema.items)}[]`;
  return [schema.type ?? 'any'].flat().join(' | ');
}

function OperationSection({ operation }: { operation: Operation }) {
  const t = useT(m);
  const schema = operation.requestBody?.content['application/json']?.schema;
  return (
    <section>
      <h2 lang="en" dir="ltr">
        <code>
          {operation.method} {operation.path}
        </code>
      </h2>
      <div lang="en" dir="ltr">
        <p>
          <strong>{operation.summary}</strong>
        </p>
        {operation.description && <p>{operation.description}</p>}
      </div>
      {schema?.properties && (
        <Table
          caption={t('body')}
          columns={[
            { header: t('field'), rowHeader: true, cell: ([name]) => <code dir="ltr">{name}</code> },
            { header: t('type'), cell: ([, property]) => <code dir="ltr">{typeOf(property)}</code> },
            {
              header: t('note'),
              cell: ([name, property]) => (
                <>
                  {schema.required?.includes(name) && <>{t('required')} </>}
                  <span lang="en" dir="ltr">
                    {property.description ?? ''}
                  </span>
                </>
              ),
            },
          ]}
          rows={Object.entries(schema.properties)}
        />
      )}
      <Table
        caption={t('answers')}
        columns={[
          { header: t('status'), rowHeader: true, cell: ([status]) => <code dir="ltr">{status}</code> },
          {
            header: t('meaning'),
            cell: ([, response]) => (
              <span lang="en" dir="ltr">
                {response.description}
              </span>
            ),
          },
        ]}
        rows={Object.entries(operation.responses)}
      />
    </section>
  );
}

function ReadingPage({ operations }: { operations: readonly Operation[] }) {
  const t = useT(m);
  return (
    <Page kind="public" title={t.text('title')}>
      <h1>{t('title')}</h1>
      <p class="ta-lead">{t('lead')}</p>
      <p>
        {t('document', {
          link: (text) => (
            <a class="ds-link" href="/api/v1/openapi.json">
              {text}
            </a>
          ),
        })}{' '}
        {t('english')}
      </p>
      {operations.map((operation) => (
        <OperationSection operation={operation} />
      ))}
    </Page>
  );
}

/** The API's page for people, made from the same OpenAPI document. */
export function apiReadingPage(ctx: Context): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const operations = operationsOf(openApiDocument(platformApi(ctx)));
  app.get(`${LANG}/api`, (c) =>
    renderPage(c, siteOf(ctx, c), <ReadingPage operations={operations} />, { cache: 'public' }),
  );
  return app;
}
