import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockTime, date, dateTime, duration, everySecond, untilNextSecond } from '#hub/web/time.js';

const OPENING = '2021-12-02T00:20:00.000Z';

test('time left counts a begun second and shows zero only at the end', () => {
  assert.deepEqual([600_000, 59_001, 1, 0, -999].map(duration), ['10:00', '01:00', '00:01', '00:00', '00:00']);
});

test('time left of an hour and more has hours', () => {
  assert.equal(duration(4_805_000), '1:20:05');
});

test('overtime is written with a plus', () => {
  assert.deepEqual([-1000, -61_500, -3_600_000].map(duration), ['+00:01', '+01:01', '+1:00:00']);
});

test('the clock has 24 hours in the zone that is asked for', () => {
  assert.equal(clockTime(OPENING, 'Asia/Seoul'), '09:20');
  assert.equal(clockTime('2021-12-02T15:05:00Z', 'Asia/Seoul'), '00:05');
  assert.equal(clockTime(Date.parse(OPENING), 'America/New_York'), '19:20');
});

test('the date is the date of the zone', () => {
  assert.equal(date('2021-12-01T16:00:00Z', 'Asia/Seoul'), '2021년 12월 2일 (목)');
  assert.equal(dateTime(OPENING, 'Asia/Seoul'), '2021년 12월 2일 (목) 09:20');
});

test('the next tick comes just after the whole second', () => {
  assert.deepEqual([0, 250, 999, -250].map(untilNextSecond), [1002, 752, 3, 252]);
});

test('a follower is called at once and no more after it stops', () => {
  let calls = 0;
  const stop = everySecond(() => (calls += 1));
  stop();
  assert.equal(calls, 1);
});
