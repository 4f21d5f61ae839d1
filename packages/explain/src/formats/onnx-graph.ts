import { ExplainError } from '../error.ts';
import { doublesOf, floatsOf, integersOf, messageOf, textOf, type WireField } from '../files/protobuf.ts';

/** The attributes of one node of an ONNX graph. */
export class OnnxNode {
  readonly operator: string;
  readonly path: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  private readonly attributes: ReadonlyMap<string, ReadonlyMap<number, readonly WireField[]>>;

  constructor(bytes: Uint8Array, path: string) {
    const fields = messageOf(bytes, path);
    const domain = textOf(fields.get(7)?.[0], path);
    const type = textOf(fields.get(4)?.[0], path);
    this.operator = domain === '' || domain === 'ai.onnx' ? type : `${domain}:${type}`;
    this.path = `${path} (${type.slice(0, 40)})`;
    this.inputs = (fields.get(1) ?? []).map((field) => textOf(field, path));
    this.outputs = (fields.get(2) ?? []).map((field) => textOf(field, path));
    this.attributes = new Map(
      (fields.get(5) ?? []).map((field) => {
        const attribute = messageOf(field.bytes, path);
        return [textOf(attribute.get(1)?.[0], path), attribute];
      }),
    );
  }

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  floats(name: string): Float64Array {
    return floatsOf(this.attributes.get(name)?.get(7) ?? []);
  }

  /** Doubles from `NAME_as_tensor` where the node has it, else floats from NAME. */
  numbers(name: string): Float64Array {
    const tensor = this.attributes.get(`${name}_as_tensor`)?.get(5)?.[0];
    return tensor === undefined ? this.floats(name) : this.readTensor(tensor.bytes);
  }

  integers(name: string): number[] {
    return integersOf(this.attributes.get(name)?.get(8) ?? [], this.path);
  }

  strings(name: string): string[] {
    return (this.attributes.get(name)?.get(9) ?? []).map((field) => textOf(field, this.path));
  }

  text(name: string, otherwise: string): string {
    const field = this.attributes.get(name)?.get(4)?.[0];
    return field === undefined ? otherwise : textOf(field, this.path);
  }

  integer(name: string, otherwise: number): number {
    return integersOf(this.attributes.get(name)?.get(3)?.slice(0, 1) ?? [], this.path)[0] ?? otherwise;
  }

  /** A tensor attribute of float, double or uint8; empty when the node does not have it. */
  tensor(name: string): Float64Array {
    const field = this.attributes.get(name)?.get(5)?.[0];
    return field === undefined ? new Float64Array() : this.readTensor(field.bytes);
  }

  private readTensor(bytes: Uint8Array): Float64Array {
    const fields = messageOf(bytes, this.path);
    const type = integersOf(fields.get(2) ?? [], this.path)[0];
    const raw = fields.get(9);
    if (type === 2)
      return raw === undefined
        ? Float64Array.from(integersOf(fields.get(5) ?? [], this.path))
        : Float64Array.from(raw[0]?.bytes ?? []);
    if (type === 11) return raw === undefined ? doublesOf(fields.get(10) ?? []) : doublesOf(raw);
    if (type === 1) return raw === undefined ? floatsOf(fields.get(4) ?? []) : floatsOf(raw);
    throw new ExplainError(
      'unsupported',
      this.path,
      `a tensor of type ${type} is not read; float, double and uint8 are`,
    );
  }

  refuse(what: string): never {
    throw new ExplainError('unsupported', this.path, what);
  }
}

/** The parts of an ONNX model that decide: its nodes in order, and the name and width of its input. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly input: string;
  /** Columns of the input; undefined when the file leaves it open. */
  readonly columns: number | undefined;
  readonly doubleInput: boolean;
}

const [FLOAT, DOUBLE] = [1, 11];

/** Reads an ONNX file of one graph with one input and no initializers. @throws {ExplainError} */
export function readGraph(bytes: Uint8Array): OnnxGraph {
  const model = messageOf(bytes, 'model');
  const graphs = model.get(7) ?? [];
  const [only] = graphs;
  if (only === undefined || graphs.length !== 1)
    throw new ExplainError('syntax', 'model', 'has no graph; it is not an ONNX file, or a damaged one');
  if (model.has(25))
    throw new ExplainError('unsupported', 'model', 'defines functions of its own, which are not read');
  const graph = messageOf(only.bytes, 'graph');
  if (graph.has(5) || graph.has(15))
    throw new ExplainError(
      'unsupported',
      'graph',
      'has initializers; only chains of tree, linear and scaling operators are read',
    );
  const inputs = graph.get(11) ?? [];
  const [first] = inputs;
  if (first === undefined || inputs.length !== 1)
    throw new ExplainError('unsupported', 'graph', `has ${inputs.length} inputs; one matrix is read`);
  const input = messageOf(first.bytes, 'graph.input');
  const type = messageOf(input.get(2)?.[0]?.bytes ?? new Uint8Array(), 'graph.input');
  const tensor = messageOf(type.get(1)?.[0]?.bytes ?? new Uint8Array(), 'graph.input');
  const element = integersOf(tensor.get(1) ?? [], 'graph.input')[0];
  if (element !== FLOAT && element !== DOUBLE)
    throw new ExplainError('unsupported', 'graph.input', 'is not a matrix of float or double');
  const dimensions = messageOf(tensor.get(2)?.[0]?.bytes ?? new Uint8Array(), 'graph.input').get(1) ?? [];
  const width = integersOf(
    messageOf(dimensions[1]?.bytes ?? new Uint8Array(), 'graph.input').get(1) ?? [],
    'graph.input',
  )[0];
  return {
    nodes: (graph.get(1) ?? []).map(({ bytes: node }, index) => new OnnxNode(node, `node ${index}`)),
    input: textOf(input.get(1)?.[0], 'graph.input'),
    columns: width !== undefined && width > 0 ? width : undefined,
    doubleInput: element === DOUBLE,
  };
}
