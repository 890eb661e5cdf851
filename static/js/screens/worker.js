/**
 * Keeps screens in the browser: without the network, or while the hub does not answer, their page and its files come from here.
 * With the network they always come fresh. What to keep is said by the pages (`offline.js`); a page that is refused is dropped.
 */

const CACHE = 'screens';
const MOST = 400;
/** @type {any} */
const worker = self;

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (/** @type {any} */ event) => event.waitUntil(keep(event.data)));
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === location.origin && !pathname.startsWith('/api/') && !pathname.startsWith('/socket.io');
  if (request.method === 'GET' && ours) event.respondWith(fresh(request));
});

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function fresh(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.status >= 500) return (await cache.match(request)) ?? answer;
    if (answer.status >= 400) await cache.delete(request);
    return answer;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}

/** @param {{page: string, files: string[]}} wanted addresses */
async function keep({ page, files }) {
  const cache = await caches.open(CACHE);
  const known = new Set((await cache.keys()).map(({ url }) => url));
  const missing = files.filter((url) => !known.has(url));
  await Promise.all([keepPage(cache, page), ...missing.map((url) => cache.add(url))].map((kept) => kept.catch(() => {})));
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((request) => cache.delete(request)));
}

/**
 * Keep a page as it is for everybody who may open it: the hub leaves out what it knows about people, which is sealed. The earlier one
 * stays while the hub does not answer.
 * @param {Cache} cache
 * @param {string} page its address
 */
async function keepPage(cache, page) {
  const answer = await fetch(page, { headers: { 'X-Keep': 'page' }, redirect: 'error' });
  if (!answer.ok) return;
  await cache.delete(page);
  await cache.put(page, answer);
}
