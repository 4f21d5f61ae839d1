import {
  addSignatures,
  LogError,
  type NoteSignature,
  parseNote,
  proveConsistency,
  requestCosignatures,
} from '@taalil/transparency-log';
import { nodeRuntime, nodeSha256, verifyCheckpointSync } from '@taalil/transparency-log/writer';
import { type Clock, stamp } from '../../clock.ts';
import { logger } from '../../logger.ts';
import { type Store, typed } from '../../store/index.ts';
import { tileReader } from '../read-log.ts';
import type { LedgerTables } from '../tables.ts';
import type { LogName } from './against-witnesses.ts';
import { type AskedWitness, askedWitnesses, postCheckpoint } from './ask.ts';
import type { WitnessSetup } from './setup.ts';

export interface GatherParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: LogName;
  readonly setup: WitnessSetup;
  /** Called when a witness says that it knows a larger log than it was shown, or another: ask it for the evidence. */
  readonly onDoubt: (witness: AskedWitness) => Promise<void>;
  /** How long one answer may take; then the witness is asked again later. */
  readonly timeoutMs?: number;
  /** The longest pause after failures. */
  readonly pauseMostMs?: number;
}

/** A checkpoint that is being cosigned. It is the one that is shown to all until its quorum is met, or it has aged. */
interface Round {
  readonly size: number;
  readonly note: string;
  readonly began: number;
  lines: NoteSignature[];
  met: boolean;
}

interface Standing {
  readonly witness: AskedWitness;
  busy: boolean;
  /** Size that it is believed to have cosigned. */
  known: number;
  failures: number;
  /** Not asked before this moment. */
  until: number;
}

const ROUND_MOST_MS = 10_000;
const ROUNDS_KEPT = 8;

/**
 * Gathers cosignatures for one log. Each witness is asked by itself, one request at a time: one that is slow, dead or lying
 * holds up neither the log nor the others. What is gathered is written once the quorum is met, and again when a late
 * witness joins.
 */
export class Gathering {
  readonly #parts: GatherParts;
  readonly #standings: readonly Standing[];
  #rounds: Round[] = [];
  #asking = new Set<Promise<void>>();

  constructor(parts: GatherParts) {
    this.#parts = parts;
    this.#standings = askedWitnesses(parts.setup).map((witness) => ({
      witness,
      busy: false,
      known: 0,
      failures: 0,
      until: 0,
    }));
  }

  /** Shows the published checkpoint to whoever is free. Never waits for an answer. */
  show(size: number, note: string): void {
    const now = performance.now();
    let round = this.#rounds.at(-1);
    const over = round === undefined || round.met || now - round.began > ROUND_MOST_MS;
    if (over && size > (round?.size ?? 0)) {
      round = { size, note, began: now, lines: [], met: false };
      this.#rounds = [...this.#rounds, round].slice(-ROUNDS_KEPT);
    }
    if (round === undefined) return;
    for (const standing of this.#standings) {
      if (standing.busy || standing.until > now || standing.known >= round.size) continue;
      const asking = this.#ask(standing, round).finally(() => this.#asking.delete(asking));
      this.#asking.add(asking);
    }
  }

  /** Waits for the answers that are still due. */
  async settled(): Promise<void> {
    while (this.#asking.size > 0) await Promise.all(this.#asking);
  }

  async #ask(standing: Standing, round: Round): Promise<void> {
    const { witness } = standing;
    const { store, log, timeoutMs = 5_000 } = this.#parts;
    standing.busy = true;
    try {
      const lines = await requestCosignatures({
        note: round.note,
        keys: witness.keys,
        oldSize: standing.known,
        prove: (size1, size2) => proveConsistency(size1, size2, tileReader(store, log.logId), nodeSha256),
        post: (body) => postCheckpoint(witness.url, body, timeoutMs),
        runtime: nodeRuntime,
      });
      standing.known = round.size;
      standing.failures = 0;
      round.lines = [...round.lines, ...lines];
      await this.#keep(round);
    } catch (error) {
      await this.#failed(standing, error);
    } finally {
      standing.busy = false;
    }
  }

  async #keep(round: Round): Promise<void> {
    const { store, clock, log, setup } = this.#parts;
    const note = addSignatures(round.note, round.lines);
    try {
      const policy = { ...setup.policy, logs: [] };
      verifyCheckpointSync(note, { policy, origin: log.origin });
    } catch (error) {
      if (error instanceof LogError && error.code === 'quorum-not-met') return;
      throw error;
    }
    await store.transact(async (tx) => {
      const kept = await tx.lookup('log_witnessed', { authority_id: log.logId, size: round.size });
      const merged = kept === undefined ? note : withFirstWords(note, String(kept.note));
      if (merged === kept?.note) return;
      await typed<LedgerTables>(tx.db)
        .insertInto('log_witnessed')
        .values({ authority_id: log.logId, size: round.size, at: stamp(clock.now()), note: merged })
        .onConflict((c) => c.columns(['authority_id', 'size']).doUpdateSet({ note: merged }))
        .execute();
    });
    round.met = true;
  }

  async #failed(standing: Standing, error: unknown): Promise<void> {
    const { witness } = standing;
    const { pauseMostMs = 60_000 } = this.#parts;
    standing.failures++;
    standing.until = performance.now() + Math.min(pauseMostMs, 500 * 2 ** Math.min(standing.failures, 10));
    const code = error instanceof LogError ? error.code : 'unreachable';
    const details = error instanceof LogError ? error.details : undefined;
    logger.warn({ witness: witness.name, code, details }, 'a witness did not cosign');
    const doubt = code === 'witness-ahead' || code === 'witness-disagrees' || details?.status === 422;
    if (!doubt) return;
    await this.#parts.onDoubt(witness).catch(() => undefined);
  }
}

/** Cosignatures that are kept already stay as they are: they say since when. */
function withFirstWords(note: string, kept: string): string {
  return addSignatures(kept, parseNote(addSignatures(note, parseNote(kept).signatures)).signatures);
}
