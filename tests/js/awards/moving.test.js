import assert from 'node:assert/strict';
import { test } from 'node:test';

import { moved } from '#hub/awards/moving.js';

const IDS = ['a', 'b', 'c', 'd'];
const NONE = new Set();

test('an award moves up and down by one place, and stays at the ends', () => {
  assert.deepEqual(moved(IDS, 'c', 1, NONE), ['a', 'c', 'b', 'd']);
  assert.deepEqual(moved(IDS, 'a', 1, NONE), ['b', 'a', 'c', 'd']);
  assert.deepEqual(moved(IDS, 'a', -1, NONE), IDS);
  assert.deepEqual(moved(IDS, 'd', 4, NONE), IDS);
});

test('an award dragged far lands where it was dropped', () => {
  assert.deepEqual(moved(IDS, 'a', 3, NONE), ['b', 'c', 'd', 'a']);
  assert.deepEqual(moved(IDS, 'd', 0, NONE), ['d', 'a', 'b', 'c']);
});

test('an award passes one that is fixed, which keeps its place', () => {
  assert.deepEqual(moved(IDS, 'a', 1, new Set(['b'])), ['c', 'b', 'a', 'd']);
  assert.deepEqual(moved(IDS, 'c', 1, new Set(['b'])), ['c', 'b', 'a', 'd']);
  assert.deepEqual(moved(IDS, 'a', 1, new Set(['b', 'c', 'd'])), IDS);
  assert.deepEqual(moved(IDS, 'b', 0, new Set(['b'])), IDS);
});
