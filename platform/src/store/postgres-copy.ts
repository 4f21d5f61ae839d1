import type { Value } from './contract.ts';

/** The types that rooms declare for their columns, as `pg_type.typname` names them. */
export type ColumnType = 'text' | 'int4' | 'int8' | 'bytea' | 'float8';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER = Buffer.concat([SIGNATURE, Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);

/**
 * Rows in PostgreSQL's binary COPY format (PostgreSQL documentation, COPY, "Binary Format"): a signature, then for each row
 * its number of fields and each field's length and bytes in network order, −1 for null, and a trailer.
 */
export function binaryRows(types: readonly ColumnType[], rows: readonly (readonly Value[])[]): Buffer {
  const fields: (Uint8Array | string | undefined)[] = [];
  const lengths: number[] = [];
  let size = HEADER.length + TRAILER.length + rows.length * 2;
  for (const row of rows) {
    for (const [i, value] of row.entries()) {
      const field = fieldOf(types[i] as ColumnType, value);
      const length = field === undefined ? -1 : Buffer.byteLength(field);
      fields.push(field);
      lengths.push(length);
      size += 4 + Math.max(length, 0);
    }
  }
  const out = Buffer.allocUnsafe(size);
  let at = HEADER.copy(out);
  const width = types.length;
  for (const [i, field] of fields.entries()) {
    if (i % width === 0) at = out.writeInt16BE(width, at);
    at = out.writeInt32BE(lengths[i] as number, at);
    if (typeof field === 'string') at += out.write(field, at);
    else if (field !== undefined) {
      out.set(field, at);
      at += field.length;
    }
  }
  TRAILER.copy(out, at);
  return out;
}

function fieldOf(type: ColumnType, value: Value): Uint8Array | string | undefined {
  if (value === null) return undefined;
  if (type === 'bytea') return value as Uint8Array;
  if (type === 'text') return value as string;
  const bytes = Buffer.allocUnsafe(type === 'int4' ? 4 : 8);
  if (type === 'int4') bytes.writeInt32BE(Number(value));
  else if (type === 'int8') bytes.writeBigInt64BE(BigInt(value as number | bigint));
  else bytes.writeDoubleBE(Number(value));
  return bytes;
}
