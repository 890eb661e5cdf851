import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Asleep } from '#hub/live/asleep.js';

function computer() {
  const clocks = { wall: 1_000_000, local: 5_000 };
  return { clocks, asleep: new Asleep({ wall: () => clocks.wall, local: () => clocks.local }) };
}

test('two clocks that go on together say nothing', () => {
  const { clocks, asleep } = computer();
  clocks.wall += 60_000;
  clocks.local += 60_000;
  assert.equal(asleep.look(), false);
});

test('a time that stood still while the computer slept is noticed once', () => {
  const { clocks, asleep } = computer();
  clocks.wall += 3_600_000;
  assert.deepEqual([asleep.look(), asleep.look()], [true, false]);
});

test('a clock that somebody set back is noticed', () => {
  const { clocks, asleep } = computer();
  clocks.wall -= 7_200_000;
  clocks.local += 1_000;
  assert.equal(asleep.look(), true);
});

test('a clock that is corrected slowly is not', () => {
  const { clocks, asleep } = computer();
  const looks = Array.from({ length: 100 }, () => {
    clocks.wall += 1_050;
    clocks.local += 1_000;
    return asleep.look();
  });
  assert.equal(looks.includes(true), false);
});
