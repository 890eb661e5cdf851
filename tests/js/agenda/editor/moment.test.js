import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrom } from '#hub/agenda/editor/moment.js';
import { dayAfter, localOf, msOf, writeClock } from '#hub/agenda/editor/zone.js';
import { ZONE } from './plan.js';

/** @param {string} iso */
const ms = (iso) => Date.parse(iso);
const evening = { now: ms('2021-12-02T23:45:00+09:00'), previous: ms('2021-12-02T23:30:00+09:00'), zone: ZONE };

test('a time without a date is on the day of the cue', () => {
  assert.equal(startFrom('23:50', evening), ms('2021-12-02T23:50:00+09:00'));
});

test('a time before the cue before it belongs to the next day, since lanes run over midnight', () => {
  assert.equal(startFrom('0:10', evening), ms('2021-12-03T00:10:00+09:00'));
  assert.equal(startFrom('24:10', evening), ms('2021-12-03T00:10:00+09:00'));
});

test('a time that is earlier by half a day stays on its day: it is a correction', () => {
  assert.equal(startFrom('13:00', evening), ms('2021-12-02T13:00:00+09:00'));
});

test('a date may be typed before the time', () => {
  const typed = ['12-03 09:00', '2022-01-05 9:00', '12월 3일 9시', '12/3 9:00'];
  assert.deepEqual(typed.map((words) => startFrom(words, evening)), [
    ms('2021-12-03T09:00:00+09:00'), ms('2022-01-05T09:00:00+09:00'), ms('2021-12-03T09:00:00+09:00'), ms('2021-12-03T09:00:00+09:00'),
  ]);
});

test('what is no time is refused, and so is a day that no calendar has', () => {
  assert.deepEqual(['', 'soon', '13-40 09:00'].map((words) => startFrom(words, evening)), [null, null, null]);
});

test('local times and instants go both ways, over the change of the clocks too', () => {
  const zone = 'Europe/Berlin';
  const instants = ['2021-10-30T22:30:00Z', '2021-10-31T05:00:00Z', '2022-03-27T00:30:00Z', '2022-03-27T01:30:00Z'].map(ms);
  assert.deepEqual(instants.map((one) => msOf(localOf(one, zone), zone)), instants);
  assert.deepEqual(localOf(ms('2021-12-02T15:04:05Z'), ZONE), { day: '2021-12-03', seconds: 245 });
  assert.deepEqual([dayAfter('2021-12-31'), writeClock(245), writeClock(34_200)], ['2022-01-01', '00:04:05', '09:30']);
});
