import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { chromium } from 'playwright-core';

const SRC = new URL('../src/', import.meta.url);
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const skip = existsSync(CHROMIUM)
  ? false
  : `no Chromium at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`;
const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/formats.vectors.json', import.meta.url), 'utf8'),
);

test('what verifies imports nothing of Node and no package', () => {
  const seen = new Set<string>();
  const walk = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(new URL(file, SRC), 'utf8');
    for (const [, specifier] of source.matchAll(/\bfrom '([^']+)'/g)) {
      assert.match(specifier ?? '', /^\.\/[a-z0-9-]+\.ts$/, `${file} imports ${specifier}`);
      walk((specifier ?? '').slice(2));
    }
    assert.doesNotMatch(source, /\bBuffer\b|\bprocess\./, file);
  };
  walk('index.ts');
  walk('verify.ts');
  assert.ok(seen.size > 20 && !seen.has('signer.ts'));
});

/** The sources as modules that a browser loads, types taken out. */
async function serve(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const file = /^\/src\/([a-z0-9-]+\.ts)$/.exec(request.url ?? '')?.[1];
    const body =
      file === undefined ? '<!doctype html>' : stripTypeScriptTypes(readFileSync(new URL(file, SRC), 'utf8'));
    response.setHeader('content-type', file === undefined ? 'text/html' : 'text/javascript; charset=utf-8');
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

test('Chromium checks a receipt by itself, and refuses a changed one', { skip }, async (t) => {
  const { url, close } = await serve();
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  t.after(async () => {
    await browser.close();
    close();
  });
  const page = await browser.newPage();
  await page.goto(url);
  const check = (file: string, vkey: string) =>
    page.evaluate(
      `(async () => {
        const { verifyReceiptFile } = await import('/src/verify.ts');
        const [file, vkey] = ${JSON.stringify([file, vkey])};
        try {
          const receipts = await verifyReceiptFile(file, { vkey });
          const times = [];
          for (let i = 0; i < 20; i++) {
            const before = performance.now();
            await verifyReceiptFile(file, { vkey });
            times.push(performance.now() - before);
          }
          return { facts: receipts.map((receipt) => receipt.facts), ms: times.sort((a, b) => a - b)[10] };
        } catch (error) {
          return { code: error.code };
        }
      })()`,
    ) as Promise<{ facts?: { case?: string }[]; ms?: number; code?: string }>;

  const one = await check(vectors.receipt, vectors.key.vkey);
  assert.equal(one.facts?.[0]?.case, 'SPECIMEN-1');
  assert.ok((one.ms ?? 1000) < 20, `${one.ms} ms`);
  t.diagnostic(`one receipt in ${one.ms?.toFixed(1)} ms`);
  assert.equal((await check(vectors.bundle, vectors.key.vkey)).facts?.length, 2);
  const changed = vectors.receipt.replace('SPECIMEN-1', 'SPECIMEN-9');
  assert.deepEqual(await check(changed, vectors.key.vkey), { code: 'bad-commitment' });
  const cut = vectors.receipt.replace('\\n5\\n', '\\n6\\n');
  assert.deepEqual(await check(cut, vectors.key.vkey), { code: 'bad-signature' });
});
