import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const PAGE = 'http://hub.test/s/secret?lang=ko';
const FILE = 'http://hub.test/static/js/timer.js';
/** @type {Map<string, string>} */
const kept = new Map();
/** @type {Record<string, (event: any) => void>} */
const handlers = {};
/** @type {{url: string, headers: object}[]} */
let asked = [];
/** @type {(url: string) => Promise<{ok: boolean, status: number, body: string}>} */
let hub;

const fetched = async (/** @type {string} */ url, /** @type {{headers?: object}} */ { headers = {} } = {}) => {
  asked.push({ url, headers });
  return hub(url);
};
const cache = {
  keys: async () => [...kept.keys()].map((url) => ({ url })),
  delete: async (/** @type {string} */ url) => kept.delete(url),
  put: async (/** @type {string} */ url, /** @type {{body: string}} */ { body }) => void kept.set(url, body),
  add: async (/** @type {string} */ url) => void kept.set(url, (await fetched(url)).body),
};
Object.assign(globalThis, {
  self: { addEventListener: (/** @type {string} */ type, /** @type {() => void} */ handler) => void (handlers[type] = handler), location: new URL(PAGE) },
  caches: { open: async () => cache },
  fetch: fetched,
});
await import('#hub/screens/worker.js');

/** Ask the worker to keep the page and its file, as a page does. */
async function keep() {
  /** @type {Promise<void> | undefined} */
  let done;
  handlers.message?.({ data: { page: PAGE, files: [FILE] }, waitUntil: (/** @type {Promise<void>} */ promise) => void (done = promise) });
  await done;
}

beforeEach(() => {
  kept.clear();
  asked = [];
  hub = async (url) => ({ ok: true, status: 200, body: `first ${url}` });
});

test('a page is kept with its files, asked for without what it knows about people', async () => {
  await keep();
  assert.deepEqual([...kept.keys()].toSorted(), [PAGE, FILE].toSorted());
  assert.deepEqual(asked, [{ url: PAGE, headers: { 'X-Keep': 'page' } }, { url: FILE, headers: {} }]);
});

test('a page that is loaded in an outage stays kept, so that it can be loaded again', async () => {
  await keep();
  hub = async () => {
    throw new TypeError('no network');
  };
  await keep();
  assert.equal(kept.get(PAGE), `first ${PAGE}`);
});

test('a newer page takes the place of the earlier one, and an error does not', async () => {
  await keep();
  hub = async () => ({ ok: true, status: 200, body: 'second' });
  await keep();
  assert.equal(kept.get(PAGE), 'second');
  hub = async () => ({ ok: false, status: 503, body: 'busy' });
  await keep();
  assert.equal(kept.get(PAGE), 'second');
});
