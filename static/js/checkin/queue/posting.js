/** One request of a gate's device, and what it came to: an answer, none, or that nobody may send from here. */
import { failureWords, reloadWords } from '#hub/web/command-words.js';
import { csrfToken, renewSession } from '#hub/web/session.js';

/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {{kind: 'answer', answer: Answer} | {kind: 'none'} | {kind: 'broken'} | {kind: 'signed_out', answer: Answer}} Outcome `broken`: the server failed over what was sent */
/** @typedef {{fetch: typeof globalThis.fetch, session: {token: () => string, renew: typeof renewSession},
 *   uploadHeaders?: () => Record<string, string>, heard?: (response: Response, t0: number, t1: number) => void, now?: () => number}} Network `uploadHeaders`: by which an ended device
 *   sends what it still has, empty where there is no such key; `heard`: told of each response, with the device's time before and after */

const TIMEOUT_MS = 10_000;
/** No answer to what was sent: a proxy spoke, the database was busy, or the device sent too much at once. */
const LATER = [408, 425, 429, 502, 503, 504];

/** @type {Network} */
export const BROWSER = {
  fetch: (...args) => globalThis.fetch(...args),
  session: { token: csrfToken, renew: renewSession },
};

/**
 * Send `body`. A form token that is out of date is renewed while the same one acts.
 * @param {string} url
 * @param {object} body
 * @param {AbortSignal} given ends the try
 * @param {Network} network
 * @returns {Promise<Outcome>}
 */
export async function post(url, body, given, network) {
  const answer = await once(url, body, given, network);
  if (!answer || !outdated(answer)) return outcome(answer);
  const renewal = await network.session.renew();
  if (renewal === 'unreached') return { kind: 'none' };
  return renewal === 'same' ? outcome(await once(url, body, given, network)) : { kind: 'signed_out', answer: { ...answer, message: reloadWords(renewal) } };
}

/**
 * Send `body` as a device that was ended: by its key, and as nobody.
 * @param {string} url
 * @param {object} body
 * @param {AbortSignal} given
 * @param {Network} network
 * @returns {Promise<Outcome>}
 */
export async function upload(url, body, given, network) {
  const headers = network.uploadHeaders?.() ?? {};
  return Object.keys(headers).length > 0 ? outcome(await once(url, body, given, network, { headers, credentials: 'omit' })) : { kind: 'none' };
}

/** @param {Answer} answer */
function outdated(answer) {
  return answer.status === 400 && answer.code === 'csrf';
}

/**
 * @param {Answer | null} answer
 * @returns {Outcome}
 */
function outcome(answer) {
  if (!answer || LATER.includes(answer.status)) return { kind: 'none' };
  if (answer.status >= 500) return { kind: 'broken' };
  if (answer.status === 401 || answer.status === 403 || outdated(answer)) return { kind: 'signed_out', answer };
  return { kind: 'answer', answer };
}

/**
 * @param {string} url
 * @param {object} body
 * @param {AbortSignal} given
 * @param {Network} network
 * @param {{headers: Record<string, string>, credentials: RequestCredentials}} [as] the signed-in one when left out
 * @returns {Promise<Answer | null>} null when none came
 */
async function once(url, body, given, { fetch, session, heard, now = Date.now }, as = { headers: { 'X-CSRFToken': session.token() }, credentials: 'same-origin' }) {
  const t0 = now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...as.headers },
      body: JSON.stringify(body),
      credentials: as.credentials,
      signal: AbortSignal.any([given, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const t1 = now();
    const data = JSON.parse(await response.text());
    heard?.(response, t0, t1);
    const { ok, status } = response;
    return { ok, status, data, code: ok ? '' : (data?.error?.code ?? ''), message: ok ? '' : (data?.error?.message ?? failureWords()) };
  } catch {
    return null;
  }
}

/**
 * Ask the server for nothing, to learn whether it is there and what time it has.
 * @param {Network} network
 * @returns {Promise<boolean>}
 */
export async function contact({ fetch, heard, now = Date.now }) {
  const t0 = now();
  try {
    const response = await fetch('/healthz', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.ok) heard?.(response, t0, now());
    return response.ok;
  } catch {
    return false;
  }
}
