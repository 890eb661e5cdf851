import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sightings } from '#hub/checkin/sightings.js';

test('a code that stays in sight counts once, and again after it was away', () => {
  const sightings = new Sightings();
  const seen = [0, 100, 2_000, 4_000, 6_400, 9_000].map((at) => sightings.isNew('A', at));

  assert.deepEqual(seen, [true, false, false, false, false, true]);
});

test('another code counts at once', () => {
  const sightings = new Sightings();
  sightings.isNew('A', 0);

  assert.deepEqual([sightings.isNew('B', 10), sightings.isNew('A', 20)], [true, false]);
});
