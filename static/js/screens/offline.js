/** Lets a page start without the network: it and its files are kept by a worker. */

const SETTLED_MS = 3_000;

/**
 * Keep this page, as far as the browser allows it (over HTTPS, or on this machine).
 * @param {{scope?: string, page?: string, files?: string[], before?: () => Promise<unknown>}} [options] `scope`: which pages the worker serves, those
 *   beside this one when left out; `page`: the address under which it is kept, its own when left out; `files`: addresses that the page needs later; `before`: loads what it needs later, before its files are listed
 */
export async function keepPage({ scope = location.pathname.replace(/[^/]*$/, ''), page = location.href, files = [], before = async () => {} } = {}) {
  if (!navigator.serviceWorker) return;
  try {
    const registration = await navigator.serviceWorker.register('/screen-worker.js', { scope });
    const ready = registration.active ?? (await activated(registration));
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    await before();
    ready.postMessage({ page: new URL(page, location.href).href, files: [...new Set([...filesOfPage(), ...files])], version: versionOfPage() });
  } catch {
    // the page works without
  }
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

/** The addresses of what this page loaded from the hub and will need again. */
function filesOfPage() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const kept = loaded.filter(({ origin, pathname }) => origin === location.origin && /^\/(static|i18n)\//.test(pathname));
  return [...new Set(kept.map(({ href }) => href))];
}

/** What every page of this version of the hub says: under which addresses its modules are. */
function versionOfPage() {
  return document.querySelector('script[type="importmap"]')?.textContent ?? '';
}
