import { z } from '@hono/zod-openapi';
import type { Context as HttpContext } from 'hono';
import { PlatformError } from '../errors.ts';
import { MODEL_FILE_MOST } from './models/index.ts';
import type { ModelUpload } from './publish.ts';

/** The largest publication: a model file in base64, and its record. */
export const UPLOAD_MOST = Math.ceil(MODEL_FILE_MOST / 3) * 4 + 4 * 1024 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'give 64 hexadecimal digits, lower case');

/** A publication as JSON; `record` is parsed by `parseRecord`, which names its own faults. */
export const uploadSchema = z.strictObject({
  record: z.unknown(),
  model: z.strictObject({
    sha256: sha256.describe('SHA-256 of the file: a file with another one is refused'),
    base64: z.base64().describe('The model file, at most 32 MiB'),
  }),
});

export interface Upload {
  readonly record: unknown;
  readonly model: ModelUpload;
}

/**
 * Reads a publication: `application/json` ({@link uploadSchema}), or `multipart/form-data` with the parts `record`
 * (JSON), `model` (the file) and `sha256`. Throws `too-large` or `invalid-request`.
 */
export async function readUpload(c: HttpContext): Promise<Upload> {
  const type = c.req.header('content-type') ?? '';
  if (/^application\/json\b/i.test(type)) return readJsonUpload(await readBytes(c));
  if (/^multipart\/form-data\b/i.test(type)) return readMultipart(await readBytes(c), type);
  throw new PlatformError('invalid-request', 'A publication is JSON or a multipart form.', {
    where: 'Content-Type',
    mend: 'Send application/json, or multipart/form-data with the parts record, model and sha256.',
  });
}

function readJsonUpload(bytes: Uint8Array): Upload {
  const parsed = uploadSchema.safeParse(parseJson(bytes, ''));
  if (!parsed.success) {
    throw new PlatformError('invalid-request', 'The publication is not complete or not valid.', {
      faults: parsed.error.issues
        .slice(0, 10)
        .map((i) => ({ where: `/${i.path.map(String).join('/')}`, what: i.message })),
      mend: 'Send {"record": …, "model": {"sha256": "…", "base64": "…"}}.',
    });
  }
  const { record, model } = parsed.data;
  return { record, model: { sha256: model.sha256, bytes: Buffer.from(model.base64, 'base64') } };
}

async function readMultipart(bytes: Uint8Array, type: string): Promise<Upload> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw new PlatformError('invalid-request', 'The multipart form cannot be read.', {
      where: 'Content-Type',
      mend: 'Let the HTTP client set the header with its boundary.',
      cause,
    });
  }
  const [record, model, hash] = [form.get('record'), form.get('model'), form.get('sha256')];
  if (record === null || !(model instanceof File) || typeof hash !== 'string') {
    throw new PlatformError('invalid-request', 'A part of the multipart form is missing.', {
      faults: [
        ...(record === null ? [{ where: 'record', what: 'is missing' }] : []),
        ...(model instanceof File ? [] : [{ where: 'model', what: 'is missing, or is not a file' }]),
        ...(typeof hash === 'string' ? [] : [{ where: 'sha256', what: 'is missing' }]),
      ],
      mend: 'Send the parts record (JSON), model (the file) and sha256.',
    });
  }
  const stated = sha256.safeParse(hash.trim());
  if (!stated.success) {
    throw new PlatformError('invalid-request', 'The stated SHA-256 is none.', {
      where: 'sha256',
      mend: 'Give 64 hexadecimal digits, lower case.',
    });
  }
  const text = typeof record === 'string' ? Buffer.from(record) : await record.bytes();
  return {
    record: parseJson(text, 'record'),
    model: { sha256: stated.data, bytes: Buffer.from(await model.bytes()) },
  };
}

function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PlatformError('invalid-request', `This is not valid JSON: ${(cause as Error).message}`, {
      ...(where === '' ? {} : { where }),
      mend: 'Check quotes, commas and the encoding (UTF-8).',
      cause,
    });
  }
}

/** The body, counted as it arrives and read no further than the limit. */
async function readBytes(c: HttpContext): Promise<Uint8Array> {
  const tooLarge = () =>
    new PlatformError('too-large', `The request body is larger than ${UPLOAD_MOST} bytes.`, {
      mend: 'A model file has at most 32 MiB.',
    });
  if (Number(c.req.header('content-length') ?? 0) > UPLOAD_MOST) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.length;
    if (size > UPLOAD_MOST) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
