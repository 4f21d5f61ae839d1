import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Child } from 'hono/jsx';
import { Bars } from './components/bars.tsx';
import { DateField, readDate } from './components/date-field.tsx';
import { Tag } from './components/facts.tsx';
import {
  Checkboxes,
  CodeField,
  FileField,
  Radios,
  Select,
  TextArea,
  TextField,
} from './components/fields.tsx';
import { Form } from './components/form.tsx';
import { Pagination } from './components/links.tsx';
import { QrCode } from './components/qr.tsx';
import { padDecimals, Table } from './components/table.tsx';
import { AgencyText, PersonName } from './components/text.tsx';
import { Timeline } from './components/timeline.tsx';
import type { Lang } from './languages.ts';
import { renderToString } from './render.ts';

const show = async (node: Child, lang: Lang = 'fr', csrf?: string) =>
  (await renderToString({ lang, path: `/${lang}`, demonstration: false, csrf }, node)).slice(15);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (html: string) => html.replace(/&(\w+|#39);/g, (_, name: string) => ENTITIES[name] ?? '?');
const attribute = (html: string, name: string) =>
  decode(new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1] ?? '');

describe('a form', () => {
  it('loses nothing that was typed, and lets nothing out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (typed) => {
        const html = await show(
          <Form values={{ a: typed, b: typed }}>
            <TextField name="a" label="A" />
            <TextArea name="b" label="B" />
          </Form>,
        );
        const input = /<input[^>]*>/.exec(html)?.[0] ?? '';
        assert.equal(attribute(input, 'value'), typed);
        assert.equal(decode(/<textarea[^>]*>([\s\S]*)<\/textarea>/.exec(html)?.[1] ?? ''), `\n${typed}`);
      }),
    );
  });

  it('keeps choices, and what was typed wins over the default', async () => {
    const options = ['x', 'y', 'z'].map((value) => ({ value, label: value }));
    const html = await show(
      <Form values={{ r: 'y', c: ['x', 'z'], s: 'z', t: '' }}>
        <Radios name="r" label="R" options={options} value="x" />
        <Checkboxes name="c" label="C" options={options} />
        <Select name="s" label="S" options={options} value="x" />
        <TextField name="t" label="T" value="default" />
      </Form>,
    );
    const checked = [...html.matchAll(/name="(\w)" value="(\w)" checked=""/g)].map(
      (match) => match[1] + (match[2] ?? ''),
    );
    assert.deepEqual(checked, ['ry', 'cx', 'cz']);
    assert.deepEqual(
      [...html.matchAll(/<option value="(\w)" selected=""/g)].map((match) => match[1]),
      ['z'],
    );
    assert.doesNotMatch(html, /default/);
  });

  it('never sends a password back', async () => {
    const html = await show(
      <Form values={{ p: 'secret' }}>
        <TextField name="p" type="password" label="P" />
      </Form>,
    );
    assert.doesNotMatch(html, /secret/);
  });

  it('carries the CSRF token when it posts, and not in an address', async () => {
    assert.match(await show(<Form>x</Form>, 'fr', 'tok'), /<input type="hidden" name="csrf" value="tok"\/>/);
    assert.doesNotMatch(await show(<Form method="get">x</Form>, 'fr', 'tok'), /tok/);
  });

  it('links every error to its control, which says what is wrong with it', async () => {
    const errors = { a: 'wrong a', r: 'wrong r', d: 'wrong d', f: 'wrong f' };
    const html = await show(
      <Form errors={errors}>
        <CodeField name="a" label="A" />
        <Radios name="r" label="R" options={[{ value: '1', label: 'one' }]} />
        <DateField name="d" label="D" />
        <FileField name="f" label="F" />
      </Form>,
    );
    assert.match(html, /Il y a 4 points à corriger/);
    for (const [name, message] of Object.entries(errors)) {
      assert.match(html, new RegExp(`<a class="ds-link" href="#field-${name}">${message}</a>`));
      assert.match(html, new RegExp(`<input[^>]* id="field-${name}"`));
      assert.match(html, new RegExp(`aria-describedby="[^"]*field-${name}-error"`));
      assert.match(html, new RegExp(`id="field-${name}-error"`));
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('says nothing of errors when there is none', async () => {
    assert.doesNotMatch(await show(<Form errors={{}}>x</Form>), /role="alert"/);
  });
});

describe('a typed date', () => {
  const typed = (day: string, month: string, year: string) =>
    readDate({ 'd-day': day, 'd-month': month, 'd-year': year }, 'd');
  it('is a date of the calendar or none', () => {
    assert.equal(typed('1', '3', '1990'), '1990-03-01');
    assert.equal(typed(' 29', '02 ', '2024'), '2024-02-29');
    assert.equal(typed('', '', ''), '');
    for (const [day, month, year] of [
      ['29', '2', '2023'],
      ['31', '4', '2024'],
      ['1', '13', '2024'],
      ['0', '1', '2024'],
      ['1', '1', '90'],
      ['x', '1', '2024'],
      ['1', '', '2024'],
    ] as const) {
      assert.equal(typed(day, month, year), undefined, `${day}/${month}/${year}`);
    }
  });

  it('comes back as it was typed, even when it is none', async () => {
    const html = await show(
      <Form values={{ 'd-day': '31', 'd-month': '02', 'd-year': '19x' }}>
        <DateField name="d" label="D" value="2000-01-01" />
      </Form>,
    );
    assert.deepEqual(
      [...html.matchAll(/ value="([^"]*)"/g)].map((match) => match[1]),
      ['31', '02', '19x'],
    );
  });
});

describe('figures in a column', () => {
  it('have their decimal marks in line', async () => {
    assert.deepEqual(padDecimals(['1', '2.5', undefined, '3.125']), [
      '\u2008\u2007\u2007\u2007',
      '\u2007\u2007',
      '\u2008\u2007\u2007\u2007',
      '',
    ]);
    assert.deepEqual(padDecimals(['1', '22']), ['', '']);
    const html = await show(
      <Table caption="c" rows={['1', '2.50']} columns={[{ header: 'h', decimal: (row) => row }]} />,
    );
    assert.match(html, /<td class="ta-figures-cell"><span class="ta-num">1\u2008\u2007\u2007<\/span>/);
    assert.match(html, /<span class="ta-num">2,50<\/span>/);
  });
});

describe('a table', () => {
  it('scrolls by itself, can be focused, and is named by its caption', async () => {
    const html = await show(<Table caption="Cases" rows={[1]} columns={[{ header: 'h', cell: String }]} />);
    const id = /<caption id="([^"]+)"/.exec(html)?.[1];
    assert.ok(html.includes(`<section class="ta-scroll" tabindex="0" aria-labelledby="${id}">`));
  });

  it('says which column it is sorted by', async () => {
    const sort = { href: '?s', direction: 'descending' as const };
    const html = await show(<Table caption="c" rows={[1]} columns={[{ header: 'h', cell: String, sort }]} />);
    assert.match(html, /<th scope="col" aria-sort="descending"><a href="\?s">h/);
  });

  it('gives way to its empty state', async () => {
    const html = await show(<Table caption="c" rows={[]} columns={[]} empty={<p>later</p>} />);
    assert.equal(html, '<p>later</p>');
  });
});

