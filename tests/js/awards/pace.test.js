import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceOf } from '#hub/awards/pace.js';
import { at, award, iso } from '../day.js';

const told = (/** @type {string} */ id, /** @type {string} */ clock) => award({ id, revealed_at: iso(clock) });
const sealed = (/** @type {string} */ id) => award({ id, state: 'sealed', revealed_at: null });

test('the pace of a round is measured between its reveals, and its end follows from it', () => {
  const round = [told('a', '09:35:00'), told('b', '09:35:30'), told('c', '09:36:00'), sealed('d'), sealed('e')];
  assert.deepEqual(paceOf(round, at('09:36:22')), { told: 3, total: 5, each: 30, running: 22, endsAt: at('09:37:30') });
  assert.equal(paceOf(round, at('09:37:00')).endsAt, at('09:38:00'));
});

test('before the second name there is no pace, and after the last one nothing is running', () => {
  assert.deepEqual(paceOf([told('a', '09:35:00'), sealed('b')], at('09:35:10')), { told: 1, total: 2, each: null, running: 10, endsAt: null });
  assert.deepEqual(paceOf([told('a', '09:35:00'), told('b', '09:35:30')], at('09:36:00')), { told: 2, total: 2, each: 30, running: null, endsAt: null });
  assert.deepEqual(paceOf([], at('09:36:00')), { told: 0, total: 0, each: null, running: null, endsAt: null });
});
