import { PlatformError } from '../errors.ts';

const FAULTS_MOST = 20;

/** Collects what is wrong, line by line, to be told at once. */
export class LineFaults {
  readonly #faults: { where: string; what: string }[] = [];

  /** Passes on what is no fault of the line. */
  add(line: number, error: unknown): void {
    if (!(error instanceof PlatformError) || error.status >= 500) throw error;
    const { faults, where } = error.details;
    const told = faults ?? [{ where: where ?? '', what: error.message }];
    for (const fault of told) {
      const place = fault.where.startsWith('/') ? fault.where : fault.where === '' ? '' : ` ${fault.where}`;
      this.#faults.push({ where: `line ${line}${place}`, what: fault.what });
    }
  }

  throwIfAny(): void {
    if (this.#faults.length === 0) return;
    const more = this.#faults.length - FAULTS_MOST;
    throw new PlatformError(
      'invalid-input',
      `The batch has ${this.#faults.length} faults; nothing was decided.${more > 0 ? ` The first ${FAULTS_MOST} are named.` : ''}`,
      {
        faults: this.#faults.slice(0, FAULTS_MOST),
        mend: 'Mend the named lines and send the whole batch again.',
      },
    );
  }
}