describe('contributions', () => {
  const bars = (lang: Lang) =>
    show(
      <Bars
        caption="c"
        below="less"
        above="more"
        against="above"
        bars={[
          { label: 'a', value: '2' },
          { label: 'b', value: '-1.00' },
          { label: 'z', value: '0' },
        ]}
        totals={[{ label: 'sum', value: '1' }]}
      />,
      lang,
    );
  const rects = (html: string) =>
    [...html.matchAll(/<rect class="ta-bar-(\w+)" x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map((m) =>
      m.slice(1),
    );

  it('lie on their side of the zero line, in proportion', async () => {
    assert.deepEqual(rects(await bars('fr')), [
      ['hollow', '102.00', '100.00'],
      ['solid', '52.00', '50.00'],
      ['hollow', '102.00', '0.00'],
    ]);
  });

  it('are mirrored in Arabic', async () => {
    const [more, less] = rects(await bars('ar'));
    assert.deepEqual(more, ['hollow', '2.00', '100.00']);
    assert.deepEqual(less, ['solid', '102.00', '50.00']);
  });

  it('are always beside their numbers', async () => {
    const html = await bars('fr');
    for (const figure of ['+2', '−1,00', '1'])
      assert.ok(html.includes(`<span class="ta-num">${figure}`), figure);
  });
});

describe('words', () => {
  it('of an agency keep their language, and say it', async () => {
    const text = { fr: 'Aide <aux> ménages' };
    assert.equal(await show(<AgencyText text={text} />, 'fr'), 'Aide &lt;aux&gt; ménages');
    const html = await show(<AgencyText text={text} />, 'ar');
    assert.match(html, /^<span lang="fr" dir="ltr">Aide &lt;aux&gt; ménages<\/span>/);
    assert.match(html, /متوفر بالفرنسية فقط/);
    assert.match(await show(<AgencyText text={{}} />, 'en'), /Not stated by the administration/);
  });

  it('of a name are never turned around', async () => {
    const name = <PersonName latin="Rkia" arabic="رقية" />;
    assert.match(await show(name, 'fr'), /<bdi>Rkia<\/bdi> · <bdi>رقية<\/bdi>/);
    assert.match(await show(name, 'ar'), /<bdi>رقية<\/bdi> · <bdi>Rkia<\/bdi>/);
  });

  it('of a state go with an icon that says nothing itself', async () => {
    assert.match(
      await show(<Tag state="bad">refused</Tag>),
      /<svg[^>]*aria-hidden="true".*<span>refused<\/span>/,
    );
  });
});

it('a timeline tells where the case stands', async () => {
  const html = await show(
    <Timeline events={[{ title: 'a' }, { at: '2026-08-14', title: 'b', when: 'now' }]} />,
  );
  assert.match(
    html,
    /<li data-when="now" aria-current="step"><p class="ta-timeline-date"><time datetime="2026-08-14">/,
  );
  assert.equal(html.match(/aria-current/g)?.length, 1);
});

it('pagination offers only the pages there are', async () => {
  assert.equal(await show(<Pagination />), '');
  const html = await show(<Pagination next="?after=a&b" />);
  assert.equal(html.match(/<a /g)?.length, 1);
  assert.match(html, /href="\?after=a&amp;b" rel="next"/);
});

it('a QR code is named and has a quiet zone of four modules', async () => {
  const html = await show(<QrCode text="https://example.org/" label="Opens <it>" />);
  assert.match(html, /role="img" aria-label="Opens &lt;it&gt;"/);
  const xs = [...html.matchAll(/M(\d+) (\d+)h1/g)].flatMap((match) => [Number(match[1]), Number(match[2])]);
  const size = Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
  assert.equal(Math.min(...xs), 4);
  assert.equal(Math.max(...xs), size - 5);
});
