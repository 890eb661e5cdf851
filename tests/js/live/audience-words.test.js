import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audienceStanding, itemWords, timeWords } from '#hub/live/audience-words.js';
import { laneView } from '#hub/agenda/lanes.js';
import { IN_ROUND_1, at, cue, day } from '../day.js';

const SEOUL = 'Asia/Seoul';
/** @param {number} now @param {Record<string, object>} [docs] */
const hall = (now, docs = {}) => /** @type {import('#hub/agenda/lanes.js').LaneView} */ (laneView(day(docs), 'hall', now));

test('a time that changed is said with the planned one, earlier or later', () => {
  const item = (/** @type {number} */ coming) => itemWords({ cue: cue({ id: '샌드아트', planned_start: new Date(at('13:42:00')).toISOString() }), at: coming }, at('13:20:00'), SEOUL);

  assert.equal(item(at('13:27:00')), '샌드아트 13:27, 예정 13:42');
  assert.equal(item(at('13:45:00')), '샌드아트 13:45, 예정 13:42');
  assert.equal(item(at('13:42:59')), '샌드아트 13:42');
});

test('an item without an expected time is named only', () => {
  assert.equal(itemWords({ cue: cue({ id: 'closing' }), at: null }, at('09:20:00'), SEOUL), 'closing');
});

test('a time of another day says so, the planned one too', () => {
  const midnight = Date.parse('2021-12-03T00:20:00+09:00');

  assert.equal(timeWords(midnight, at('23:50:00'), at('23:40:00'), SEOUL), '00:20 (+1일), 예정 23:50');
  assert.equal(timeWords(midnight, at('23:50:00'), midnight - 60_000, SEOUL), '00:20, 예정 23:50 (−1일)');
});

test('an audience is told of no overtime', () => {
  assert.equal(audienceStanding(hall(at('09:43:00'), IN_ROUND_1), SEOUL), '진행하고 있습니다');
});

test('a lane that waits beyond its time starts soon', () => {
  assert.equal(audienceStanding(hall(at('09:00:00')), SEOUL), '09:20에 시작할 예정입니다');
  assert.equal(audienceStanding(hall(at('09:24:00')), SEOUL), '곧 시작합니다, 예정 09:20');
});

test('a lane that waits for another one says when it will start', () => {
  const view = hall(at('09:00:00'));
  const later = { ...view, next: view.next && { ...view.next, at: at('09:44:00') } };

  assert.equal(audienceStanding(later, SEOUL), '09:44 시작, 예정 09:20');
});

test('a lane without cues has not begun', () => {
  const bare = day();
  bare.reset({ 'lane/hall': /** @type {object} */ (bare.get('lane/hall')) }, 2);

  assert.equal(audienceStanding(/** @type {any} */ (laneView(bare, 'hall', at('09:00:00'))), SEOUL), '아직 시작하지 않았습니다');
});
