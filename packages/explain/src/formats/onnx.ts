import { createHash } from 'node:crypto';
import { ExplainError } from '../error.ts';
import { buildForest, type ForestFrame, type SourceTree } from '../forest/builder.ts';
import type { ModelFileLimits } from './limits.ts';
import type { LinearModel } from './linear.ts';
import type { Link } from './link.ts';
import { averages, labelsOf, linkOf, secondScore, transformOf, votesOf } from './onnx-attributes.ts';
import { type OnnxGraph, type OnnxNode, readGraph } from './onnx-graph.ts';
import type { Scaling } from './onnx-scaler.ts';
import { readNewTrees, readOldTrees } from './onnx-trees.ts';
import { featureNames, type TreesModel, treesModel } from './trees-model.ts';

/**
 * Reads an ONNX file that is one chain: Cast, Identity and Scaler before a tree or linear operator of ai.onnx.ml, and Cast,
 * Identity, ZipMap and Normalizer after it. Scalings are folded into the model, so contributions are those of the columns
 * that come in.
 * @throws {ExplainError} `unsupported` for any other operator, comparison, aggregation or transform; never approximated
 */
export function parseOnnx(bytes: Uint8Array, limits: ModelFileLimits): TreesModel | LinearModel {
  if (bytes.length > limits.maxBytes)
    throw new ExplainError(
      'too-large',
      '',
      `the file has ${bytes.length} bytes; at most ${limits.maxBytes} are read`,
    );
  const graph = readGraph(bytes);
  const chain = new Chain(graph, limits, createHash('sha256').update(bytes).digest('hex'));
  for (const node of graph.nodes) chain.take(node);
  return chain.result();
}

class Chain {
  private readonly graph: OnnxGraph;
  private readonly limits: ModelFileLimits;
  private readonly sha256: string;
  private readonly scalers: { readonly offset: Float64Array; readonly scale: Float64Array }[] = [];
  private float32: boolean;
  /** The tensors that stand for the rows, and after the model for its scores and labels. */
  private current: Set<string>;
  private scores = '';
  private model: TreesModel | LinearModel | null = null;

  constructor(graph: OnnxGraph, limits: ModelFileLimits, sha256: string) {
    this.graph = graph;
    this.limits = limits;
    this.sha256 = sha256;
    this.float32 = !graph.doubleInput;
    this.current = new Set([graph.input]);
  }

  result(): TreesModel | LinearModel {
    if (this.model === null) throw new ExplainError('unsupported', 'graph', 'has no tree or linear operator');
    return this.model;
  }

  take(node: OnnxNode): void {
    const [input = ''] = node.inputs;
    if (node.inputs.length !== 1 || !this.current.has(input))
      node.refuse('is not the next of a chain with one input');
    switch (node.operator) {
      case 'Identity':
        break;
      case 'Cast':
        if (this.model === null) this.cast(node);
        break;
      case 'ai.onnx.ml:ZipMap':
        if (this.model === null) node.refuse('comes before the model');
        break;
      case 'ai.onnx.ml:Scaler':
        if (this.model !== null) node.refuse('comes after the model');
        this.scalers.push({ offset: node.floats('offset'), scale: node.floats('scale') });
        break;
      case 'ai.onnx.ml:Normalizer':
        this.normalize(node, input);
        break;
      default:
        this.readModel(node);
        return;
    }
    this.pass(node);
  }

  /** The node's output stands for what its input stood for. */
  private pass(node: OnnxNode): void {
    const [input = ''] = node.inputs;
    for (const output of node.outputs) {
      this.current.add(output);
      if (input === this.scores) this.scores = output;
    }
    if (this.model === null) this.current = new Set(node.outputs);
  }

  private cast(node: OnnxNode): void {
    const to = node.integer('to', 0);
    if (to !== 1 && to !== 11) node.refuse('casts rows to something else than float or double');
    if (to === 1) this.float32 = true;
  }

  private normalize(node: OnnxNode, input: string): void {
    if (this.model === null) {
      node.refuse('mixes the columns of a row before the model, so that none can be explained by itself');
    }
    const norm = node.text('norm', 'MAX');
    if (input !== this.scores || (norm !== 'L1' && norm !== 'L2'))
      node.refuse('is read after the scores, with norm L1 or L2');
    this.model = { ...this.model, link: { kind: 'normalized', norm, of: this.model.link } };
  }

  private readModel(node: OnnxNode): void {
    if (this.model !== null) node.refuse('is a second model');
    switch (node.operator) {
      case 'ai.onnx.ml:TreeEnsembleRegressor':
        this.model = this.regressor(node);
        break;
      case 'ai.onnx.ml:TreeEnsembleClassifier':
        this.model = this.classifier(node);
        break;
      case 'ai.onnx.ml:TreeEnsemble':
        this.model = this.ensemble(node);
        break;
      case 'ai.onnx.ml:LinearRegressor':
        this.model = this.linear(node, node.integer('targets', 1));
        break;
      case 'ai.onnx.ml:LinearClassifier':
        this.model = this.linear(node, labelsOf(node, 'classlabels_ints'));
        break;
      default:
        node.refuse(`the operator ${node.operator.slice(0, 60)} is not read`);
    }
    this.current = new Set(node.outputs);
    this.scores = node.outputs.at(-1) ?? '';
  }

