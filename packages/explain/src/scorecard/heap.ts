/** A binary min-heap; equal entries leave in the order they came. */
export class Heap<T> {
  private readonly entries: { readonly value: T; readonly order: number }[] = [];
  private readonly before: (a: T, b: T) => boolean;
  private count = 0;

  constructor(before: (a: T, b: T) => boolean) {
    this.before = before;
  }

  push(value: T): void {
    let place = this.entries.push({ value, order: this.count++ }) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.precedes(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  pop(): T | undefined {
    const last = this.entries.length - 1;
    if (last > 0) this.swap(0, last);
    const top = this.entries.pop();
    let place = 0;
    for (;;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < this.entries.length && this.precedes(child, least)) least = child;
      }
      if (least === place) return top?.value;
      this.swap(place, least);
      place = least;
    }
  }

  private precedes(a: number, b: number): boolean {
    const [x, y] = [this.entries[a], this.entries[b]];
    if (x === undefined || y === undefined) return false;
    if (this.before(x.value, y.value)) return true;
    return !this.before(y.value, x.value) && x.order < y.order;
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.entries[a], this.entries[b]];
    if (x === undefined || y === undefined) return;
    this.entries[a] = y;
    this.entries[b] = x;
  }
}
