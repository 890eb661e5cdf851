import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockBeside, clockTime, date, dateTime, duration, everySecond, secondsBeside, untilNextSecond } from '#hub/web/time.js';

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

test('a time of another day than the one beside it is marked, and from a week on has its date', () => {
  const beside = (/** @type {string} */ at, /** @type {string} */ by) => clockBeside(at, by, 'Asia/Seoul');

  assert.equal(beside('2021-12-02T14:50:00Z', OPENING), '23:50');
  assert.equal(beside('2021-12-02T15:20:00Z', OPENING), '00:20 (+1일)');
  assert.equal(beside(OPENING, '2021-12-02T15:20:00Z'), '09:20 (−1일)');
  assert.equal(beside('2021-12-04T15:00:00Z', OPENING), '00:00 (+3일)');
  assert.equal(beside('2021-12-10T00:00:00Z', OPENING), '2021년 12월 10일 (금) 09:00');
  assert.equal(secondsBeside('2021-12-01T14:59:58Z', OPENING, 'Asia/Seoul'), '23:59:58 (−1일)');
});

test('the day of a time is the calendar day of the zone, also where a day has 23 or 25 hours', () => {
  const paris = (/** @type {string} */ at, /** @type {string} */ by) => clockBeside(at, by, 'Europe/Paris');

  assert.equal(paris('2021-03-28T00:30:00+01:00', '2021-03-27T23:30:00+01:00'), '00:30 (+1일)');
  assert.equal(paris('2021-03-29T00:30:00+02:00', '2021-03-28T00:30:00+01:00'), '00:30 (+1일)');
  assert.equal(paris('2021-10-31T23:30:00+01:00', '2021-10-31T00:15:00+02:00'), '23:30');
  assert.equal(paris('2021-11-01T00:30:00+01:00', '2021-10-31T00:15:00+02:00'), '00:30 (+1일)');
  assert.equal(clockBeside('2021-12-02T15:20:00Z', OPENING, 'America/Los_Angeles'), '07:20 (+1일)');
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
