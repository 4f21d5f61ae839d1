import type { Link } from './link.ts';
import type { OnnxNode } from './onnx-graph.ts';
import type { Votes } from './onnx-trees.ts';

export function votesOf(node: OnnxNode, prefix: 'class' | 'target'): Votes {
  return {
    trees: node.integers(`${prefix}_treeids`),
    nodes: node.integers(`${prefix}_nodeids`),
    outputs: node.integers(`${prefix}_ids`),
    weights: node.numbers(`${prefix}_weights`),
  };
}

export function labelsOf(node: OnnxNode, integers: string): number {
  return node.integers(integers).length || node.strings('classlabels_strings').length;
}

export function averages(node: OnnxNode, aggregate: string): boolean {
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE')
    node.refuse(`the aggregation ${aggregate.slice(0, 20)} is not additive`);
  return aggregate === 'AVERAGE';
}

export function transformOf(node: OnnxNode, outputs: number): Link {
  return linkOf(node, node.text('post_transform', 'NONE'), outputs);
}

export function linkOf(node: OnnxNode, transform: string, outputs: number): Link {
  if (transform === 'NONE') return { kind: 'identity' };
  if (transform === 'LOGISTIC') return { kind: 'logistic', slope: 1 };
  if (transform === 'SOFTMAX' && outputs > 1) return { kind: 'softmax' };
  return node.refuse(`the transform ${transform.slice(0, 20)} of ${outputs} outputs is not read`);
}

/** What the runtime makes of one sum for two classes: it depends on the signs of the votes and on the transform. */
export function secondScore(node: OnnxNode, weights: Float64Array): 'probability' | 'logistic' | 'score' {
  if (weights.every((weight) => weight >= 0)) return 'probability';
  const transform = node.text('post_transform', 'NONE');
  if (transform === 'LOGISTIC') return 'logistic';
  return transform === 'NONE'
    ? 'score'
    : node.refuse(`the transform ${transform.slice(0, 20)} of one score for two classes is not read`);
}
