import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareOf } from '../monitoring/index.ts';
import { groupsCsv } from './groups-csv.ts';

test('published groups as CSV: named, unknown, together; a code is quoted and is no formula', () => {
  const csv = groupsCsv({
    milieu: {
      until: '2026-03-31',
      groups: {
        rural: shareOf(12, 40),
        '': shareOf(10, 30),
        '60-': shareOf(20, 50),
        '=a,"b"': shareOf(11, 22),
      },
      together: shareOf(15, 35),
    },
  });
  const [header, rural, unknown, band, formula, together, end] = csv.split('\r\n');
  assert.equal(header, 'attribute,group,kind,until,decided,adverse,share,low,high');
  assert.equal(rural, 'milieu,rural,group,2026-03-31,40,12,0.300,0.180,0.455');
  assert.match(unknown ?? '', /^milieu,,unknown,2026-03-31,30,10,/);
  assert.match(band ?? '', /^milieu,60-,group,/);
  assert.match(formula ?? '', /^milieu,"'=a,""b""",group,/);
  assert.match(together ?? '', /^milieu,,together,2026-03-31,35,15,/);
  assert.equal(end, '');
});
