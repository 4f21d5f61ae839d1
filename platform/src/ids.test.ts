import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from './ids.ts';

test('identifiers are each their own; those of cases made one after another begin alike, in no order', () => {
  const made = Array.from({ length: 10_000 }, () => newId('case'));
  assert.equal(new Set(made).size, made.length);
  assert.ok(made.every((id) => /^case_[0-9a-hjkmnp-tv-z]{24}$/.test(id)));
  const shelves = Map.groupBy(made, (id) => id.slice(0, 9));
  const sizes = [...shelves.values()].map((of) => of.length);
  assert.ok(shelves.size >= 39 && shelves.size <= 41 && Math.max(...sizes) <= 2 * 256, String(shelves.size));
  for (const of of shelves.values()) {
    if (of.length < 100) continue;
    const later = of.filter((id, i) => i > 0 && id > (of[i - 1] as string)).length;
    assert.ok(later > 0.3 * of.length && later < 0.7 * of.length, 'ids of one shelf are in an order');
    assert.equal(new Set(of.map((id) => id.slice(9, 21))).size, of.length, 'the rest is not random');
  }
  const first = [...shelves.keys()].filter((shelf, i, all) => i > 0 && shelf > (all[i - 1] as string)).length;
  assert.ok(first > 4 && first < 36, 'shelves are in an order');
});

test('other identifiers have nothing in common', () => {
  const made = Array.from({ length: 2_000 }, () => newId('rev').slice(4, 8));
  assert.ok(new Set(made).size > 1_980);
});
