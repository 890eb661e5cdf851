import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Standstill } from '#hub/live/standstill.js';

function computer() {
  const clocks = { wall: 1_000_000, local: 5_000 };
  return { clocks, standstill: new Standstill({ wall: () => clocks.wall, local: () => clocks.local }) };
}

test('two clocks that go on together say nothing', () => {
  const { clocks, standstill } = computer();
  clocks.wall += 60_000;
  clocks.local += 60_000;
  assert.equal(standstill.look(), false);
});

test('a time that stood still while the computer slept is noticed once', () => {
  const { clocks, standstill } = computer();
  clocks.wall += 3_600_000;
  assert.deepEqual([standstill.look(), standstill.look()], [true, false]);
});

test('a clock that somebody set back is noticed', () => {
  const { clocks, standstill } = computer();
  clocks.wall -= 7_200_000;
  clocks.local += 1_000;
  assert.equal(standstill.look(), true);
});

test('a clock that is corrected slowly is not', () => {
  const { clocks, standstill } = computer();
  const looks = Array.from({ length: 100 }, () => {
    clocks.wall += 1_050;
    clocks.local += 1_000;
    return standstill.look();
  });
  assert.equal(looks.includes(true), false);
});
