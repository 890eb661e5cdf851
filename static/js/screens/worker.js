/**
 * Keeps pages in the browser: without the network, or while the hub does not answer, they and their files come from here. With the network they
 * always come fresh. What to keep is said by the pages (`offline.js`); a page that is refused, or leads elsewhere, is dropped.
 */

const CACHE = 'screens';
const MOST = 600;
/** @type {any} */
const worker = self;

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (/** @type {any} */ event) => event.waitUntil(keep(event.data).finally(() => event.ports?.[0]?.postMessage('done'))));
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
    if (answer.status >= 500) return (await kept(cache, request)) ?? answer;
    if (answer.status >= 400 || answer.type === 'opaqueredirect') await cache.delete(request);
    return answer;
  } catch (error) {
    const found = await kept(cache, request);
    if (found) return found;
    throw error;
  }
}

/**
 * What is kept for a request; a page also when it was kept in the other language, or its address names no conference and one page is kept.
 * @param {Cache} cache
 * @param {Request} request
 */
async function kept(cache, request) {
  const found = await cache.match(request, { ignoreVary: true });
  if (found || request.mode !== 'navigate') return found;
  const { pathname } = new URL(request.url);
  const pages = (await cache.keys()).filter(({ url }) => new URL(url).pathname === pathname);
  const wanted = query(request.url);
  const same = wanted ? pages.filter(({ url }) => query(url) === wanted) : pages;
  return same.length === 1 && same[0] ? cache.match(same[0], { ignoreVary: true }) : undefined;
}

/** The query of an address without the language. @param {string} url */
function query(url) {
  const { searchParams } = new URL(url);
  searchParams.delete('lang');
  return searchParams.toString();
}

/**
 * Keep the files first and then the page: one that is kept can be opened with all that it needs. Of the files as many are kept as come; rejects when
 * one is missing. Fonts are kept as they come: without one the text stands in a font of the device. A page of another version of the hub than these
 * files is left out; the next load keeps both.
 * @param {{page: string, files: string[], fonts?: string[], version?: string}} wanted addresses; `version`: what the text of the page must hold
 */
async function keep({ page, files, fonts = [], version = '' }) {
  const cache = await caches.open(CACHE);
  const known = new Set((await cache.keys()).map(({ url }) => url));
  const add = (/** @type {string[]} */ urls) => Promise.allSettled(urls.filter((url) => !known.has(url)).map((url) => cache.add(url)));
  const [added] = await Promise.all([add(files), add(fonts)]);
  const failed = added.find(({ status }) => status === 'rejected');
  if (failed) throw new Error('a file of the page could not be kept', { cause: failed });
  await keepPage(cache, page, version);
  const all = await cache.keys();
  const wanted = new Set([page, ...files, ...fonts]);
  const old = all.filter(({ url }) => !wanted.has(url));
  await Promise.all(old.slice(0, Math.max(0, all.length - MOST)).map((request) => cache.delete(request)));
}

/**
 * Keep a page as it is for everybody who may open it: the hub leaves out what it knows about people, which is sealed. The earlier one
 * stays while the hub does not answer.
 * @param {Cache} cache
 * @param {string} page its address
 * @param {string} version
 */
async function keepPage(cache, page, version) {
  const answer = await fetch(page, { headers: { 'X-Keep': 'page' }, redirect: 'error' });
  if (!answer.ok || !(await answer.clone().text()).includes(version)) return;
  await cache.delete(page);
  await cache.put(page, answer);
}
