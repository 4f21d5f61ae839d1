import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import {
  bundledPack,
  checkFolder,
  NormError,
  readCases,
  readFolder,
  runCases,
  tellReport,
} from '../src/index.ts';

const folder = join(import.meta.dirname, '..', 'cases');
const files = readFolder(folder);
const packFiles = (id: string) => readFolder(bundledPack(id));

suite('tests as data', () => {
  for (const result of runCases(readCases(files), packFiles)) {
    test(`${result.case.file}: ${result.case.name}`, () => {
      assert.deepEqual(result.differences, []);
    });
  }

  test('every bundled pack is complete: each rule that computes something has a case that passes', () => {
    for (const id of ['ma', 'ma-announced', 'ca']) {
      const report = checkFolder(bundledPack(id), { casesDir: join(folder, id) });
      assert.ok(report.ok, tellReport(report).join('\n'));
    }
  });

  test('a wrong expectation fails, whatever it is about', () => {
    const wrong = `
packs: [ma]
cases:
  - name: wrong date
    deadline: { rule: ma.2-17-265.treat, start: 2025-02-03 }
    expect: { due: 2025-04-04 }
  - name: an error that does not come
    deadline: { rule: ma.2-17-265.treat, start: 2025-02-03 }
    expect: { error: not-in-force }
  - name: another error than the one that comes
    deadline: { rule: ma.2-17-265.treat, start: 2017-01-01 }
    expect: { error: out-of-range }
  - name: a list that lacks an element
    safeguard: { level: 1, adverse: true }
    expect: { includes asks: ma.policy.two-people }
  - name: a list that has an element
    safeguard: { level: 1, adverse: true }
    expect: { excludes asks: ma.policy.I3 }
  - name: an expectation of nothing known
    safeguard: { level: 1, adverse: true }
    expect: { persons: 1 }
  - name: an error where none was expected
    deadline: { rule: ma.2-17-265.treat, start: 2017-01-01 }
    expect: { due: 2017-03-01 }
`;
    const results = runCases(readCases([{ name: 'wrong.yaml', text: wrong }]), packFiles);
    assert.equal(results.length, 7);
    for (const result of results) assert.equal(result.passed, false, result.case.name);
    assert.match(results[0]?.differences[0] ?? '', /expected "2025-04-04", got "2025-04-03"/);
  });

  test('a case file with faults names them all, with their lines', () => {
    const text = `
packs: [ma]
cases:
  - name: nothing asked
    expect: { due: 2025-01-01 }
  - name: two things asked
    deadline: { rule: ma.2-17-265.treat, start: 2025-02-03 }
    safeguard: { adverse: true }
    expect: { due: 2025-01-01 }
  - name: nothing expected
    safeguard: { adverse: true }
    expect: {}
  - name: no such date
    deadline: { rule: ma.2-17-265.treat, start: 2025-02-30 }
    expect: { due: 2025-01-01 }
  - name: a word too many
    deadline: { rule: ma.2-17-265.treat, start: 2025-02-03, urgent: true }
    expect: { due: 2025-01-01 }
`;
    assert.throws(
      () => readCases([{ name: 'faults.yaml', text }]),
      (error) => {
        assert.ok(error instanceof NormError);
        assert.deepEqual(
          error.problems.map((problem) => [problem.code, problem.line]),
          [
            ['wrong-value', 4],
            ['wrong-value', 6],
            ['missing', 12],
            ['wrong-value', 14],
            ['unknown-field', 17],
          ],
        );
        return true;
      },
    );
  });
});
