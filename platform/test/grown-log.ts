import {
  appendLeaves,
  EMPTY_EDGE,
  formatAddCheckpoint,
  proveConsistency,
  type ReadTile,
  rootOf,
} from '@taalil/transparency-log';
import {
  createSigner,
  generateKey,
  nodeSha256,
  type Signer,
  signCheckpoint,
} from '@taalil/transparency-log/writer';

/** A log in memory with its key, to be shown to a witness at any size, honestly or not. */
export class GrownLog {
  readonly signer: Signer;
  readonly readTile: ReadTile;

  constructor(origin: string, size: number, { seed = 0, signer }: { seed?: number; signer?: Signer } = {}) {
    this.signer = signer ?? createSigner(generateKey(origin).skey);
    const leaves = Array.from({ length: size }, (_, n) => nodeSha256(Buffer.from(`${seed} ${n}`)));
    const { tiles } = appendLeaves(EMPTY_EDGE, leaves, nodeSha256);
    const hashes = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
    this.readTile = (level, index) => hashes.get(`${level}/${index}`);
  }

  get origin(): string {
    return this.signer.key.name;
  }

  root(size: number): Promise<Uint8Array> {
    return rootOf(size, this.readTile, nodeSha256);
  }

  async note(size: number, signer = this.signer): Promise<string> {
    return signCheckpoint({ origin: this.origin, size, root: await this.root(size) }, [signer]);
  }

  proof(oldSize: number, size: number): Promise<Uint8Array[]> {
    return oldSize === 0 || oldSize >= size
      ? Promise.resolve([])
      : proveConsistency(oldSize, size, this.readTile, nodeSha256);
  }

  /** Body of an honest add-checkpoint. */
  async request(oldSize: number, size: number): Promise<string> {
    return formatAddCheckpoint({
      oldSize,
      proof: await this.proof(oldSize, size),
      note: await this.note(size),
    });
  }
}
