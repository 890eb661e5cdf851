import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statesOf } from '#hub/attendance/counts.js';

const states = (/** @type {number} */ expected) => ({ expected, absent: expected, hall: 0, connected: 0, idle: 0, left: 0 });

test('a row finds its numbers by mode and by group, those of no group too', () => {
  const none = states(0);
  const counts = {
    total: states(3),
    by_mode: { onsite: states(2), zoom: states(1), metaverse: none, online: none },
    by_group: { vip: states(2), '': states(1) },
  };
  assert.deepEqual(
    ['total', 'by_mode/zoom', 'by_group/vip', 'by_group/', 'by_group/gone'].map((key) => statesOf(counts, key)?.expected),
    [3, 1, 2, 1, undefined],
  );
});
