import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { WebError } from './error.ts';
import {
  formatDate,
  formatDecimal,
  formatDuration,
  formatInteger,
  formatPercent,
  groupCode,
  isoOf,
  parseCode,
} from './format.ts';
import { LANGS } from './languages.ts';

const isCode = (code: string) => (error: unknown) => error instanceof WebError && error.code === code;
const lang = fc.constantFrom(...LANGS);
/** Figures only: what is left of a formatted number without separators, marks and spaces. */
const figures = (text: string) => text.replace(/\D/g, '');

describe('dates', () => {
  it('are written as people of the language write them', () => {
    assert.equal(formatDate('ar', '2026-08-14'), '14 غشت 2026');
    assert.equal(formatDate('fr', '2026-08-14'), '14 août 2026');
    assert.equal(formatDate('fr', '2026-08-01'), '1er août 2026');
    assert.equal(formatDate('fr', '2026-08-11'), '11 août 2026');
    assert.equal(formatDate('en', '2026-08-14'), '14 August 2026');
    assert.equal(formatDate('fr', '2026-03-01', 'full'), 'dimanche 1er mars 2026');
  });

  it('use the Moroccan months', () => {
    const months = Array.from({ length: 12 }, (_, index) =>
      formatDate('ar', new Temporal.PlainDate(2026, index + 1, 2))
        .split(' ')
        .at(1),
    );
    assert.deepEqual(months.slice(6), ['يوليوز', 'غشت', 'شتنبر', 'أكتوبر', 'نونبر', 'دجنبر']);
  });

  it('borrow no word for Tamazight', () => {
    assert.equal(formatDate('zgh', '2026-08-14', 'full'), '14/08/2026');
    assert.doesNotMatch(formatDate('zgh', '2026-08-14T10:00:00Z', 'datetime'), /\p{L}/u);
  });

  it('put an instant on its Moroccan day, and a calendar date on no other', () => {
    assert.equal(formatDate('en', '2026-08-14T23:30:00Z'), '15 August 2026');
    assert.equal(
      formatDate('en', Temporal.Instant.from('2026-08-14T09:12:00Z'), 'datetime'),
      '14 August 2026 at 10:12',
    );
    assert.equal(formatDate('en', new Date('2026-08-14T09:12:00Z'), 'time'), '10:12');
    assert.equal(formatDate('en', Temporal.PlainDate.from('2026-08-14'), 'datetime'), '14 August 2026');
    assert.equal(isoOf('2026-08-14T09:12:00.000Z'), '2026-08-14T09:12:00Z');
  });

  it('always have Latin digits', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(lang, day, fc.constantFrom('short', 'long', 'full', 'datetime'), (l, date, style) => {
        assert.doesNotMatch(formatDate(l, date, style as 'long'), /[\u0660-\u0669\u06f0-\u06f9]/);
      }),
    );
  });

  for (const bad of ['', '14/08/2026', '2026-02-30', '2026-08-14T10:00', 'yesterday']) {
    it(`refuse "${bad}"`, () => assert.throws(() => formatDate('fr', bad), isCode('bad-date')));
  }
});

describe('decimals', () => {
  it('have the separators of the language', () => {
    assert.equal(formatDecimal('fr', '-1234.50'), '−1\u202f234,50');
    assert.equal(formatDecimal('en', '-1234.50'), '−1,234.50');
    assert.match(formatDecimal('ar', '-1234.50'), /^\u200e?−1\.234,50$/);
    assert.equal(formatDecimal('fr', '0.10', { sign: 'always' }), '+0,10');
    assert.equal(formatDecimal('fr', '0.00', { sign: 'always' }), '0,00');
    assert.equal(formatDecimal('fr', '12', { unit: 'MAD' }), '12\u00a0MAD');
    assert.equal(formatInteger('en', 1_234_567), '1,234,567');
  });

  it('keep every digit, however long: no float is in between', () => {
    const whole = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    const fraction = fc.stringMatching(/^\d{1,30}$/);
    fc.assert(
      fc.property(lang, whole, fraction, (l, int, frac) => {
        assert.equal(figures(formatDecimal(l, `${int}.${frac}`)), figures(`${int}.${frac}`));
      }),
    );
  });

  for (const bad of ['', '1e5', 'NaN', '1,5', '.5', '5.', ' 5', '٥', '0x10', '--1']) {
    it(`refuse "${bad}"`, () => assert.throws(() => formatDecimal('fr', bad), isCode('bad-number')));
  }

  it('refuse a fraction where a whole number is meant', () => {
    assert.throws(() => formatInteger('fr', 1.5), isCode('bad-number'));
    assert.throws(() => formatInteger('fr', Number.NaN), isCode('bad-number'));
  });

  it('make percentages', () => {
    assert.equal(formatPercent('en', '0.2384', 1), '23.8%');
    assert.match(formatPercent('fr', '0.2384', 1), /^23,8\s%$/u);
  });
});

describe('durations', () => {
  it('agree with their number in Arabic', () => {
    const words = ['P1D', 'P2D', 'P3D', 'P11D', 'P100D'].map((value) => formatDuration('ar', value));
    assert.deepEqual(words, ['يوم', 'يومان', '3 أيام', '11 يومًا', '100 يوم']);
  });

  it('are Arabic on a Tamazight page, and never empty', () => {
    assert.equal(formatDuration('zgh', 'P2M'), formatDuration('ar', 'P2M'));
    assert.match(formatDuration('fr', 'PT4S'), /^4\ssecondes$/u);
    assert.match(formatDuration('fr', 'PT0S'), /^0/);
    assert.throws(() => formatDuration('fr', '4 seconds'), isCode('bad-date'));
  });
});

describe('codes', () => {
  const code = fc.stringMatching(/^\d{12}$/);
  const noise = fc.constantFrom('', ' ', '-', '.', '\u00a0', '  ');

  it('are read back as they are printed', () => {
    assert.equal(groupCode('123456789012'), '1234 5678 9012');
    fc.assert(fc.property(code, (value) => parseCode(groupCode(value)) === value));
  });

  it('are read whatever the spaces and the script of the digits', () => {
    fc.assert(
      fc.property(code, noise, fc.constantFrom(0x660, 0x6f0, 0x30), (value, between, zero) => {
        const typed = [...value].map((digit) => String.fromCharCode(zero + Number(digit))).join(between);
        assert.equal(parseCode(typed), value);
      }),
    );
  });

  for (const bad of ['', '12345678901', '1234567890123', '12345678901x', '1'.repeat(9999)]) {
    it(`refuse "${bad.slice(0, 20)}"`, () => assert.equal(parseCode(bad), undefined));
  }
});
