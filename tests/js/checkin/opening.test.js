import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moved, opening } from '#hub/checkin/opening.js';

const PAGE = { early: true, opensAt: 1_000, enterAt: 3_000, visible: true };
const SAID = { starts_at: '2021-12-02T00:20:00+00:00', ends_at: '2021-12-02T04:42:00+00:00', state: 'ready' };

test('a page that waits offers the button at the opening and enters a little later', () => {
  const seen = [999, 1_000, 2_999, 3_000].map((now) => opening({ ...PAGE, now }));
  assert.deepEqual(seen, ['wait', 'offer', 'offer', 'enter']);
});

test('a page that nobody looks at enters only once somebody does', () => {
  assert.deepEqual([opening({ ...PAGE, now: 9_000, visible: false }), opening({ ...PAGE, now: 9_000 })], ['offer', 'enter']);
});

test('a page that was opened after the opening leaves the press to the guest', () => {
  assert.equal(opening({ ...PAGE, early: false, now: 9_000 }), 'offer');
});

test('a conference that is moved or over is not when the page says', () => {
  const same = { ...SAID, starts_at: '2021-12-02T00:20:00Z' };
  const changes = [same, { ...SAID, state: 'live' }, { ...SAID, state: 'over' }, { ...SAID, ends_at: '2021-12-02T05:00:00Z' }];
  assert.deepEqual(changes.map((one) => moved(SAID, one)), [false, false, true, true]);
});
