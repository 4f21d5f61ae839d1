import type { Context as HttpContext } from 'hono';

/** A form's fields as text; files and anything else are left out. */
export async function formOf(c: HttpContext): Promise<Record<string, string | string[]>> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value === 'string') return [[name, value]];
      return Array.isArray(value) ? [[name, value.filter((v) => typeof v === 'string')]] : [];
    }),
  );
}
