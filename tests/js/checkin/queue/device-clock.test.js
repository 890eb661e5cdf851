import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeviceClock, narrowed } from '#hub/checkin/queue/device-clock.js';

/** @param {Map<string, string>} kept */
function memory(kept) {
  return { getItem: (/** @type {string} */ name) => kept.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value) };
}
const at = (/** @type {string} */ date) => new Response(null, { headers: { Date: date } });
const NINE = Date.parse('2021-12-02T00:00:00Z');

test('a device that never reached the server does not know how far its clock is off', () => {
  assert.equal(new DeviceClock('conf', memory(new Map())).offset, null);
});

test('each answer narrows what is known, also for the next page', () => {
  const kept = new Map();
  const clock = new DeviceClock('conf', memory(kept));
  clock.heard(at('Thu, 02 Dec 2021 00:00:00 GMT'), NINE + 420_000, NINE + 420_100);
  assert.equal(clock.offset, (-420_100 - 419_000) / 2);
  clock.heard(at('Thu, 02 Dec 2021 00:00:01 GMT'), NINE + 420_600, NINE + 420_700);
  assert.equal(clock.offset, (-419_700 - 419_000) / 2);
  assert.equal(new DeviceClock('conf', memory(kept)).offset, clock.offset);
});

test('a clock that was set in between is believed as it is now', () => {
  assert.deepEqual(narrowed({ lo: -420_100, hi: -419_000 }, { lo: -100, hi: 900 }), { lo: -100, hi: 900 });
});

test('an answer without a date says nothing', () => {
  const clock = new DeviceClock('conf', memory(new Map()));
  clock.heard(new Response(null), NINE, NINE + 10);
  assert.equal(clock.offset, null);
});
