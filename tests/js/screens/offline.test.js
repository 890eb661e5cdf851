import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { keepPage } from '#hub/screens/offline.js';

const PAGE = 'http://hub.test/checkin/?conf=c';
const FONT = 'http://hub.test/static/fonts/names.woff2';
const LETTERS = 'http://hub.test/c/c/letters/staff/0123456789ab.ttf';
const [GATE, WASM] = ['http://hub.test/static/js/gate.js', 'http://hub.test/static/vendor/reader.wasm'];
const SETTLED_MS = 3_000;
const RETRY_MS = 15_000;
/** @type {Set<string>} what the worker can fetch */
let there = new Set();
/** @type {Set<string>} */
let kept = new Set();
/** @type {string[]} */
let told = [];
/** @type {(() => void)[]} */
let waitForNetwork = [];

const worker = {
  /** Keeps what it can, the page last. @param {{page: string, files: string[], fonts: string[]}} wanted @param {MessagePort[]} ports */
  postMessage({ page, files, fonts }, [port]) {
    for (const url of [...files, ...fonts]) if (there.has(url)) kept.add(url);
    if (files.every((url) => kept.has(url)) && there.has(page)) kept.add(page);
    port?.postMessage('done');
  },
};
Object.defineProperty(globalThis, 'navigator', { value: { serviceWorker: { register: async () => ({ active: worker }) } }, configurable: true });
Object.assign(globalThis, {
  location: new URL(PAGE),
  document: { querySelector: () => null },
  caches: { open: async () => ({ keys: async () => [...kept].map((url) => ({ url })) }) },
  addEventListener: (/** @type {string} */ _type, /** @type {() => void} */ follower) => void waitForNetwork.push(follower),
});
mock.method(performance, 'getEntriesByType', () => [{ name: GATE }, { name: FONT }, { name: LETTERS }, { name: 'http://hub.test/api/v1/c/c/state' }]);

/** Let everything happen that waits for no timer. */
async function turns() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {number} ms */
async function pass(ms) {
  mock.timers.tick(ms);
  await turns();
}

/** @param {{before?: () => Promise<unknown>}} [more] */
async function open(more = {}) {
  told = [];
  void keepPage({ page: '/checkin/?conf=c', files: ['/static/vendor/reader.wasm'], onState: (keeping) => void told.push('missing' in keeping ? keeping.missing.join(' ') : keeping.state), ...more });
  await turns();
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  there = new Set([PAGE, GATE, WASM]);
  kept = new Set();
  waitForNetwork = [];
});

test('a page is kept when it and all its files are', async () => {
  await open();
  assert.deepEqual(told, ['keeping']);
  await pass(SETTLED_MS);
  assert.deepEqual(told, ['keeping', 'kept']);

  await open();
  assert.deepEqual(told, ['keeping', 'kept'], 'the next load knows at once');
});

test('a font is kept when it comes; a page without it is kept, its text stands in a font of the device', async () => {
  await open();
  await pass(SETTLED_MS);
  assert.deepEqual([told.at(-1), kept.has(FONT)], ['kept', false]);

  there.add(FONT).add(LETTERS);
  await open();
  await pass(SETTLED_MS);
  assert.deepEqual([told.at(-1), kept.has(FONT), kept.has(LETTERS)], ['kept', true, true]);
});

test('a file that cannot be fetched is told, and tried again until it comes', async () => {
  there.delete(WASM);
  await open();
  await pass(SETTLED_MS);
  assert.deepEqual(told.at(-1), `${PAGE} ${WASM}`);
  await pass(RETRY_MS);
  assert.deepEqual(told.at(-1), `${PAGE} ${WASM}`);

  there.add(WASM);
  await pass(RETRY_MS);

  assert.deepEqual(told.at(-1), 'kept');
});

test('the page is kept as soon as the network is back', async () => {
  there.clear();
  await open();
  await pass(SETTLED_MS);
  there = new Set([PAGE, GATE, WASM]);
  for (const follower of waitForNetwork) follower();
  await turns();

  assert.deepEqual(told.at(-1), 'kept');
});

test('a page whose later parts do not load is not kept: what they are is not known', async () => {
  let loads = false;
  await open({ before: async () => loads || Promise.reject(new TypeError('no module')) });
  await pass(SETTLED_MS);
  assert.deepEqual(told, ['keeping', PAGE]);
  loads = true;
  await pass(RETRY_MS);

  assert.deepEqual(told.at(-1), 'kept');
});

test('a browser without a worker for pages keeps none', async () => {
  const { serviceWorker } = navigator;
  Object.assign(navigator, { serviceWorker: undefined });
  await open();
  Object.assign(navigator, { serviceWorker });

  assert.deepEqual(told, ['unable']);
});
