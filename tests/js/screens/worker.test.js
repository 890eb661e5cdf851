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
/** @type {(url: string) => Promise<{ok: boolean, status: number, body: string, type?: string}>} */
let hub;

const fetched = async (/** @type {string} */ url, /** @type {{headers?: object}} */ { headers = {} } = {}) => {
  asked.push({ url, headers });
  const answer = await hub(url);
  return { ...answer, clone: () => ({ text: async () => answer.body }) };
};
const loaded = async (/** @type {string} */ url) => {
  const { ok, body } = await fetched(url);
  if (!ok) throw new TypeError('not cached');
  return body;
};
const cache = {
  keys: async () => [...kept.keys()].map((url) => ({ url })),
  delete: async (/** @type {string | {url: string}} */ asked) => kept.delete(typeof asked === 'string' ? asked : asked.url),
  match: async (/** @type {{url: string}} */ { url }) => kept.get(url),
  put: async (/** @type {string} */ url, /** @type {{body: string}} */ { body }) => void kept.set(url, body),
  add: async (/** @type {string} */ url) => void kept.set(url, await loaded(url)),
};
Object.assign(globalThis, {
  location: new URL(PAGE),
  self: { addEventListener: (/** @type {string} */ type, /** @type {() => void} */ handler) => void (handlers[type] = handler), location: new URL(PAGE) },
  caches: { open: async () => cache },
  fetch: fetched,
});
await import('#hub/screens/worker.js');

/** Ask the worker to keep the page and its file, as a page does. */
async function keep({ files = [FILE], fonts = /** @type {string[]} */ ([]), version = '' } = {}) {
  /** @type {Promise<void> | undefined} */
  let done;
  handlers.message?.({ data: { page: PAGE, files, fonts, version }, waitUntil: (/** @type {Promise<void>} */ promise) => void (done = promise) });
  await done?.catch(() => {});
}

/** What the worker answers to a page's request. @param {string} url @param {string} [mode] */
async function served(url, mode = 'navigate') {
  /** @type {Promise<any> | undefined} */
  let answer;
  handlers.fetch?.({ request: { url, method: 'GET', mode }, respondWith: (/** @type {Promise<any>} */ promise) => void (answer = promise) });
  return answer;
}
const gone = async () => {
  throw new TypeError('no network');
};

beforeEach(() => {
  kept.clear();
  asked = [];
  hub = async (url) => ({ ok: true, status: 200, body: `first ${url}` });
});

test('a page is kept with its files, asked for without what it knows about people', async () => {
  await keep();
  assert.deepEqual([...kept.keys()].toSorted(), [PAGE, FILE].toSorted());
  assert.deepEqual(asked, [{ url: FILE, headers: {} }, { url: PAGE, headers: { 'X-Keep': 'page' } }]);
});

test('a page is kept without a font that does not come', async () => {
  const font = 'http://hub.test/static/fonts/names.woff2';
  hub = async (url) => (url === font ? gone() : { ok: true, status: 200, body: `first ${url}` });
  await keep({ fonts: [font] });
  assert.deepEqual([...kept.keys()].toSorted(), [PAGE, FILE].toSorted());

  hub = async (url) => ({ ok: true, status: 200, body: `first ${url}` });
  await keep({ fonts: [font] });
  assert.ok(kept.has(font));
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

test('a page is not kept before all its files are', async () => {
  hub = async (url) => ({ ok: url !== FILE, status: url === FILE ? 404 : 200, body: '' });
  await keep();
  assert.deepEqual([...kept.keys()], []);
});

test('a page of a newer hub than its files is not kept: the earlier one still opens', async () => {
  await keep();
  hub = async (url) => ({ ok: true, status: 200, body: `newer ${url}` });
  await keep({ version: 'first' });
  assert.equal(kept.get(PAGE), `first ${PAGE}`);
});

test('without the network a page opens also in the other language or without a query, not for another conference', async () => {
  await keep();
  hub = gone;
  for (const query of ['?lang=en', '', '?lang=ko']) assert.equal(await served(`http://hub.test/s/secret${query}`), `first ${PAGE}`);
  await assert.rejects(served('http://hub.test/s/secret?conf=other'));
  await assert.rejects(served(`${FILE}?v=2`, 'cors'));
});

test('a page that leads to the sign-in is not kept any longer', async () => {
  await keep();
  hub = async () => ({ ok: false, status: 0, body: '', type: 'opaqueredirect' });
  await served(PAGE);
  assert.deepEqual([...kept.keys()], [FILE]);
});
