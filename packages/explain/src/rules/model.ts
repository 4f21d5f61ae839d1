/** A value of a rule graph: what a fact may be, and what a cell gives. */
export type RuleValue = string | number | boolean | null;

/** A condition of a table column: a unary test of a field (`> 18`), or an expression of its own. */
export interface InputColumn {
  readonly id: string;
  readonly name: string;
  /** The field that the cells test; null for cells that are whole expressions. */
  readonly field: string | null;
}

export interface OutputColumn {
  readonly id: string;
  readonly name: string;
  readonly field: string;
}

/** One row of a table: cells by column id; an empty condition always holds. */
export interface RuleRow {
  readonly id: string;
  readonly description: string;
  readonly cells: ReadonlyMap<string, string>;
}

export interface TableNode {
  readonly kind: 'table';
  readonly id: string;
  readonly name: string;
  readonly hitPolicy: 'first' | 'collect';
  readonly passThrough: boolean;
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly OutputColumn[];
  readonly rows: readonly RuleRow[];
}

export interface ExpressionNode {
  readonly kind: 'expressions';
  readonly id: string;
  readonly name: string;
  readonly passThrough: boolean;
  readonly expressions: readonly { readonly id: string; readonly key: string; readonly value: string }[];
}

export interface SwitchNode {
  readonly kind: 'switch';
  readonly id: string;
  readonly name: string;
  readonly hitPolicy: 'first' | 'collect';
  readonly statements: readonly {
    readonly id: string;
    readonly condition: string;
    readonly otherwise: boolean;
  }[];
}

export interface EndNode {
  readonly kind: 'input' | 'output';
  readonly id: string;
  readonly name: string;
}

export type RuleNode = TableNode | ExpressionNode | SwitchNode | EndNode;

export interface RuleEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The statement of a switch that the edge leaves by; null for other nodes. */
  readonly by: string | null;
}

/** Decision tables and rule graphs: a JDM file (JSON Decision Model) of nodes that are safe to run. */
export interface RulesModel {
  readonly kind: 'rules';
  readonly format: 'jdm';
  /** SHA-256 of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** In an order in which every node follows what it reads. */
  readonly nodes: readonly RuleNode[];
  readonly edges: readonly RuleEdge[];
  /** The facts that the rules ask for, `person.age` for a fact inside another; all must be given, null where unknown. */
  readonly facts: readonly string[];
}
