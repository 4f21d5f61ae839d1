import { PlatformError } from '../errors.ts';

/** One part of a form, in the order sent. `filename` is there, perhaps empty, where a file was asked for. */
export interface Part {
  readonly name: string;
  readonly filename: string | undefined;
  /** Its bytes as they arrive. What is not read is passed over. */
  readonly body: AsyncIterable<Buffer>;
}

const HEADERS_MOST = 4 * 1024;
const PREAMBLE_MOST = 1024;

/** The boundary of a `multipart/form-data` content type (RFC 2046, section 5.1.1); undefined for any other type. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(
      contentType ?? '',
    );
  const boundary = match?.[1] ?? match?.[2];
  return boundary !== undefined && /^[\w'()+,./:=? -]*[\w'()+,./:=?-]$/.test(boundary) ? boundary : undefined;
}

/**
 * The parts of a form (RFC 7578) out of bytes that arrive little by little. Holds no more than one piece and a boundary in
 * memory; whoever reads bounds what it keeps, and may stop anywhere. Throws `invalid-request` for what is no such form, among
 * them one that ends early.
 */
export async function* partsOf(source: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const reader = new Reader(source);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let preamble = 0;
  for await (const piece of reader.until(delimiter)) {
    preamble += piece.length;
    if (preamble > PREAMBLE_MOST) throw malformed('it does not begin with its boundary');
  }
  for (;;) {
    const next = (await reader.exactly(2)).toString('latin1');
    if (next === '--') return;
    if (next !== '\r\n') throw malformed('a boundary is followed by something else');
    const headers = await reader.line(Buffer.from('\r\n\r\n'), HEADERS_MOST);
    const bytes = reader.until(delimiter);
    // Without `return`: whoever stops reading a part in the middle does not end it.
    const body = { [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }) };
    yield { ...dispositionOf(headers.toString('utf8')), body };
    while ((await bytes.next()).done !== true);
  }
}

function dispositionOf(headers: string): Pick<Part, 'name' | 'filename'> {
  const line = headers.split('\r\n').find((one) => /^content-disposition:/i.test(one)) ?? '';
  if (!/^content-disposition:\s*form-data\s*;/i.test(line)) throw malformed('a part does not say what it is');
  // Browsers write quotes and line breaks of a name as %22, %0D and %0A (WHATWG HTML, 4.10.21.8).
  const value = (field: string) =>
    new RegExp(`[;\\s]${field}="([^"\\r\\n]*)"`, 'i').exec(line)?.[1]?.replace(/%(22|0D|0A)/gi, unescaped);
  const name = value('name');
  if (name === undefined) throw malformed('a part has no name');
  return { name, filename: value('filename') };
}

const unescaped = (code: string) => String.fromCharCode(Number.parseInt(code.slice(1), 16));

function malformed(why: string): PlatformError {
  return new PlatformError('invalid-request', `The form cannot be read: ${why}.`, {
    where: 'multipart/form-data',
    mend: 'Open the page again and send the form from there.',
  });
}

/** Bytes that arrive in pieces of any size. */
class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  /** The first boundary has no line break before it: it is given one. */
  #held = Buffer.from('\r\n');

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#source.next();
    if (done === true) throw malformed('it ends early');
    this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
  }

  #take(count: number): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  async exactly(count: number): Promise<Buffer> {
    while (this.#held.length < count) await this.#more();
    return this.#take(count);
  }

  /** Everything before `mark`, which is passed over; at most `most` bytes. */
  async line(mark: Buffer, most: number): Promise<Buffer> {
    for (;;) {
      const found = this.#held.indexOf(mark);
      if (found > most || (found < 0 && this.#held.length > most))
        throw malformed('the head of a part is too long');
      if (found >= 0) {
        const taken = this.#take(found);
        this.#take(mark.length);
        return taken;
      }
      await this.#more();
    }
  }

  /** The bytes before `mark`, which is passed over, piece by piece. */
  async *until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const found = this.#held.indexOf(mark);
      if (found >= 0) {
        const last = this.#take(found);
        this.#take(mark.length);
        if (last.length > 0) yield last;
        return;
      }
      const safe = this.#held.length - mark.length + 1;
      if (safe > 0) yield this.#take(safe);
      await this.#more();
    }
  }
}
