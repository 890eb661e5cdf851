import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Presence } from '#hub/live/attention.js';

function watched() {
  /** @type {string[]} */
  const told = [];
  const presence = new Presence({ onLeave: () => told.push('left'), onReturn: (leftAt) => told.push(`back, left at ${leftAt}`) });
  return { presence, told };
}

test('the first connection is no return', () => {
  const { presence, told } = watched();
  presence.connection('connecting', 0);
  presence.connection('live', 60_000);

  assert.deepEqual(told, []);
});

test('a tab hidden for half a minute has something to be told', () => {
  const { presence, told } = watched();
  presence.connection('live', 0);
  presence.seen(false, 1_000);
  presence.seen(true, 31_000);

  assert.deepEqual(told, ['left', 'back, left at 1000']);
});

test('a short absence is not told', () => {
  const { presence, told } = watched();
  presence.connection('live', 0);
  presence.seen(false, 1_000);
  presence.seen(true, 30_000);

  assert.deepEqual(told, ['left']);
});

test('an absence lasts until the page is both seen and connected', () => {
  const { presence, told } = watched();
  presence.connection('live', 0);
  presence.seen(false, 1_000);
  presence.connection('offline', 5_000);
  presence.seen(true, 40_000);
  assert.deepEqual(told, ['left']);
  presence.connection('live', 41_000);

  assert.deepEqual(told, ['left', 'back, left at 1000']);
});