  private regressor(node: OnnxNode): TreesModel {
    const outputs = this.outputs(node, node.integer('n_targets', 1));
    const votes = votesOf(node, 'target');
    const average = averages(node, node.text('aggregate_function', 'SUM'));
    return this.trees(
      node,
      readOldTrees(node, votes, (column) => this.chainOf(column)),
      outputs,
      node.numbers('base_values'),
      average,
      transformOf(node, outputs),
    );
  }

  private classifier(node: OnnxNode): TreesModel {
    const classes = this.outputs(node, labelsOf(node, 'classlabels_int64s'));
    const votes = votesOf(node, 'class');
    const trees = readOldTrees(node, votes, (column) => this.chainOf(column));
    const base = node.numbers('base_values');
    const only = new Set(votes.outputs);
    if (classes === 2 && only.size === 1) {
      if (!only.has(0) || base.length > 1)
        node.refuse('a binary model whose votes are not for class 0, or with two base values, is not read');
      return this.trees(node, trees, 1, base, false, { kind: 'both', of: secondScore(node, votes.weights) });
    }
    if (classes === 2 && base.length > 0) node.refuse('base values with votes for both classes are not read');
    return this.trees(node, trees, classes, base, false, transformOf(node, classes));
  }

  private ensemble(node: OnnxNode): TreesModel {
    const outputs = this.outputs(node, node.integer('n_targets', 1));
    const aggregate = ['AVERAGE', 'SUM', 'MIN', 'MAX'][node.integer('aggregate_function', 1)] ?? 'unknown';
    const transform = ['NONE', 'SOFTMAX', 'LOGISTIC'][node.integer('post_transform', 0)] ?? 'unknown';
    return this.trees(
      node,
      readNewTrees(node, (column) => this.chainOf(column)),
      outputs,
      new Float64Array(),
      averages(node, aggregate),
      linkOf(node, transform, outputs),
    );
  }

  private trees(
    node: OnnxNode,
    trees: readonly SourceTree[],
    outputs: number,
    base: Float64Array,
    average: boolean,
    link: Link,
  ): TreesModel {
    if (base.length !== 0 && base.length !== outputs)
      node.refuse(`has ${base.length} base values for ${outputs} outputs`);
    const columns = this.columns(
      node.integers('nodes_featureids').reduce((most, feature) => Math.max(most, feature + 1), 0),
    );
    const divisor = average ? Math.max(1, new Set(trees.map(({ root }) => root)).size) : 1;
    const frame: ForestFrame = {
      features: columns,
      outputs,
      base: base.length === 0 ? new Float64Array(outputs) : base.map((value) => value * divisor),
      divisor,
      inputs: this.float32 ? 'float32' : 'float64',
      sums: this.float32 ? 'float32' : 'float64',
    };
    return treesModel({
      format: 'onnx',
      sha256: this.sha256,
      ...featureNames([], columns),
      forest: buildForest(frame, trees),
      link,
      objective: node.operator,
    });
  }

  private linear(node: OnnxNode, declared: number): LinearModel {
    const outputs = this.outputs(node, declared);
    const raw = node.floats('coefficients');
    const columns = this.columns(raw.length / outputs);
    if (columns * outputs !== raw.length)
      node.refuse(`has ${raw.length} coefficients for ${outputs} outputs of ${columns} columns`);
    const intercepts = node.has('intercepts') ? node.floats('intercepts') : new Float64Array(outputs);
    if (intercepts.length !== outputs)
      node.refuse(`has ${intercepts.length} intercepts for ${outputs} outputs`);
    const coefficients = raw.slice();
    raw.forEach((coefficient, place) => {
      let [factor, shift] = [1, 0];
      for (const { offset, scale } of this.chainOf(place % columns)) {
        factor *= scale;
        shift = (shift - offset) * scale;
      }
      coefficients[place] = coefficient * factor;
      const output = Math.floor(place / columns);
      intercepts[output] = (intercepts[output] as number) + coefficient * shift;
    });
    if (![...coefficients, ...intercepts].every(Number.isFinite))
      node.refuse('has a coefficient that is not finite');
    return {
      kind: 'linear',
      format: 'onnx',
      sha256: this.sha256,
      ...featureNames([], columns),
      outputs,
      coefficients,
      intercepts,
      means: null,
      link: transformOf(node, outputs),
      objective: node.operator,
    };
  }

  private outputs(node: OnnxNode, count: number): number {
    if (!(Number.isInteger(count) && count >= 1 && count <= this.limits.maxOutputs))
      node.refuse(`has ${count} outputs`);
    return count;
  }

  private columns(needed: number): number {
    const columns = this.graph.columns ?? needed;
    if (!(columns >= needed && columns <= this.limits.maxFeatures)) {
      throw new ExplainError(
        'out-of-limits',
        'graph.input',
        `has ${columns} columns; the model needs ${needed}, and at most ${this.limits.maxFeatures} are read`,
      );
    }
    return columns;
  }

  /** The scalings of a column, in order. */
  private chainOf(column: number): readonly Scaling[] {
    return this.scalers.map(({ offset, scale }) => {
      const at = (list: Float64Array) => list[list.length === 1 ? 0 : column] ?? Number.NaN;
      const scaling = { offset: at(offset), scale: at(scale) };
      if (Number.isFinite(scaling.offset) && Number.isFinite(scaling.scale)) return scaling;
      throw new ExplainError(
        'unsupported',
        'Scaler',
        `gives no finite offset and scale for column ${column}`,
      );
    });
  }
}
