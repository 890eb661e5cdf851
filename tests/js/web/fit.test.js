import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitSize, widthEm } from '#hub/web/fit.js';

const FRAME = { room: 86, lines: 1, max: 17, min: 3 };

test('Hangul is wide, Latin narrow, and an enclosed ㈜ counts as a letter of its own', () => {
  assert.equal(widthEm('석용주').toFixed(2), '2.88');
  assert.equal(widthEm('㈜').toFixed(2), '0.96');
  assert.equal(widthEm('Kim').toFixed(2), '1.80');
});

test('a short name is as large as allowed', () => {
  assert.equal(fitSize('석용주', FRAME), 17);
});

test('a long organisation name shrinks until it fits one line', () => {
  const size = fitSize('부산희망리본사회적협동조합', FRAME);

  assert.ok(size * widthEm('부산희망리본사회적협동조합') <= 86);
  assert.ok(size < 17);
});

test('two lines let it be larger, broken at the most even space', () => {
  const name = '새마을금고중앙회 부산지역본부';

  assert.ok(fitSize(name, { ...FRAME, lines: 2 }) > fitSize(name, FRAME));
  assert.equal(fitSize(name, { ...FRAME, lines: 2 }), Math.round((86 / widthEm('새마을금고중앙회')) * 100) / 100);
});

test('it never shrinks below what can be read from the last row', () => {
  assert.equal(fitSize('가'.repeat(200), FRAME), 3);
});

test('an empty text has the largest size', () => {
  assert.equal(fitSize('', FRAME), 17);
});
