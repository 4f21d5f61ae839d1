import { Command } from 'commander';
import { clientTypes, type Document } from '../api/client-types.ts';
import { documentOf } from '../api/platform-api.ts';

/** `taalil openapi`: the API's own document, for machines. */
export function openapiCommand(): Command {
  return new Command('openapi')
    .description('print the OpenAPI 3.1 document of the API')
    .option('--types', 'as TypeScript declarations, as packages/client has them')
    .exitOverride()
    .action((options: { types?: boolean }) => {
      const document = documentOf();
      const text =
        options.types === true ? clientTypes(document as Document) : JSON.stringify(document, undefined, 2);
      process.stdout.write(`${text}\n`);
    });
}
