/** Requests of one address: a burst, then so many a second. */
const BURST = 60;
const PER_SECOND = 20;
const ADDRESSES_KEPT = 10_000;

/** Bounds the work that one address can cause. Forgets the addresses that were longest unheard of. */
export class AddressRate {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** Whether one more request of this address is served now. */
  take(address: string, now = performance.now()): boolean {
    const before = this.#buckets.get(address) ?? { left: BURST, at: now };
    this.#buckets.delete(address);
    if (this.#buckets.size >= ADDRESSES_KEPT)
      this.#buckets.delete(this.#buckets.keys().next().value as string);
    const left = Math.min(BURST, before.left + ((now - before.at) / 1_000) * PER_SECOND);
    this.#buckets.set(address, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }
}
