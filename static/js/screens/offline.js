/** Lets a screen start without the network: its page and files are kept by the worker of screens. */

const SETTLED_MS = 3_000;

/** Keep this page, as far as the browser allows it (over HTTPS, or on this machine). */
export async function keepPage() {
  if (!navigator.serviceWorker) return;
  try {
    const scope = location.pathname.replace(/[^/]*$/, '');
    const registration = await navigator.serviceWorker.register('/screen-worker.js', { scope });
    const ready = registration.active ?? (await activated(registration));
    setTimeout(() => ready.postMessage({ page: location.href, files: filesOfPage() }), SETTLED_MS);
  } catch {
    // the screen works without
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
