/** What a screen shows that follows a rehearsal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followedRehearsal, rehearsedDocs } from '#hub/live/rehearsed.js';

const CLOCK = { since: '2021-12-01T10:00:00.000Z', at: '2021-12-02T00:20:00.000Z', speed: 2 };
const REHEARSAL = { id: 'run-2', revision: 1, began_at: CLOCK.since, by: '김감독', clock: CLOCK, on_screens: true };
const HIDDEN = { ...REHEARSAL, on_screens: false };

test('a screen follows a rehearsal that operators show, or every one when its address says so', () => {
  assert.equal(followedRehearsal({}, true), null);
  assert.equal(followedRehearsal({ 'rehearsal/run-2': HIDDEN }, false), null);
  assert.equal(followedRehearsal({ 'rehearsal/run-2': HIDDEN }, true), HIDDEN);
  assert.equal(followedRehearsal({ 'rehearsal/run-2': REHEARSAL }, false), REHEARSAL);
});

test('nothing of the live run is left, and all else is', () => {
  const live = { conference: { a: 1 }, 'lane/hall': { status: 'running' }, 'award/case-01': {}, 'layer/hall': {}, 'notes/opening': { n: 1 }, 'calling/hall': {} };
  const rehearsed = { 'lane/hall': { status: 'waiting' }, 'cue/opening': { c: 1 }, conference: { a: 2 }, 'rehearsal/run-2': REHEARSAL };

  assert.deepEqual(rehearsedDocs(live, rehearsed, REHEARSAL), {
    conference: { a: 1 },
    'notes/opening': { n: 1 },
    'lane/hall': { status: 'waiting' },
    'cue/opening': { c: 1 },
  });
});

test('a message ends in the rehearsal when it ends by the time of day', () => {
  const live = { 'message/1': { until: '2021-12-01T10:01:00.000Z' }, 'message/2': { until: null } };

  assert.deepEqual(rehearsedDocs(live, {}, REHEARSAL), {
    'message/1': { until: '2021-12-02T00:22:00.000Z' },
    'message/2': { until: null },
  });
});
