import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseClock, parseDuration, writeDuration } from '#hub/agenda/editor/duration.js';

test('durations are read in every way that people type them', () => {
  const typed = ['10', '10:00', '1:30:00', '10분', '1h 5m', '1시간 5분', '1시간30분', '90초', '2 min', '1.5시간', '１０：００', '0:45', '90:00', "5'", '24:00:00'];
  assert.deepEqual(typed.map(parseDuration), [600, 600, 5400, 600, 3900, 3900, 5400, 90, 120, 5400, 600, 45, 5400, 300, 86_400]);
});

test('what is no duration, none at all, or more than a day is refused', () => {
  const typed = ['', 'abc', '0', '0:00', '10:75', '1:75:00', '-5', '10 abc', '25시간', '24:00:01'];
  assert.deepEqual(typed.map(parseDuration), typed.map(() => null));
});

test('a duration that is written reads as itself', () => {
  const seconds = [30, 600, 754, 3600, 5400, 86_399];
  assert.deepEqual(seconds.map(writeDuration), ['0:30', '10:00', '12:34', '1:00:00', '1:30:00', '23:59:59']);
  assert.deepEqual(seconds.map(writeDuration).map(parseDuration), seconds);
});

test('times of day are read with and without signs, in Korean and in English', () => {
  const typed = ['9:30', '0930', '9시 30분', '9시', '오후 1:20', '1:20 pm', '12:00 am', '오전 12:10', '24:10', '13:00:30', '13.05'];
  const minutes = [570, 570, 570, 540, 800, 800, 0, 10, 1450, 780.5, 785];
  assert.deepEqual(typed.map(parseClock), minutes.map((one) => one * 60));
});

test('what is no time of day is refused', () => {
  const typed = ['', 'abc', '9:75', '48:00', '13:00 pm', '9:30:99', '930am x'];
  assert.deepEqual(typed.map(parseClock), typed.map(() => null));
});
