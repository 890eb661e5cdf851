/** Who this page acts as, and the form token that goes with it: two `meta` elements in the head of every page. */

/** @typedef {{token: string, actor: string}} PageSession empty strings where the page does not say */
/** @typedef {'same' | 'other' | 'unreached'} Renewal `same`: the token was renewed; `other`: somebody else acts, or nobody; `unreached`: try later */

const TIMEOUT_MS = 10_000;

/** The form token to send with a command. */
export function csrfToken() {
  return globalThis.document ? sessionOf(document).token : '';
}

/** @type {Promise<Renewal> | null} */
let renewing = null;

/** Fetch this page again and take its form token, if it still acts as the same one. Calls at the same time share one request. */
export function renewSession() {
  renewing ??= renewed().finally(() => {
    renewing = null;
  });
  return renewing;
}

/** @returns {Promise<Renewal>} */
async function renewed() {
  const page = await fetchPage(location.href);
  const outcome = renewal(sessionOf(document), page);
  if (outcome === 'same' && typeof page === 'object') meta(document, 'csrf-token')?.setAttribute('content', page.token);
  return outcome;
}

/**
 * @param {PageSession} here
 * @param {PageSession | 'forbidden' | 'unreached'} page the page as the server renders it now
 * @returns {Renewal}
 */
export function renewal(here, page) {
  if (page === 'unreached') return 'unreached';
  if (page === 'forbidden' || !page.token) return 'other';
  return here.actor !== '' && here.actor === page.actor ? 'same' : 'other';
}

/**
 * @param {string} url
 * @returns {Promise<PageSession | 'forbidden' | 'unreached'>}
 */
async function fetchPage(url) {
  try {
    const response = await fetch(url, { headers: { Accept: 'text/html' }, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status >= 500) return 'unreached';
    if (!response.ok) return 'forbidden';
    return sessionOf(new DOMParser().parseFromString(await response.text(), 'text/html'));
  } catch {
    return 'unreached';
  }
}

/**
 * @param {Document} page
 * @returns {PageSession}
 */
function sessionOf(page) {
  const content = (/** @type {string} */ name) => meta(page, name)?.getAttribute('content') ?? '';
  return { token: content('csrf-token'), actor: content('actor') };
}

/**
 * @param {Document} page
 * @param {string} name
 */
function meta(page, name) {
  return page.querySelector(`meta[name="${name}"]`);
}
