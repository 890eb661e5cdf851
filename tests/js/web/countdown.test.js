import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeLeft, passedMark } from '#hub/web/countdown.js';

test('a mark is passed once, in the second in which it is reached', () => {
  assert.equal(passedMark(300_500, 299_500), 300_000);
  assert.equal(passedMark(299_500, 298_500), null);
  assert.equal(passedMark(60_001, 60_000), 60_000);
  assert.equal(passedMark(500, -500), 0);
});

test('after sleep only the latest mark is passed', () => {
  assert.equal(passedMark(400_000, 30_000), 60_000);
});

test('time that was added back passes nothing', () => {
  assert.equal(passedMark(30_000, 90_000), null);
});

test('two days and more are told in whole days', () => {
  assert.equal(timeLeft(2 * 86_400_000), '2일');
  assert.equal(timeLeft(98.9 * 86_400_000), '98일');
  assert.equal(timeLeft(2 * 86_400_000 - 1000), '47:59:59');
});
