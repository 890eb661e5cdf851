import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellWatching } from '#hub/live/watching.js';

test('a connection hears whether the page is visible, when it is new and when that changes', () => {
  /** @type {unknown[]} */
  const told = [];
  const link = { tell: (/** @type {unknown[]} */ ...said) => void told.push(said) };
  const opened = [{ tell: () => {} }];
  let change = () => {};
  const page = { visibilityState: 'visible', addEventListener: (/** @type {string} */ _, /** @type {() => void} */ fn) => void (change = fn) };
  const watching = tellWatching(() => opened[0], page);
  opened.length = 0;
  change(); // there is no connection
  opened[0] = link;
  watching.connected();
  page.visibilityState = 'hidden';
  change();

  assert.deepEqual(told, [
    ['watching', { visible: true }],
    ['watching', { visible: false }],
  ]);
});
