import type { Value } from '../contract.ts';
import { binaryRows, type ColumnType } from '../postgres-copy.ts';

/**
 * Whole rows of one table in the tuples of PostgreSQL's binary COPY, without its frame. Both adapters read a table as
 * exactly these bytes, in the order of the primary key: what has the same tuples has the same rows.
 */
export interface Tuples {
  readonly bytes: Buffer;
  readonly rows: number;
}

const FRAME = binaryRows([], []);
const TRAILER_LENGTH = 2;
/** What a COPY stream begins with. */
export const HEADER = FRAME.subarray(0, -TRAILER_LENGTH);
export const TRAILER = FRAME.subarray(-TRAILER_LENGTH);

export function encodeTuples(types: readonly ColumnType[], rows: readonly (readonly Value[])[]): Tuples {
  return { bytes: binaryRows(types, rows).subarray(HEADER.length, -TRAILER_LENGTH), rows: rows.length };
}

/** Cuts a COPY stream of the server at the ends of rows. Throws where it does not end as such a stream does. */
export async function* wholeTuples(stream: AsyncIterable<Buffer>): AsyncIterable<Tuples> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let wanted = HEADER.length;
  let begun = false;
  let ended = false;
  const cut = function* (): Iterable<Tuples> {
    const held = Buffer.concat(waiting);
    if (!begun && !held.subarray(0, HEADER.length).equals(HEADER)) throw new Error('this is no binary COPY');
    const from = begun ? 0 : HEADER.length;
    begun = true;
    let [end, rows] = [from, 0];
    for (let next = endOfRow(held, end); next !== undefined; next = endOfRow(held, end)) {
      ended = next < 0;
      if (ended) break;
      [end, rows] = [next, rows + 1];
    }
    if (rows > 0) yield { bytes: held.subarray(from, end), rows };
    waiting = [held.subarray(end)];
    bytes = held.length - end;
    // A row that is not whole yet is looked at again when it may have doubled: nothing is copied over and over.
    wanted = rows > 0 ? 0 : 2 * bytes;
  };
  for await (const chunk of stream) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= wanted) yield* cut();
  }
  if (!ended) yield* cut();
  if (!ended) throw new Error('the server ended its COPY in the middle of a table');
}

/** Where the row that begins at `at` ends; undefined where more bytes are needed, −1 at the trailer. */
function endOfRow(bytes: Buffer, at: number): number | undefined {
  if (at + 2 > bytes.length) return undefined;
  const fields = bytes.readInt16BE(at);
  if (fields === -1) return -1;
  let end = at + 2;
  for (let i = 0; i < fields; i++) {
    if (end + 4 > bytes.length) return undefined;
    end += 4 + Math.max(bytes.readInt32BE(end), 0);
  }
  return end > bytes.length ? undefined : end;
}

export function decodeTuples(types: readonly ColumnType[], { bytes, rows }: Tuples): Value[][] {
  let at = 0;
  return Array.from({ length: rows }, () => {
    at += 2;
    return types.map((type): Value => {
      const length = bytes.readInt32BE(at);
      const from = at + 4;
      at = from + Math.max(length, 0);
      return length < 0 ? null : decoded(type, bytes.subarray(from, at));
    });
  });
}

function decoded(type: ColumnType, field: Buffer): Value {
  if (type === 'text') return field.toString('utf8');
  if (type === 'int8') return field.readBigInt64BE();
  if (type === 'int4') return field.readInt32BE();
  return type === 'float8' ? field.readDoubleBE() : field;
}
