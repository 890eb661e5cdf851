import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attention } from '#hub/live/attention.js';

function watched() {
  /** @type {string[]} */
  const told = [];
  const attention = new Attention({ onLeave: () => told.push('left'), onReturn: (leftAt) => told.push(`back, left at ${leftAt}`) });
  return { attention, told };
}

test('the first connection is no return', () => {
  const { attention, told } = watched();
  attention.connection('connecting', 0);
  attention.connection('live', 60_000);

  assert.deepEqual(told, []);
});

test('a tab hidden for half a minute has something to be told', () => {
  const { attention, told } = watched();
  attention.connection('live', 0);
  attention.seen(false, 1_000);
  attention.seen(true, 31_000);

  assert.deepEqual(told, ['left', 'back, left at 1000']);
});

test('a short absence is not told', () => {
  const { attention, told } = watched();
  attention.connection('live', 0);
  attention.seen(false, 1_000);
  attention.seen(true, 30_000);

  assert.deepEqual(told, ['left']);
});

test('an absence lasts until the page is both seen and connected', () => {
  const { attention, told } = watched();
  attention.connection('live', 0);
  attention.seen(false, 1_000);
  attention.connection('offline', 5_000);
  attention.seen(true, 40_000);
  assert.deepEqual(told, ['left']);
  attention.connection('live', 41_000);

  assert.deepEqual(told, ['left', 'back, left at 1000']);
});
