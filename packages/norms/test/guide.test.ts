import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { check, type SourceFile, tellReport } from '../src/index.ts';

const guide = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'guide-norm-pack.md'), 'utf8');
const files: SourceFile[] = [...guide.matchAll(/```yaml file=(\S+)\n([\s\S]*?)```/g)].map(
  ([, name = '', text = '']) => ({
    name,
    text,
  }),
);
const pack = files.filter((file) => file.name.startsWith('packs/'));
const cases = files.filter((file) => file.name.startsWith('cases/'));
const without = (name: string, text: string) =>
  pack.map((file) => (file.name === name ? { name, text: file.text.replace(text, '') } : file));

suite('the guide for another country', () => {
  test('the pack that it builds is complete, and its cases pass', () => {
    const report = check({ pack, cases, years: [2026] });
    assert.ok(report.ok, tellReport(report).join('\n'));
    assert.equal(report.cases.length, 9);
    assert.deepEqual(
      report.gaps.map((gap) => gap.what),
      ['rule xx.court cites no article', 'rule xx.court does not say since when it applies'],
    );
  });

  test('the check tells what is missing: cases, rules of a kind, the holidays of a year', () => {
    const whats = (report: ReturnType<typeof check>) =>
      report.gaps.map((gap) => `${gap.weight}: ${gap.what}`);
    const none = check({ pack, cases: [], years: [2026, 2027] });
    assert.equal(none.ok, false);
    assert.ok(whats(none).includes('needed: rule xx.person has no case that passes'));
    assert.ok(whats(none).some((what) => what.includes('announced holidays of 2027')));
    assert.ok(!whats(none).some((what) => what.includes('announced holidays of 2026')));

    const bare = pack.filter((file) => file.name !== 'packs/xx/rules.yaml');
    const empty = whats(check({ pack: bare, cases: [] }));
    for (const kind of ['deadline', 'safeguard', 'obligation', 'level']) {
      assert.ok(empty.includes(`needed: has no ${kind} rule`), kind);
    }
  });

  test('a case that fails and a fault in a file are told as lines, and the check is not ok', () => {
    const wrong = cases.map((file) => ({ ...file, text: file.text.replace('2026-02-02', '2026-02-01') }));
    const failed = check({ pack, cases: wrong });
    assert.equal(failed.ok, false);
    assert.ok(tellReport(failed).some((line) => line.includes('expected "2026-02-01", got "2026-02-02"')));

    const broken = check({ pack: without('packs/xx/rules.yaml', '    source: Law on complaints\n'), cases });
    assert.equal(broken.ok, false);
    assert.match(
      tellReport(broken)[0] ?? '',
      /^problem {2}packs\/xx\/rules\.yaml:\d+ rules\[0\]\.source: is missing; /,
    );
  });

  test('a case that names a pack that is not there fails, and crashes nothing', () => {
    const lost = [
      {
        name: 'lost.yaml',
        text: 'packs: [zz]\ncases: [{ name: n, safeguard: { adverse: true }, expect: { people: 1 } }]',
      },
    ];
    const report = check({ pack, cases: lost });
    assert.equal(report.ok, false);
    assert.match(report.cases[0]?.differences[0] ?? '', /^pack: unreadable: /);
  });
});
