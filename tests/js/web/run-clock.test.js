/** The clock of a rehearsal: the same figures as in tests/unit/agenda/test_rehearsing.py. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runTime } from '#hub/web/run-clock.js';

const at = (/** @type {string} */ clock) => Date.parse(`2021-12-02T${clock}Z`);
const CLOCK = { since: '2021-12-02T10:00:00.000Z', at: '2021-12-02T00:20:00.000Z', speed: 4 };

test('a rehearsal goes as fast as it is told, and not before its beginning', () => {
  assert.deepEqual(['09:00:00', '10:00:00', '10:05:00'].map((now) => runTime(CLOCK, at(now))), ['00:20:00', '00:20:00', '00:40:00'].map(at));
});

test('without a clock it is the time of day', () => {
  assert.equal(runTime(null, at('09:00:00')), at('09:00:00'));
});
