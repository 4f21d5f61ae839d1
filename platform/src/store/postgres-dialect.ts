import {
  type CaseNode,
  type DataTypeNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryId,
  RawNode,
  type RootOperationNode,
  ValueNode,
} from 'kysely';
import type { Db } from './contract.ts';
import { type Ask, kyselyOn } from './driver.ts';

/**
 * Text compares and sorts by its bytes, whatever the database's locale, as identifiers and instants need it and as the
 * embedded store does. Small whole numbers in `case … then` are written into the query: as parameters of unknown type
 * PostgreSQL would take them for text.
 */
class LikeEmbedded extends OperationNodeTransformer {
  #inCase = 0;

  protected override transformDataType(node: DataTypeNode, queryId?: QueryId): DataTypeNode {
    // A raw node stands wherever a type may stand.
    if (node.dataType === 'text') return RawNode.createWithSql('text collate "C"') as unknown as DataTypeNode;
    return super.transformDataType(node, queryId);
  }

  protected override transformCase(node: CaseNode, queryId?: QueryId): CaseNode {
    this.#inCase++;
    try {
      return super.transformCase(node, queryId);
    } finally {
      this.#inCase--;
    }
  }

  protected override transformValue(node: ValueNode): ValueNode {
    const small = this.#inCase > 0 && Number.isSafeInteger(node.value);
    return small ? ValueNode.createImmediate(node.value) : node;
  }
}

const plugin: KyselyPlugin = {
  transformQuery: ({ node }) => new LikeEmbedded().transformNode(node) as RootOperationNode,
  transformResult: async ({ result }) => result,
};

export function postgresKysely(ask: Ask): Db {
  return kyselyOn(
    {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    ask,
    [plugin],
  );
}
