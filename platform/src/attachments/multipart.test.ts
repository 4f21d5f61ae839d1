import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundaryOf, partsOf } from './multipart.ts';

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(bytes: Buffer, boundary: string, size = 7) {
  const parts: [string, string | undefined, string][] = [];
  for await (const { name, filename, body } of partsOf(inPieces(bytes, size), boundary)) {
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(Buffer.from(piece));
    parts.push([name, filename, Buffer.concat(pieces).toString('latin1')]);
  }
  return parts;
}
const part = (disposition: string, body: string) =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`;

test('what a browser sends is read, however it arrives', async () => {
  const form = new FormData();
  form.append('text', 'سطر\r\n--b\r\nسطر');
  form.append('files', new Blob([Buffer.from('\r\n--\r\n--b-')]), 'a"b\r\n;filename="x".pdf');
  form.append('empty', '');
  const sent = new Response(form);
  const boundary = boundaryOf(sent.headers.get('content-type') ?? undefined) ?? '';
  const bytes = Buffer.from(await sent.arrayBuffer());
  for (const size of [1, 2, 3, 61, bytes.length]) {
    const parts = await read(bytes, boundary, size);
    assert.deepEqual(
      parts.map(([name, filename, body]) => [name, filename, Buffer.from(body, 'latin1').toString()]),
      [
        ['text', undefined, 'سطر\r\n--b\r\nسطر'],
        ['files', 'a"b\r\n;filename="x".pdf', '\r\n--\r\n--b-'],
        ['empty', undefined, ''],
      ],
    );
  }
});

test('any bytes pass, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      async (data, size) => {
        const body = Buffer.from(data).toString('latin1');
        fc.pre(!body.includes('\r\n--b'));
        const bytes = Buffer.from(
          `${part('name="f"; filename="x"', body)}${part('name="g"', 'z')}--b--`,
          'latin1',
        );
        assert.deepEqual(await read(bytes, 'b', size), [
          ['f', 'x', body],
          ['g', undefined, 'z'],
        ]);
      },
    ),
    { numRuns: 60 },
  );
});

test('a part that is left in the middle is passed over', async () => {
  const bytes = Buffer.from(
    `${part('name="f"; filename="x"', 'y'.repeat(500))}${part('name="g"', 'z')}--b--`,
  );
  const names: string[] = [];
  for await (const { name, body } of partsOf(inPieces(bytes, 10), 'b')) {
    names.push(name);
    for await (const piece of body) if (piece.length > 0) break;
  }
  assert.deepEqual(names, ['f', 'g']);
});

test('a file field that was left empty is a file without a name', async () => {
  const bytes = Buffer.from(
    `${part('name="files"; filename=""\r\nContent-Type: application/octet-stream', '')}--b--`,
  );
  assert.deepEqual(await read(bytes, 'b'), [['files', '', '']]);
});

const MALFORMED: Readonly<Record<string, string>> = {
  nothing: '',
  'no boundary': 'csrf=x&text=y',
  'another boundary': '--c\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n--c--',
  'a preamble without end': 'x'.repeat(5_000),
  'a part that ends early': '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nhalf',
  'no last boundary': part('name="x"', 'y'),
  'a part without a name': `${part('filename="x"', 'y')}--b--`,
  'a part that is no form data': '--b\r\nContent-Disposition: attachment; name="x"\r\n\r\ny\r\n--b--',
  'a part without a head': '--b\r\n\r\n\r\ny\r\n--b--',
  'a head without end': `--b\r\nContent-Disposition: form-data; name="${'x'.repeat(5_000)}`,
  'something behind a boundary': `--bx\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n--b--`,
};
for (const [what, text] of Object.entries(MALFORMED)) {
  test(`${what} is refused as no form`, async () => {
    await assert.rejects(read(Buffer.from(text), 'b'), { code: 'invalid-request' });
  });
}

test('the boundary is the one of a multipart form, and of nothing else', () => {
  assert.equal(
    boundaryOf('multipart/form-data; boundary=----WebKitFormBoundaryAbC'),
    '----WebKitFormBoundaryAbC',
  );
  assert.equal(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"'), 'a b');
  for (const type of [
    undefined,
    'text/plain; boundary=x',
    'multipart/mixed; boundary=x',
    'multipart/form-data',
    `multipart/form-data; boundary=${'x'.repeat(71)}`,
    'multipart/form-data; boundary="a\r\nb"',
  ]) {
    assert.equal(boundaryOf(type), undefined, String(type));
  }
});
