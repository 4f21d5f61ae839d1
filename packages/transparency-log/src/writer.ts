/** Writing a log, on Node: signing, building entries, and the fast runtime. */
import {
  type Appended,
  appendLeaves as append,
  restoreEdge as restore,
  edgeRoot as rootOfEdge,
  type TreeEdge,
} from './append.ts';
import { leafHash as leaf } from './merkle.ts';
import { nodeSha256 } from './node-runtime.ts';
import type { TileId } from './tile.ts';

export { type Appended, EMPTY_EDGE, type TreeEdge } from './append.ts';
export { type BuiltEntry, buildEntry, type EntryDraft } from './build-entry.ts';
export {
  nodeCheckSignature,
  nodeRuntime,
  nodeSha256,
  pooledRandom,
  verifyCheckpointSync,
} from './node-runtime.ts';
export { createSigner, generateKey, type Signer, signCheckpoint, signNote } from './signer.ts';

/** `leafHash` of the verifying entry with Node's SHA-256. */
export const leafHash = (entry: Uint8Array): Uint8Array => leaf(entry, nodeSha256);
/** `appendLeaves` of the verifying entry with Node's SHA-256. */
export const appendLeaves = (edge: TreeEdge, leafHashes: readonly Uint8Array[]): Appended =>
  append(edge, leafHashes, nodeSha256);
/** `edgeRoot` of the verifying entry with Node's SHA-256. */
export const edgeRoot = (edge: TreeEdge): Uint8Array => rootOfEdge(edge, nodeSha256);
/** `restoreEdge` of the verifying entry with Node's SHA-256. */
export const restoreEdge = (size: number, readTile: (id: TileId) => Uint8Array | undefined): TreeEdge =>
  restore(size, readTile, nodeSha256);

export {
  type LogCommit,
  type LogOptions,
  type LogStore,
  type LogWriter,
  openLog,
  type Sealed,
} from './log-writer.ts';
