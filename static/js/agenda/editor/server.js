/** The requests of the editor to `/api/v1/c/<conf>/plan`. */
import { csrfToken } from '#hub/web/session.js';
import { pause } from '#hub/web/backoff.js';
import { send } from '#hub/web/commands.js';

const TIMEOUT_MS = 10_000;

/**
 * @param {string} api `/api/v1/c/<conf>`
 * @returns {import('#hub/agenda/editor/saver.js').Server & {changes: () => Promise<any>, tell: (at: string | null) => Promise<any>}}
 */
export function planServer(api) {
  return {
    post: (body, onPhase) => send(`${api}/plan/edit`, body, { onPhase: ({ phase }) => onPhase(phase) }).settled,
    fetchPlan: () => get(`${api}/plan`),
    changes: () => get(`${api}/plan/changes`),
    tell: (at) => post(`${api}/plan/editing`, { at }),
    wait: pause,
  };
}

/**
 * @param {string} url
 * @returns {Promise<any>} null when no answer came
 */
async function get(url) {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * Say something once that need not arrive.
 * @param {string} url
 * @param {object} body
 */
async function post(url, body) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
