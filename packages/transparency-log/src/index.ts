/** Verifying: Uint8Array, TextEncoder and WebCrypto only, so that it runs in a browser. Writing: `./writer`. */
export { type Appended, appendLeaves, EMPTY_EDGE, edgeRoot, restoreEdge, type TreeEdge } from './append.ts';
export { type AuditOptions, auditLog, type ReadBundle, type TreeHead } from './audit.ts';
export { formatBundle, parseBundle, verifyBundle } from './bundle.ts';
export { concatBytes, equalBytes, fromBase64, fromUtf8, toBase64, toHex, utf8 } from './bytes.ts';
export { canonicalBytes, canonicalize, type JsonValue } from './canonical-json.ts';
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
export { commitmentOf, type Fact, type Opening } from './commitment.ts';
export { type SubtreeStatement, signedMessage, subtreeMessage } from './cosignature.ts';
export { COMMITMENTS_PER_ENTRY, type Entry, type EntryType, MAX_ENTRY_LENGTH, parseEntry } from './entry.ts';
export { LogError, type LogErrorCode, type LogErrorKind } from './error.ts';
export {
  type ConsistencyClaim,
  emptyRoot,
  type InclusionClaim,
  leafHash,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
export {
  formatNote,
  formatSignatureLine,
  type Note,
  type NoteSignature,
  parseNote,
  parseSignatureLines,
} from './note.ts';
export { formatPolicy, parsePolicy } from './policy.ts';
export { formatProof, type LogProof, parseProof, type VerifiedProof, verifyProof } from './proof.ts';
export {
  proveConsistency,
  proveInclusion,
  proveInclusions,
  type ReadTile,
  rootOf,
  tilesForInclusion,
} from './prove.ts';
export {
  formatReceipt,
  formatReceiptBundle,
  parseReceipt,
  parseReceiptBundle,
  parseReceiptFile,
  type Receipt,
} from './receipt.ts';
export { portableRuntime, type Runtime, type SignatureCheck, type SignatureOutcome } from './runtime.ts';
export { type Sha256, sha256 } from './sha256.ts';
export { parseStrictJson } from './strict-json.ts';
export { allTiles, rightEdgeTiles, TILE_WIDTH, type Tile, type TileId, tileWidth } from './tile.ts';
export { bundlePath, formatTilePath, parseTilePath, type TilePath, tilePath } from './tile-path.ts';
export {
  type Policy,
  type PolicyLog,
  type PolicyWitness,
  type Quorum,
  quorumMet,
  type Trust,
} from './trust.ts';
export { formatVerifierKey, parseVerifierKey, type SignatureType, type VerifierKey } from './verifier-key.ts';
export { type Cosignature, type VerifiedCheckpoint, verifyCheckpoint } from './verify-checkpoint.ts';
export { type VerifiedNote, type VerifiedSignature, verifyNote } from './verify-note.ts';
export {
  type BundleOptions,
  type VerifiedReceipt,
  verifyReceipt,
  verifyReceiptFile,
} from './verify-receipt.ts';
export {
  addCheckpoint,
  type Cosigner,
  originHash,
  type Witness,
  type WitnessRecord,
  type WitnessResponse,
  type WitnessStore,
  witnessedCheckpoint,
} from './witness.ts';
export {
  addSignatures,
  readCosignatures,
  requestCosignatures,
  type Submission,
  type WitnessAnswer,
} from './witness-client.ts';
export { type AddCheckpoint, formatAddCheckpoint, parseAddCheckpoint } from './witness-request.ts';
