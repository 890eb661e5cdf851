import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenHeaders, screenSecret } from '#hub/web/screen-link.js';

test('a screen that a link opened carries the secret of its address', () => {
  assert.deepEqual([screenSecret('/s/abc-D_1'), screenHeaders('/s/abc-D_1')], ['abc-D_1', { 'X-Screen': 'abc-D_1' }]);
});

test('every other page carries nothing', () => {
  assert.deepEqual([screenSecret('/c/day/screen/stage'), screenHeaders('/'), screenSecret()], [null, {}, null]);
});
