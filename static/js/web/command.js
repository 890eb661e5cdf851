/** Sending a command: the same `command_id` on every try, so a repeat gets the first answer and nothing happens twice. */
import { backoff, pause } from '#hub/web/backoff.js';
import { t } from '#hub/web/i18n.js';

const TRIES = 5;
const TIMEOUT_MS = 10_000;
const WORTH_ANOTHER_TRY = [502, 503, 504];

/** @typedef {{ok: boolean, status: number, data: any, message: string, again?: boolean}} Answer `status` 0: no answer came; `message` is for the person, empty when ok */

/**
 * Post a command. Refusals and failures are answers, never exceptions.
 * @param {string} url
 * @param {Record<string, unknown>} [body] `command_id` is added unless given
 * @param {{fetch?: typeof globalThis.fetch, wait?: (ms: number) => Promise<void>}} [environment]
 * @returns {Promise<Answer>}
 */
export async function send(url, body = {}, { fetch = globalThis.fetch, wait = pause } = {}) {
  const content = JSON.stringify({ command_id: crypto.randomUUID(), ...body });
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) await wait(backoff(tried - 1, { cap: 4000 }));
    const response = await post(fetch, url, content);
    if (response && !WORTH_ANOTHER_TRY.includes(response.status)) return read(response);
  }
  return { ok: false, status: 0, data: null, message: t('서버에 닿지 않습니다. 연결을 확인하고 다시 시도해 주세요.') };
}

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {string} url
 * @param {string} content
 * @returns {Promise<Response | null>} null when no answer came
 */
async function post(fetch, url, content) {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': csrfToken() },
      body: content,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return null;
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function read(response) {
  const data = await response.json().catch(() => null);
  const refusal = data?.error?.message ?? t('요청을 처리하지 못했습니다. 화면을 새로 고친 뒤 다시 시도해 주세요.');
  return { ok: response.ok, status: response.status, data, message: response.ok ? '' : refusal };
}

function csrfToken() {
  const meta = globalThis.document?.querySelector('meta[name="csrf-token"]');
  return meta?.getAttribute('content') ?? '';
}
