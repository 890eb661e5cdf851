/** One question to `GET /api/v1/c/<conf>/state`: the snapshot, or the entries after a sequence number. */

const TIMEOUT_MS = 10_000;
const FORBIDDING = [401, 403, 404];

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {import('#hub/live/store.js').Doc} Doc */
/** @typedef {{head: number, now: string, snapshot?: Record<string, Doc>, entries?: Entry[]}} State */
/** @typedef {{kind: 'state', state: State} | {kind: 'refused'} | {kind: 'failed'}} Reply */

/**
 * Make the asker for one stream of one conference.
 * @param {{conf: string, stream: string, fetch: typeof globalThis.fetch, clock: import('#hub/server-clock.js').ServerClock, now: () => number}} source
 * @returns {(after: number | null) => Promise<Reply>} null asks for the snapshot
 */
export function stateRequest({ conf, stream, fetch, clock, now }) {
  const base = `/api/v1/c/${encodeURIComponent(conf)}/state?stream=${encodeURIComponent(stream)}`;
  return async (after) => {
    const t0 = now();
    try {
      const response = await fetch(after === null ? base : `${base}&after=${after}`, {
        headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const t1 = now();
      if (FORBIDDING.includes(response.status)) return { kind: 'refused' };
      if (!response.ok) return { kind: 'failed' };
      const state = await response.json();
      clock.sample({ t0, t1, now: Date.parse(state.now) });
      return { kind: 'state', state };
    } catch {
      return { kind: 'failed' };
    }
  };
}
