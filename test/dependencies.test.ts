import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { auditVerdict, type Locked, lockfileFaults, type Manifest, manifestFaults } from './dependencies.ts';

const root = dirname(import.meta.dirname);
const read = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
const LOCKFILES = ['package-lock.json', 'launcher/package-lock.json'];

for (const lockfile of LOCKFILES) {
  test(`${lockfile}: every package has a fitting licence, a hash, an exact version, no address and no script`, () => {
    const folder = dirname(join(root, lockfile));
    const installed = (path: string) => {
      const file = join(folder, path, 'package.json');
      if (!existsSync(file)) return undefined;
      const { license } = JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown };
      return typeof license === 'string' ? license : undefined;
    };
    const { packages } = read<{ packages: Record<string, Locked> }>(lockfile);
    assert.ok(Object.keys(packages).length > 4);
    assert.deepEqual(lockfileFaults(packages, installed), []);
  });
}

test('every version that we ask for is exact, and nothing of ours runs at installation', () => {
  const manifests = globSync(
    ['package.json', '{launcher,platform}/package.json', 'packages/*/package.json'],
    { cwd: root },
  );
  assert.ok(manifests.length >= 8, manifests.join(' '));
  assert.deepEqual(
    manifests.flatMap((file) => manifestFaults(file, read<Manifest>(file))),
    [],
  );
  const settings = readFileSync(join(root, '.npmrc'), 'utf8');
  for (const line of ['ignore-scripts=true', 'save-exact=true'])
    assert.ok(settings.split('\n').includes(line), line);
});

const GOOD: Locked = { version: '1.2.3', license: 'MIT', integrity: `sha512-${'A'.repeat(86)}==` };
const PLANTED: readonly (readonly [what: string, entry: Locked, path?: string])[] = [
  ['no exact version', { ...GOOD, version: '^1.2.3' }],
  ['no exact version', { ...GOOD, version: 'git+ssh://example/x.git' }],
  ['no SHA-512', { version: '1.2.3', license: 'MIT' }],
  ['no SHA-512', { ...GOOD, integrity: 'sha1-AAAA' }],
  ['an address to download from', { ...GOOD, resolved: 'https://elsewhere.example/x.tgz' }],
  ['a licence that does not fit', { ...GOOD, license: 'GPL-3.0-only' }],
  ['a licence that does not fit', { ...GOOD, license: 'SEE LICENSE IN LICENSE' }],
  ['a licence that does not fit', { ...GOOD, license: 'MIT AND AGPL-3.0-only' }],
  ['a licence that does not fit', { ...GOOD, license: 'MPL-2.0' }],
  ['a licence that does not fit', { version: '1.2.3', integrity: GOOD.integrity ?? '' }],
  ['runs a script', { ...GOOD, hasInstallScript: true }],
  ['outside the workspace', { ...GOOD, link: true }],
];
for (const [what, entry] of PLANTED) {
  test(`${JSON.stringify(entry).slice(0, 70)} is found: ${what}`, () => {
    const faults = lockfileFaults({ '': {}, 'node_modules/x': entry, 'node_modules/y': GOOD });
    assert.equal(faults.length, 1);
    assert.ok(faults[0]?.startsWith('node_modules/x') && faults[0].includes(what), String(faults[0]));
  });
}

test('what fits is let through: a choice of licences, one for development alone, a known script, our own packages', () => {
  const packages = {
    'node_modules/a': { ...GOOD, license: '(MIT OR GPL-2.0-only)' },
    'node_modules/b': { ...GOOD, license: 'MPL-2.0', dev: true },
    'node_modules/c/node_modules/esbuild': { ...GOOD, hasInstallScript: true },
    'node_modules/@taalil/norms': { link: true },
    'packages/norms': { version: '0.1.0' },
  };
  assert.deepEqual(lockfileFaults(packages), []);
  assert.equal(lockfileFaults({ 'node_modules/a': GOOD }, () => 'GPL-3.0-only').length, 1);
});

test('ranges, tags, addresses and hooks in a manifest are found', () => {
  const pins = { a: '^1.0.0', b: 'latest', c: 'github:x/y', d: '1.0.0', e: '*', f: 'file:../f' };
  assert.equal(manifestFaults('x', { dependencies: pins }).length, 5);
  assert.equal(manifestFaults('x', { scripts: { postinstall: 'sh', test: 'x' } }).length, 1);
});

test('an audit is clean, grave, or not known: three answers that are never taken for one another', () => {
  const report = (severities: readonly string[]) =>
    JSON.stringify({
      vulnerabilities: Object.fromEntries(severities.map((severity, i) => [`p${i}`, { severity }])),
    });
  assert.deepEqual(auditVerdict(report([])), { kind: 'clean', lower: 0 });
  assert.deepEqual(auditVerdict(report(['low', 'moderate'])), { kind: 'clean', lower: 2 });
  assert.deepEqual(auditVerdict(report(['low', 'high', 'critical'])), {
    kind: 'vulnerable',
    packages: ['p1 (high)', 'p2 (critical)'],
  });
  for (const printed of [
    '',
    '{}',
    'not json',
    JSON.stringify({ message: '405 - POST https://x.example/y', error: {} }),
  ]) {
    const verdict = auditVerdict(printed);
    assert.equal(verdict.kind, 'unreachable', printed);
    assert.ok(verdict.kind === 'unreachable' && !/https?:/.test(verdict.why));
  }
});
