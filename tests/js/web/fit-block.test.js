import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockSize } from '#hub/web/fit-block.js';

const BOX = { width: 1000, height: 300, max: 40, min: 18 };

test('a short text is as large as it may be, a long one as small as it must be, and no smaller', () => {
  assert.equal(blockSize('가'.repeat(30), BOX), 40);
  assert.equal(blockSize('가'.repeat(5_000), BOX), 18);
});

test('a text in between fills its box', () => {
  assert.equal(blockSize('가'.repeat(200), BOX), 28);
});

test('each line of the text takes at least one', () => {
  assert.equal(blockSize('가\n'.repeat(9) + '가', BOX), 20);
});
