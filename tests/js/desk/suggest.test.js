import assert from 'node:assert/strict';
import { test } from 'node:test';
import { halfAYearLater, sameDay, slugOf } from '#hub/desk/suggest.js';

test('a slug is made of the first title with Latin letters, and the year', () => {
  assert.equal(slugOf(['Best Practice Conference', '우수 사례'], '2026'), 'best-practice-conference-2026');
  assert.equal(slugOf(['', 'AI 심포지엄 2026'], '2026'), 'ai-2026');
  assert.equal(slugOf(['', '심포지엄 2026'], '2026'), '');
  assert.equal(slugOf(['word '.repeat(40)], '2026'), 'word-word-word-word-word-word-word-word-word-2026');
});

test('the end follows the start to another day', () => {
  assert.equal(sameDay('2026-12-02T09:00', '2026-11-01T18:00'), '2026-12-02T18:00');
  assert.equal(sameDay('2026-12-02T19:00', '2026-11-01T18:00'), '2026-12-02T23:59');
  assert.equal(sameDay('', '2026-11-01T18:00'), '2026-11-01T18:00');
});

test('personal data are kept half a year by default', () => {
  assert.equal(halfAYearLater('2026-12-02T18:00'), '2027-06-02');
  assert.equal(halfAYearLater('2026-08-31T18:00'), '2027-02-28');
  assert.equal(halfAYearLater(''), '');
});
