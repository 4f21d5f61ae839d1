import type { Context as HttpContext } from 'hono';
import { PlatformError } from '../errors.ts';

/** The largest JSON body that the API reads. */
export const BODY_MOST = 256 * 1024;

function tooLarge(most: number): PlatformError {
  return new PlatformError('too-large', `The request body is larger than ${most} bytes.`, {
    mend: 'Send one case a request, without attachments.',
  });
}

/** Reads a JSON body within a limit, counted as it arrives. Throws `too-large` or `invalid-request`. */
export async function readJson(c: HttpContext, most: number = BODY_MOST): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/(?:[a-z.+-]+\+)?json\b/i.test(type)) {
    throw new PlatformError('invalid-request', 'The request body is not JSON.', {
      where: 'Content-Type',
      mend: 'Send JSON with the header Content-Type: application/json.',
    });
  }
  const text = await readText(c, most);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PlatformError(
      'invalid-request',
      `The request body is not valid JSON: ${(cause as Error).message}`,
      {
        mend: 'Check quotes, commas and the encoding (UTF-8).',
        cause,
      },
    );
  }
}

/** Reads a body as text within a limit, counted as it arrives. Throws `too-large`. */
export async function readText(c: HttpContext, most: number): Promise<string> {
  if (Number(c.req.header('content-length') ?? 0) > most) throw tooLarge(most);
  return c.req.header('content-length') === undefined ? readChunked(c, most) : c.req.text();
}

/** A body of unannounced length, read no further than the limit. */
async function readChunked(c: HttpContext, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
