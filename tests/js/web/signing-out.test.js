import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { holdSignOut, refuseSignOut } from '#hub/web/signing-out.js';
import { notices, openPage } from './page.js';

/** @type {Map<string, string>} */
let kept;
beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (/** @type {string} */ name) => kept.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value) };
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  openPage('<form method="post" action="/sign-out"></form><form method="post" action="/c/conf/me/mode"></form>');
});

/** @param {string} action whether the form with this action was refused */
function refused(action) {
  const form = document.querySelector(`form[action="${action}"]`);
  let prevented = false;
  refuseSignOut(/** @type {any} */ ({ target: form, preventDefault: () => (prevented = true) }));
  return prevented;
}

test('nobody signs out while scans wait on the device, and is told why', () => {
  holdSignOut('checkin:one', 7);
  holdSignOut('checkin:two', 1);
  assert.deepEqual([refused('/sign-out'), refused('/c/conf/me/mode')], [true, false]);
  assert.equal(notices().length, 1);
  assert.match(String(notices()[0]), /8/);
});

test('with an empty queue the way out is free', () => {
  holdSignOut('checkin:one', 7);
  holdSignOut('checkin:one', 0);
  assert.deepEqual([refused('/sign-out'), kept.get('waits-to-be-sent')], [false, '{}']);
});
