import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Movement } from '#hub/checkin/reading/camera.js';
import { Sightings } from '#hub/checkin/reading/sightings.js';

const [A, B] = ['MFRGGZDFMZTWQ2LKNNWG23TPOA', 'YZQAWM234567ABCDEFGHIJKLXY'];

test('a badge that stays in sight counts once, and again after it was away', () => {
  const sightings = new Sightings();
  const seen = [0, 100, 2_000, 4_000, 6_400, 9_000].map((at) => sightings.see([A], at).badges);

  assert.deepEqual(seen, [[A], [], [], [], [], [A]]);
});

test('two badges in one picture are two, and an address with a token is the badge itself', () => {
  const sightings = new Sightings();

  assert.deepEqual(sightings.see([A, B], 0), { badges: [A, B], foreign: false });
  assert.deepEqual(sightings.see([`https://hub.example.com/t/${A}`, B], 100), { badges: [], foreign: false });
});

test('a foreign code is no scan and is said once, as long as it hangs there; a badge beside it counts at once', () => {
  const sightings = new Sightings();
  const seen = [0, 100, 60_000].map((at) => sightings.see(['https://sponsor.example/'], at));

  assert.deepEqual(seen, [{ badges: [], foreign: true }, { badges: [], foreign: false }, { badges: [], foreign: false }]);
  assert.deepEqual(sightings.see(['https://sponsor.example/', A], 60_100), { badges: [A], foreign: false });
});

test('a film that stands still for three seconds is noticed once, and again after it moved', () => {
  const movement = new Movement();
  const looks = /** @type {const} */ ([[1, 0], [1, 2_900], [1, 3_000], [1, 9_000], [2, 9_100], [2, 12_100]]);

  assert.deepEqual(looks.map(([time, now]) => movement.stopped(time, now)), [false, false, true, false, false, true]);
  movement.again();
  assert.equal(movement.stopped(2, 99_000), false);
});
