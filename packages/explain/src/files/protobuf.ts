import { ExplainError } from '../error.ts';

/** One field of a Protocol Buffers message; what the bytes mean is up to the reader of the message. */
export interface WireField {
  readonly number: number;
  /** A varint, or the little-endian bits of a fixed field; null for a length-delimited one. */
  readonly value: bigint | null;
  /** The bytes of a length-delimited field, and of a fixed one. */
  readonly bytes: Uint8Array;
}

/**
 * Splits a message into its fields (wire types 0, 1, 2 and 5; groups are refused).
 * @param path the message's place, for errors
 * @throws {ExplainError} `syntax` when a field is cut short or a varint has more than 64 bits
 */
export function* wireFields(bytes: Uint8Array, path: string): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) fail(path, 'ends within a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    return fail(path, 'holds a number of more than 64 bits');
  };
  const take = (count: number): Uint8Array => {
    if (count > bytes.length - at) fail(path, `ends where ${count} more bytes are announced`);
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, value: varint(), bytes: EMPTY };
        break;
      case 1:
        yield fixed(number, take(8));
        break;
      case 2: {
        const length = varint();
        yield {
          number,
          value: null,
          bytes: take(length > BigInt(bytes.length) ? bytes.length + 1 : Number(length)),
        };
        break;
      }
      case 5:
        yield fixed(number, take(4));
        break;
      default:
        fail(path, `has a field of wire type ${tag & 7n}, which is not read`);
    }
  }
}

const EMPTY = new Uint8Array();

function fixed(number: number, bytes: Uint8Array): WireField {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return { number, value, bytes };
}

/** Fields by number, in order. */
export function messageOf(bytes: Uint8Array, path: string): ReadonlyMap<number, readonly WireField[]> {
  return Map.groupBy(wireFields(bytes, path), ({ number }) => number);
}

/** A repeated float field, packed or one by one. */
export function floatsOf(fields: readonly WireField[]): Float64Array {
  return numbersOf(fields, 4, (view, at) => view.getFloat32(at, true));
}

/** A repeated double field, packed or one by one. */
export function doublesOf(fields: readonly WireField[]): Float64Array {
  return numbersOf(fields, 8, (view, at) => view.getFloat64(at, true));
}

function numbersOf(
  fields: readonly WireField[],
  size: number,
  read: (view: DataView, at: number) => number,
): Float64Array {
  const total = fields.reduce((sum, { bytes }) => sum + Math.floor(bytes.length / size), 0);
  const result = new Float64Array(total);
  let place = 0;
  for (const { bytes } of fields) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + size <= bytes.length; at += size) result[place++] = read(view, at);
  }
  return result;
}

/** A repeated int64 field, packed or one by one, as numbers. */
export function integersOf(fields: readonly WireField[], path: string): number[] {
  return fields.flatMap(({ value, bytes }) => {
    if (value !== null) return [Number(BigInt.asIntN(64, value))];
    const list: number[] = [];
    let [number, shift] = [0n, 0n];
    for (const byte of bytes) {
      number |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
      if (byte >= 0x80) {
        if (shift > 63n) fail(path, 'holds a number of more than 64 bits');
        continue;
      }
      list.push(Number(BigInt.asIntN(64, number)));
      [number, shift] = [0n, 0n];
    }
    if (shift !== 0n) fail(path, 'ends within a number');
    return list;
  });
}

export function textOf(field: WireField | undefined, path: string): string {
  if (field === undefined) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(field.bytes);
  } catch {
    throw new ExplainError('not-utf8', path, 'a string is not UTF-8');
  }
}

function fail(path: string, what: string): never {
  throw new ExplainError('syntax', path, `not a Protocol Buffers message: ${what}`);
}
