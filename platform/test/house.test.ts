import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';

const ROOT = normalize(join(import.meta.dirname, '../..'));
const SOURCE = 'platform/src';

/** The ground floor of the platform: every room may use these. */
const FLOOR = ['store', 'vault', 'web', 'access', 'ledger', 'cases', 'conformity', '.'];

/** What each room may import besides the floor. Arrows point down; a new one is a decision, written here. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  store: ['.'],
  vault: ['store', '.'],
  web: ['.'],
  ledger: ['store', 'vault', '.'],
  attachments: [...FLOOR],
  cases: ['store', 'vault', 'ledger', 'web', '.'],
  access: ['store', 'vault', 'ledger', 'cases', 'web', 'register', '.'],
  conformity: [...FLOOR, 'api', 'register', 'decisions', 'monitoring', 'training'],
  assessment: [...FLOOR, 'api', 'register', 'training'],
  consultation: [...FLOOR, 'api', 'register'],
  register: [...FLOOR, 'api', 'monitoring'],
  withholding: [...FLOOR, 'register', 'decisions', 'notices', 'citizen'],
  decisions: [...FLOOR, 'withholding', 'register', 'api'],
  training: [...FLOOR, 'register'],
  desk: [...FLOOR, 'primacy', 'withholding', 'register', 'decisions', 'training', 'citizen'],
  primacy: [...FLOOR, 'register', 'decisions'],
  notices: [...FLOOR, 'withholding', 'register', 'decisions', 'api', 'reviews'],
  reviews: [
    ...FLOOR,
    'attachments',
    'register',
    'decisions',
    'training',
    'desk',
    'notices',
    'citizen',
    'monitoring',
    'api',
  ],
  remedies: [...FLOOR, 'register', 'decisions', 'reviews'],
  erasure: [...FLOOR, 'attachments', 'register', 'decisions', 'notices', 'reviews', 'citizen'],
  citizen: [
    ...FLOOR,
    'attachments',
    'withholding',
    'register',
    'decisions',
    'notices',
    'reviews',
    'counter',
    'desk',
  ],
  counter: [...FLOOR, 'attachments', 'withholding', 'register', 'decisions', 'notices', 'reviews', 'citizen'],
  retention: [...FLOOR, 'register', 'decisions'],
  escalation: [...FLOOR, 'attachments', 'register', 'decisions', 'notices', 'reviews', 'citizen'],
  monitoring: [...FLOOR, 'register', 'decisions'],
  backup: ['store', 'vault', 'ledger', 'cases', 'erasure', 'notices', '.'],
  demonstration: ['store', 'witness', '.'],
  api: [
    ...FLOOR,
    'webhooks',
    'register',
    'decisions',
    'notices',
    'reviews',
    'assessment',
    'consultation',
    'conformity',
  ],
  cli: [
    ...FLOOR,
    'api',
    'operations',
    'register',
    'notices',
    'witness',
    'escalation',
    'erasure',
    'retention',
    'backup',
  ],
  webhooks: ['store', 'vault', 'ledger', 'cases', 'access', 'api', '.'],
  operations: [
    ...FLOOR,
    'attachments',
    'retention',
    'processes',
    'decisions',
    'erasure',
    'monitoring',
    'register',
    'webhooks',
  ],
  processes: ['store', 'vault', 'ledger', 'access', 'register', 'erasure', '.'],
  witness: ['ledger', 'store', 'vault', '.'],
};

const roomOf = (file: string) => {
  const [first, second] = relative(SOURCE, file).split('/');
  return second === undefined ? '.' : (first as string);
};

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map((match) => match[1] as string);
}

const sources = globSync(['packages/*/src/**/*.{ts,tsx}', `${SOURCE}/**/*.{ts,tsx}`], { cwd: ROOT }).filter(
  (file) => !/\.(test|slow)\.tsx?$|\/conformance\.ts$/.test(file),
);

test('the ground floor knows nothing of the platform', () => {
  for (const file of sources.filter((f) => f.startsWith('packages/'))) {
    for (const target of importsOf(file)) {
      assert.ok(!target.includes('platform'), `${file} imports ${target}`);
      const leaves =
        target.startsWith('.') && !join(dirname(file), target).startsWith(file.split('/', 2).join('/'));
      assert.ok(!leaves, `${file} reaches out of its package: ${target}`);
    }
  }
});

test('rooms import only what the list allows', () => {
  const wrong = new Set<string>();
  for (const file of sources.filter((f) => f.startsWith(SOURCE))) {
    const room = roomOf(file);
    if (room === '.') continue;
    for (const target of importsOf(file).filter((t) => t.startsWith('.'))) {
      const resolved = join(dirname(file), target);
      if (!resolved.startsWith(SOURCE)) {
        wrong.add(`${file} → ${target}`);
        continue;
      }
      const to = roomOf(resolved);
      if (to !== room && !ALLOWED[room]?.includes(to)) wrong.add(`${room} → ${to} (${file})`);
    }
  }
  assert.deepEqual([...wrong].sort(), []);
});

test('no product code reads the demonstration or its planted faults', () => {
  for (const file of sources.filter((f) => f !== `${SOURCE}/main.ts`)) {
    for (const target of importsOf(file)) assert.ok(!target.includes('worlds/'), `${file} imports ${target}`);
    assert.ok(!readFileSync(join(ROOT, file), 'utf8').includes('planted.json'), `${file} names planted.json`);
  }
});

test('source files stay readable: none over 12 KB', () => {
  const large = sources
    .map((file) => [file, readFileSync(join(ROOT, file)).length] as const)
    .filter(([, n]) => n > 12_288);
  assert.deepEqual(
    large.filter(
      ([file]) => !/messages[^/]*\.ts$|\/src\/kernels\/|^packages\/client\/src\/api\.ts$/.test(file),
    ),
    [],
  );
});
