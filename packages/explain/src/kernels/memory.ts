/** Lays out a WebAssembly memory before it is made: `take` hands out addresses, 64-byte aligned. */
export class Layout {
  private end = 1024;

  take(bytes: number): number {
    const start = this.end;
    this.end = (start + bytes + 63) & ~63;
    return start;
  }

  get bytes(): number {
    return this.end;
  }

  memory(): WebAssembly.Memory {
    return new WebAssembly.Memory({ initial: Math.ceil(this.end / 65_536) + 1 });
  }
}

/** Instantiates kernel bytes on a memory; null where WebAssembly or its SIMD instructions are missing. */
export function instantiate(base64: string, memory: WebAssembly.Memory): WebAssembly.Exports | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const abort = () => {
      throw new Error('kernel aborted');
    };
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, abort } }).exports;
  } catch {
    return null;
  }
}
