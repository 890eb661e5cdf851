import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { forgetPicture, keepPicture, lastPicture } from '#hub/screens/last-picture.js';

/** @type {Map<string, string>} */
const kept = new Map();
const storage = () =>
  /** @type {Storage} */ (
    /** @type {unknown} */ ({
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
      removeItem: (/** @type {string} */ key) => void kept.delete(key),
    })
  );
Object.assign(globalThis, { location: new URL('http://hub.test/s/secret') });

beforeEach(() => kept.clear());

test('a picture is what was kept, until it is forgotten', () => {
  const picture = { docs: { 'lane/hall': { id: 'hall' } }, head: 7, offset: 250 };
  keepPicture(picture, storage);
  assert.deepEqual(lastPicture(storage), picture);
  forgetPicture(storage);
  assert.equal(lastPicture(storage), null);
});

test('a picture that an earlier version kept goes by the clock of the machine', () => {
  keepPicture({ docs: {}, head: 7, offset: 0 }, storage);
  for (const [place, picture] of kept) kept.set(place, picture.replace(',"offset":0', ''));
  assert.deepEqual(lastPicture(storage), { docs: {}, head: 7, offset: 0 });
});

test('what cannot be read is no picture', () => {
  keepPicture({ docs: {}, head: 7, offset: 0 }, storage);
  for (const place of kept.keys()) kept.set(place, '{');
  assert.equal(lastPicture(storage), null);
});
