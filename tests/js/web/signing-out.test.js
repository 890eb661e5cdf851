import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { holdSignOut, takeSignOut } from '#hub/web/signing-out.js';
import { notices, openPage } from './page.js';

/** @type {Map<string, string>} */
let kept;
beforeEach(() => {
  kept = new Map();
  const storage = { getItem: (/** @type {string} */ name) => kept.get(name) ?? null, setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value) };
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  openPage('<form method="post" action="/sign-out"></form><form method="post" action="/c/conf/me/mode"></form>');
});

/** Press the button of the form with this action. @param {string} action @returns {Promise<boolean | null>} whether it was sent; null: others take it */
async function sent(action) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(`form[action="${action}"]`));
  let sent = false;
  form.submit = () => void (sent = true);
  const taken = takeSignOut(/** @type {any} */ ({ target: form, preventDefault() {} }));
  await taken;
  return taken && sent;
}

test('nobody signs out while scans wait on the device, and is told why', async () => {
  holdSignOut('checkin:one', 7);
  holdSignOut('checkin:two', 1);
  assert.deepEqual([await sent('/sign-out'), await sent('/c/conf/me/mode')], [false, null]);
  assert.equal(notices().length, 1);
  assert.match(String(notices()[0]), /8/);
});

test('with an empty queue the way out is free', async () => {
  holdSignOut('checkin:one', 7);
  holdSignOut('checkin:one', 0);
  assert.deepEqual([await sent('/sign-out'), kept.get('waits-to-be-sent')], [true, '{}']);
});

test('the ticket that the browser keeps goes with the one who signs out, and screens stay', async () => {
  const pages = ['http://hub.test/c/conf/me', 'http://hub.test/s/secret', 'http://hub.test/static/js/page.js'];
  const cache = { keys: async () => pages.map((url) => ({ url })), delete: async (/** @type {{url: string}} */ { url }) => void pages.splice(pages.indexOf(url), 1) };
  Object.assign(globalThis, { caches: { open: async () => cache } });
  assert.deepEqual([await sent('/sign-out'), pages], [true, ['http://hub.test/s/secret', 'http://hub.test/static/js/page.js']]);
});
