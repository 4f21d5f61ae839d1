import type { Context as HttpContext } from 'hono';
import { assertFormToken, RateLimiter } from '../access/index.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { formOf } from '../http.ts';
import type { FormValues } from '../web/index.ts';
import type { FileFacts } from './facts.ts';
import { cleanName, shownName } from './file-name.ts';
import { type ContentFault, examineFile } from './file-type.ts';
import { FILE_MOST, NAME_MOST, UPLOAD_MOST } from './limits.ts';
import { boundaryOf, type Part, partsOf } from './multipart.ts';
import { type Holder, stageFile } from './stage.ts';

/** Why a file was not taken; where it is about all of them, the file has no name. */
export type FileFault = ContentFault | 'fileTooLarge' | 'caseFull' | 'uploadTooLarge' | 'tooOften' | 'busy';

export interface RefusedFile {
  readonly name: string | undefined;
  readonly fault: FileFault;
}

/** A form with files: its words, what was taken and kept, and what was not. */
export interface Upload {
  readonly values: FormValues;
  readonly staged: readonly FileFacts[];
  readonly refused: readonly RefusedFile[];
}

/** The field of every form that carries the files. */
export const FILES_FIELD = 'files';
const WORDS_MOST = 128 * 1024;

/** Plenty for one case, too few to fill a disk with it. */
const FILES_OF_CASE = { burst: 40, per: { count: 40, seconds: 3_600 } };
/** Bytes of all uploads that may be in memory at once. */
const ARRIVING_MOST = 160 * 1024 * 1024;

const states = new WeakMap<Context['store'], { limiter: RateLimiter; arriving: number }>();
function stateOf(ctx: Context) {
  let state = states.get(ctx.store);
  if (state === undefined) {
    state = { limiter: new RateLimiter(ctx.clock, FILES_OF_CASE), arriving: 0 };
    states.set(ctx.store, state);
  }
  return state;
}

/**
 * Reads a form with files as it arrives and keeps each good file for its holder, behind `csrfGuard({ files })`. Nothing is kept
 * before the form's token was seen. A body that is larger than it may be is read up to its first file: the words stand before
 * the files in every form, so they are not lost. Files are judged by their bytes alone; one that is refused does not keep others
 * out.
 *
 * Throws `forbidden` (token), `invalid-request` (no such form), `too-large` (words), `erased`.
 */
export async function receiveFiles(ctx: Context, c: HttpContext, of: Holder): Promise<Upload> {
  const boundary = boundaryOf(c.req.header('content-type'));
  if (boundary === undefined) return { values: await formOf(c), staged: [], refused: [] };
  const values: Record<string, string | string[]> = {};
  const staged: FileFacts[] = [];
  const refused: RefusedFile[] = [];
  const source = new Bounded(c.req.raw.body, Number(c.req.header('content-length') ?? 0));
  let words = 0;
  let known = false;
  try {
    for await (const part of partsOf(source, boundary)) {
      if (part.filename === undefined) {
        const text = await textOf(part, WORDS_MOST - words);
        words += text.length;
        if (part.name === 'csrf') {
          assertFormToken(c, text);
          known = true;
        } else if (known) add(values, part.name, text);
      } else if (known && part.name === FILES_FIELD) {
        const taken = await takeFile(ctx, of, part, source);
        if (taken === undefined) continue;
        if ('fault' in taken) refuse(refused, taken);
        else staged.push(taken);
      }
      if (!known) break;
    }
  } catch (error) {
    if (!(error instanceof UploadTooLarge)) throw error;
    refused.push({ name: undefined, fault: 'uploadTooLarge' });
  }
  if (!known) assertFormToken(c, undefined);
  return { values, staged, refused };
}

/** What is about all files is said once. */
function refuse(refused: RefusedFile[], one: RefusedFile): void {
  const said =
    one.name === undefined && refused.some(({ name, fault }) => name === undefined && fault === one.fault);
  if (!said) refused.push(one);
}

function add(values: Record<string, string | string[]>, name: string, text: string): void {
  const before = Object.hasOwn(values, name) ? values[name] : undefined;
  const all = before === undefined ? text : [before, text].flat();
  Object.defineProperty(values, name, { value: all, enumerable: true, writable: true, configurable: true });
}

async function textOf({ body }: Part, room: number): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > room)
      throw new PlatformError('too-large', 'The form is larger than anything that can be typed into it.');
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Undefined for a field that was left empty. */
async function takeFile(
  ctx: Context,
  of: Holder,
  part: Part,
  source: Bounded,
): Promise<FileFacts | RefusedFile | undefined> {
  const sent = part.filename ?? '';
  const name = Array.from(cleanName(sent)).slice(0, NAME_MOST).join('');
  source.assertFits();
  const state = stateOf(ctx);
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of part.body) {
      if (size === 0 && !state.limiter.take(`${of.authorityId}/${of.caseId}`).allowed)
        return { name: undefined, fault: 'tooOften' };
      size += piece.length;
      state.arriving += piece.length;
      if (size > FILE_MOST) return { name, fault: 'fileTooLarge' };
      if (state.arriving > ARRIVING_MOST) return { name: undefined, fault: 'busy' };
      pieces.push(Buffer.from(piece));
    }
    if (size === 0) return sent === '' ? undefined : { name, fault: 'empty' };
    const bytes = Buffer.concat(pieces);
    const found = examineFile(bytes);
    if ('fault' in found) return { name, fault: found.fault };
    return await stageFile(ctx, of, { name: shownName(sent, found.type), type: found.type, bytes });
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'too-large') return { name, fault: 'caseFull' };
    throw error;
  } finally {
    state.arriving -= size;
  }
}

class UploadTooLarge extends Error {}

/** A body that is read no further than it may be. */
class Bounded {
  readonly #body: ReadableStream<Uint8Array> | null;
  readonly #announced: number;

  constructor(body: ReadableStream<Uint8Array> | null, announced: number) {
    this.#body = body;
    this.#announced = announced;
  }

  /** Before the first file: throws where the body says already that it is too large. */
  assertFits(): void {
    if (this.#announced > UPLOAD_MOST) throw new UploadTooLarge();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let size = 0;
    if (this.#body === null) return;
    const reader = this.#body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.length;
      if (size > UPLOAD_MOST) throw new UploadTooLarge();
      yield value;
    }
  }
}
