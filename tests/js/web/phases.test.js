/** When the countdown of a cue turns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { phaseOf } from '#hub/web/countdown.js';

test('a countdown turns at two minutes and at half a minute', () => {
  const phases = [null, 120_001, 120_000, 30_001, 30_000, 0, -999, -1000].map((left) => phaseOf(left));

  assert.deepEqual(phases, ['idle', 'running', 'warning', 'warning', 'danger', 'danger', 'danger', 'over']);
});

test('a cue may say when its countdown turns', () => {
  const turns = { warn_s: 300, danger_s: 60 };

  assert.deepEqual([300_001, 300_000, 60_000].map((left) => phaseOf(left, turns)), ['running', 'warning', 'danger']);
});
