import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tooLarge } from '#hub/web/file-size.js';

const MOST = 10 * 1024 * 1024;

test('a file that is larger than allowed is named with its size', () => {
  assert.equal(tooLarge({ name: '명단.xlsx', size: MOST + 1 }, MOST), '명단.xlsx: 10.1MB입니다. 10MB까지 올릴 수 있습니다.');
});

test('nothing is said of a file that fits, or of none', () => {
  assert.deepEqual([tooLarge({ name: 'a.csv', size: MOST }, MOST), tooLarge(null, MOST)], ['', '']);
});
