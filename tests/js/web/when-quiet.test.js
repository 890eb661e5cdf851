import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { whenQuiet } from '#hub/web/when-quiet.js';

const LIMITS = { quietMs: 2_000, latestMs: 20_000 };
let now = 0;
let done = 0;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  now = 0;
  done = 0;
});

afterEach(() => mock.timers.reset());

/** @param {number} ms */
function pass(ms) {
  now += ms;
  mock.timers.tick(ms);
}

const changing = () => whenQuiet(() => (done += 1), LIMITS, () => now);

test('a burst of changes is worked on once, when it is over', () => {
  const changed = changing();

  for (let n = 0; n < 5; n += 1) {
    changed();
    pass(1_500);
  }
  const during = done;
  pass(500);

  assert.deepEqual([during, done], [0, 1]);
});

test('changes that never end are worked on all the same, again and again', () => {
  const changed = changing();

  for (let n = 0; n < 45; n += 1) {
    changed();
    pass(1_000);
  }

  assert.equal(done, 2);
});

test('nothing is done where nothing changed, nor twice for one change', () => {
  const changed = changing();
  pass(60_000);
  const before = done;

  changed();
  pass(60_000);

  assert.deepEqual([before, done], [0, 1]);
});
