import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { parseHTML } from 'linkedom';
import { assemble, type Cells } from '../../src/index.ts';
import { LANGUAGES } from '../../src/plots/index.ts';
import {
  type Audited,
  auditCells,
  renderHtml,
  renderJson,
  renderSarif,
  renderText,
} from '../../src/report/index.ts';
import { MESSAGES } from '../../src/report/messages.ts';
import { cellsOf, rowsOf } from '../fixtures.ts';
import { world } from '../worlds.ts';
import { procedure } from './procedure.ts';

const of = { files: ['<b>&"decisions".csv'], excluded: { prediction: 2 } };
const compas = cellsOf(rowsOf('compas-cells.csv'), {
  attributes: ['race', 'sex'],
  prediction: (row) => row.score_text !== 'Low',
  truth: (row) => row.two_year_recid === '1',
  stratum: 'age_cat',
});
const reports: Readonly<Record<string, Audited>> = {
  compas: auditCells(compas, of, { favourable: 'no' }),
  procedure: auditCells(procedure(), of, { favourable: 'no' }),
};

test('every section of the page is there, in every language, with no script, no address and no stray value', () => {
  for (const [name, audited] of Object.entries(reports)) {
    for (const language of LANGUAGES) {
      const page = renderHtml(audited, language);
      assert.doesNotMatch(
        page,
        /<script|<link|<img|undefined|NaN|\[object|https?:\/\/(?!www\.w3\.org)/,
        `${name} ${language}`,
      );
      assert.doesNotMatch(page, /<b>&"dec/);
      const { document } = parseHTML(page);
      assert.equal(
        document.documentElement.getAttribute('dir'),
        language === 'ar' || language === 'zgh' ? 'rtl' : 'ltr',
      );
      assert.ok(document.querySelectorAll('h2').length >= (name === 'procedure' ? 6 : 5));
      for (const picture of document.querySelectorAll('figure')) {
        assert.ok((picture.querySelector('figcaption')?.textContent ?? '').length > 10);
        assert.equal(picture.querySelectorAll('svg[direction="ltr"][role="img"]').length, 2);
      }
    }
  }
});

test('Tamazight is marked as still to be commissioned, and its text as Arabic', () => {
  const { document } = parseHTML(renderHtml(reports.compas as Audited, 'zgh'));
  assert.equal(document.documentElement.getAttribute('lang'), 'zgh');
  assert.equal(document.querySelector('body')?.getAttribute('lang'), 'ar');
  assert.match(document.querySelector('main')?.textContent ?? '', /في انتظار الإعداد/);
});

test('the words: "disparity", never a word for its cause or its lawfulness; every message in every language', () => {
  const forbidden = /discriminat|compliant|conforme\b|تمييز|unfair|illegal|illégal/i;
  for (const [key, texts] of Object.entries(MESSAGES)) {
    assert.deepEqual(Object.keys(texts).sort(), ['ar', 'en', 'fr'], key);
    const names = Object.entries(texts).map(([language, text]) => {
      assert.doesNotMatch(text, forbidden, key);
      return argumentsOf(new IntlMessageFormat(text, language).getAst());
    });
    assert.deepEqual(names[1], names[0], key);
    assert.deepEqual(names[2], names[0], key);
  }
  for (const audited of Object.values(reports)) {
    for (const language of LANGUAGES) {
      assert.doesNotMatch(renderHtml(audited, language), forbidden);
      assert.doesNotMatch(renderText(audited, language), forbidden);
    }
  }
});

test('the title of a picture says who differs most, with the interval', () => {
  const { document } = parseHTML(renderHtml(reports.compas as Audited, 'en'));
  const titles = [...document.querySelectorAll('figcaption')].map((one) => one.textContent);
  assert.ok(
    titles.includes('African-American: false-positive rate 19.9 to 25.7 points above all others'),
    titles.join('\n'),
  );
  assert.ok(
    titles.includes('African-American: positive predictions 1.71 to 1.91 times as often as all others'),
  );
});

test('the procedure: the page names the stage, the officer and the month', () => {
  const text =
    parseHTML(renderHtml(reports.procedure as Audited, 'en')).document.querySelector('main')?.textContent ??
    '';
  for (const words of [
    /The disparity arises at: Score; Person/,
    /beyond what is tolerated, shown in 2026-0\d/,
    /Persons who decide/,
    /scores are \d/,
  ]) {
    assert.ok(words.test(text), String(words));
  }
});

test('rows that do not tell the attribute are told, with the bounds of the worst case', () => {
  const cells = assemble({
    attributes: [{ name: 'sex', values: ['F', 'F', 'M', 'M', null] }],
    roles: { prediction: { name: 'p', values: ['yes', 'no', 'yes', 'no', 'yes'] } },
    count: [50, 50, 60, 40, 20],
  });
  const text =
    parseHTML(renderHtml(auditCells(cells, of), 'en')).document.querySelector('main')?.textContent ?? '';
  assert.ok(text.includes('20 rows do not tell this attribute'));
  assert.ok(text.includes('-16.7 – -1.7'), text.slice(0, 900));
});

test('JSON says null for what is not known, never 0, and nothing is lost in it', () => {
  const found = JSON.parse(renderJson(reports.compas as Audited));
  const native = found.groups.find((group: { by: { race?: string } }) => group.by.race === 'Native American');
  assert.equal(native.verdict, 'insufficient-evidence');
  const impossible = JSON.parse(renderJson(auditCells(nobodyPositive(), of)));
  assert.equal(impossible.groups[0].metrics.ppv.value, null);
  assert.equal(impossible.groups[0].metrics.ppv.denominator, 0);
  assert.deepEqual(JSON.parse(renderJson(reports.compas as Audited)), found);
});

test('SARIF 2.1.0: a result for each finding, rules and levels in order', () => {
  const log = JSON.parse(renderSarif(reports.procedure as Audited, 'fr'));
  assert.equal(log.version, '2.1.0');
  const [{ tool, results, language }] = log.runs;
  assert.equal(language, 'fr');
  for (const { ruleId, ruleIndex, level, message, locations } of results) {
    assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
    assert.ok(['error', 'warning', 'note'].includes(level) && message.text.length > 10);
    assert.doesNotMatch(locations[0].physicalLocation.artifactLocation.uri, /[<"]/);
  }
  assert.ok(results.some(({ ruleId }: { ruleId: string }) => ruleId === 'alarm'));
});

test('the whole passes only where no alarm was raised and no subgroup stands out', () => {
  const hidden = world(3, 40_000, [4, 3, 2], 0.2, {
    at: [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
    lift: 0.2,
  });
  const { verdict, full } = auditCells(hidden, of, { tolerance: 0.1 });
  assert.equal(full.audit.verdict, 'pass');
  assert.equal(verdict, 'fail');
  assert.equal(auditCells(world(3, 40_000, [4, 3, 2], 0.2), of, { tolerance: 0.1 }).verdict, 'pass');
});

function nobodyPositive(): Cells {
  return assemble({
    attributes: [{ name: 'sex', values: ['F', 'M', 'F'] }],
    roles: {
      prediction: { name: 'p', values: ['no', 'no', 'no'] },
      truth: { name: 't', values: ['no', 'no', 'yes'] },
    },
    count: [50, 60, 40],
  });
}

type Nodes = ReturnType<IntlMessageFormat['getAst']>;

function argumentsOf(nodes: Nodes): readonly string[] {
  const found = nodes.flatMap((node): readonly string[] => {
    const name = 'value' in node && node.type !== 0 ? [String(node.value)] : [];
    const inner =
      'options' in node ? Object.values(node.options).flatMap(({ value }) => argumentsOf(value)) : [];
    return [...name, ...inner];
  });
  return [...new Set(found)].sort();
}
