/** Lets a page start without the network: it and its files are kept by a worker, and the page knows whether all of that is there. */
import { pause } from '#hub/web/backoff.js';

/**
 * @typedef {{state: 'keeping' | 'kept' | 'unable'} | {state: 'partly', missing: string[]}} Keeping how far a page is kept; `partly`: the addresses that
 *   are not, it is tried again; `unable`: this browser keeps no pages
 */

const SETTLED_MS = 3_000;
const RETRY_MS = 15_000;
const ANSWER_MS = 60_000;
/** As `worker.js` names it. */
const PAGES = 'screens';

/**
 * Keep this page, as far as the browser allows it (over HTTPS, or on this machine), and try again until it is kept whole.
 * @param {{scope?: string, page?: string, files?: string[], version?: string, before?: () => Promise<unknown>, onState?: (keeping: Keeping) => void}} [options] `scope`: which pages the worker
 *   serves, those beside this one when left out; `page`: the address under which it is kept, its own when left out; `files`: addresses that the page
 *   needs later; `version`: what the text of the kept page holds in this version of the hub only, the address of this page's script when left out; `before`: loads what it needs later, before its files are listed: at the first visit once the page is settled; `onState`: told how far the page is kept, whenever that changes
 */
export async function keepPage({ scope = location.pathname.replace(/[^/]*$/, ''), page = location.href, files = [], version = versionOfPage(), before = async () => {}, onState = () => {} } = {}) {
  if (!navigator.serviceWorker || !(await mayKeep())) return onState({ state: 'unable' });
  onState({ state: 'keeping' });
  const wanted = async () => {
    const failed = await before().then(() => false, () => true);
    const loaded = filesOfPage();
    const [fonts, others] = [loaded.filter(isFont), loaded.filter((url) => !isFont(url))];
    return { page: absolute(page), files: [...new Set([...others, ...files.map(absolute)])], fonts, version, failed };
  };
  if (await isKept(absolute(page))) {
    const known = await wanted();
    if (!known.failed && (await missingOf(known)).length === 0) onState({ state: 'kept' });
  }
  await pause(SETTLED_MS);
  for (;;) {
    const missing = await keep(scope, await wanted());
    onState(missing.length === 0 ? { state: 'kept' } : { state: 'partly', missing });
    if (missing.length === 0) return;
    await Promise.race([pause(RETRY_MS), online()]);
  }
}

/** Whether the browser keeps anything of this site: where cookies are blocked it does not. */
async function mayKeep() {
  return Boolean(await globalThis.caches?.open(PAGES).catch(() => null));
}

/**
 * Have the worker keep a page.
 * @param {string} scope
 * @param {{page: string, files: string[], fonts: string[], version: string, failed: boolean}} wanted `failed`: what the page needs later could not be loaded, so its files are not known
 * @returns {Promise<string[]>} the addresses that are not kept
 */
async function keep(scope, { failed, ...wanted }) {
  await worker(scope)
    .then((found) => asked(found, wanted))
    .catch(() => {});
  const missing = await missingOf(wanted).catch(() => [wanted.page]);
  return failed && missing.length === 0 ? [wanted.page] : missing;
}

/**
 * @param {string} scope
 * @returns {Promise<ServiceWorker>}
 */
async function worker(scope) {
  const registration = await navigator.serviceWorker.register('/screen-worker.js', { scope });
  return registration.active ?? activated(registration);
}

/**
 * Ask a worker; resolves when it has done what it could.
 * @param {ServiceWorker} found
 * @param {{page: string, files: string[], fonts: string[], version: string}} wanted
 */
async function asked(found, wanted) {
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((resolve) => {
    port1.onmessage = resolve;
  });
  found.postMessage(wanted, [port2]);
  await Promise.race([done, pause(ANSWER_MS)]);
  port1.close();
}

/** Whether a page was kept before; what it needs later comes from there then, and takes the line from nothing. @param {string} page */
async function isKept(page) {
  return (await missingOf({ page, files: [] })).length === 0;
}

/**
 * Which addresses of a page the browser does not keep.
 * @param {{page: string, files: string[]}} wanted
 */
async function missingOf({ page, files }) {
  const kept = await (await caches.open(PAGES)).keys();
  const known = new Set(kept.map(({ url }) => url));
  return [page, ...files].filter((url) => !known.has(url));
}

/** @returns {Promise<void>} when the network is there again */
function online() {
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true });
  });
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<ServiceWorker>}
 */
function activated(registration) {
  const coming = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve(coming);
      if (coming.state === 'redundant') reject(new Error('the worker was replaced'));
    });
  });
}

/** @param {string} url */
function absolute(url) {
  return new URL(url, location.href).href;
}

/** The addresses of what this page loaded from the hub and will need again. */
function filesOfPage() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const kept = loaded.filter(({ origin, pathname, href }) => origin === location.origin && (pathname.startsWith('/static/') || isFont(href)));
  return [...new Set(kept.map(({ href }) => href))];
}

/** Whether an address is a font's: which of them a page asks for depends on the names that it shows. Letters of a conference are not static. @param {string} url */
function isFont(url) {
  return /\.(woff2|ttf)$/.test(new URL(url).pathname);
}

/** What this page says in this version of the hub only: the address of its script, which is named by its content. */
export function versionOfPage() {
  return document.querySelector('script[type="module"]')?.getAttribute('src') ?? '';
}
