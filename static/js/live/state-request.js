/**
 * One question to `GET /api/v1/c/<conf>/state`: the snapshot, or the entries after a sequence number.
 *
 * A cache may answer for the server, with the time of an earlier question; the server repeats the id of the question it
 * answers, so only an answer with our own id sets the clock.
 */
import { screenHeaders } from '#hub/web/screen-link.js';

const TIMEOUT_MS = 10_000;
const FORBIDDING = [401, 403, 404];

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {{head: number, now: string, snapshot?: Record<string, object>, entries?: Entry[]}} State */
/** @typedef {{kind: 'state', state: State} | {kind: 'refused'} | {kind: 'failed', againMs?: number}} Reply `againMs`: not before this */

/**
 * Make the function that asks for the state of one stream.
 * @param {{conf: string, stream: string, fetch: typeof globalThis.fetch, clock: import('#hub/web/server-clock.js').ServerClock, now: () => number}} source
 * @returns {(after: number | null) => Promise<Reply>} null asks for the snapshot
 */
export function stateRequest({ conf, stream, fetch, clock, now }) {
  const base = `/api/v1/c/${encodeURIComponent(conf)}/state?stream=${encodeURIComponent(stream)}`;
  return async (after) => {
    const t0 = now();
    const id = crypto.randomUUID();
    try {
      const response = await fetch(after === null ? base : `${base}&after=${after}`, {
        cache: after === null ? 'default' : 'no-store', // a browser's own copy says nothing of the time
        headers: { Accept: 'application/json', 'X-Request-Id': id, ...screenHeaders() },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const t1 = now();
      if (FORBIDDING.includes(response.status) && (await isOurs(response))) return { kind: 'refused' };
      if (!response.ok) return { kind: 'failed', againMs: 1000 * Number(response.headers.get('Retry-After') ?? 0) || 0 };
      const state = await response.json();
      if (response.headers.get('X-Request-Id') === id) clock.sample({ t0, t1, now: Date.parse(state.now) });
      return { kind: 'state', state };
    } catch {
      return { kind: 'failed' };
    }
  };
}

/**
 * Whether the server itself refused, in the form of its errors: a filter on the way says 403, too.
 * @param {Response} response
 */
async function isOurs(response) {
  const answer = await response.json().catch(() => null);
  return typeof answer?.error?.code === 'string';
}
