import type { Together } from './sequencer.ts';

interface Member {
  reject(error: unknown): void;
}

/** Keeps those that are held together until all of a group have come. */
export class Gathering<M extends Member> {
  readonly #groups = new Map<Together, M[]>();

  /** The whole group with its last member, else nothing. When the signal says that the rest will not come, all are rejected. */
  add(together: Together, member: M): M[] | undefined {
    let group = this.#groups.get(together);
    if (group === undefined) {
      const gathered: M[] = [];
      group = gathered;
      this.#groups.set(together, group);
      together.signal.addEventListener('abort', () => {
        if (!this.#groups.delete(together)) return;
        for (const { reject } of gathered) reject(together.signal.reason);
      });
    }
    group.push(member);
    if (group.length < together.size) return undefined;
    this.#groups.delete(together);
    return group;
  }
}
