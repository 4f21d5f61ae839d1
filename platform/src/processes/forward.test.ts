import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { makePlatform, type TestPlatform } from '../../test/make-platform.ts';
import { UPLOAD_MOST } from '../attachments/limits.ts';
import { UPLOAD_MOST as MODEL_MOST } from '../register/upload.ts';
import { forward } from './forward.ts';
import type { Member } from './member.ts';

let p: TestPlatform;
let received = 0;
const writer = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
  received = 0;
  for await (const piece of request) received += (piece as Buffer).length;
  response.end('taken');
});
before(async () => {
  p = await makePlatform({ system: false });
  await new Promise<void>((resolve) => writer.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  writer.close();
  writer.closeAllConnections();
  await p.dispose();
});

const member = () =>
  ({
    context: p,
    writerUrl: async () => `http://127.0.0.1:${(writer.address() as AddressInfo).port}`,
  }) as unknown as Member;
const sending = (type: string, bytes: number, path = '/fr/case/review/files') =>
  forward(
    member(),
    new Request(`http://x.example${path}`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': type },
    }),
    '127.0.0.1',
  );

test('a form with files reaches the writer whole, up to the largest that it takes', async () => {
  await sending('multipart/form-data; boundary=b', UPLOAD_MOST);
  assert.equal(received, UPLOAD_MOST);
});

test('of a larger one the writer gets the beginning, by whose length it refuses the files and keeps the words', async () => {
  assert.equal(await (await sending('multipart/form-data; boundary=b', 2 * UPLOAD_MOST)).text(), 'taken');
  assert.ok(received > UPLOAD_MOST && received < 1.25 * UPLOAD_MOST, `${received} bytes`);
});

test('any other body of that size is refused before it travels', async () => {
  await assert.rejects(sending('application/json', 2 * UPLOAD_MOST), { code: 'too-large' });
});

test('a model file reaches the writer whole, up to the largest that the register takes, as JSON and as a form', async () => {
  for (const type of ['application/json', 'multipart/form-data; boundary=b']) {
    await sending(type, MODEL_MOST, '/api/v1/systems/s/versions');
    assert.equal(received, MODEL_MOST, type);
    await assert.rejects(sending(type, 2 * MODEL_MOST, '/api/v1/systems/s/versions'), { code: 'too-large' });
  }
});
