/** Connects a page to the day: `connect({conf, stream, store, onState})`. */
import { io } from 'socket.io-client';
import { Standstill } from '#hub/live/standstill.js';
import { Link } from '#hub/live/link.js';
import { takePageState } from '#hub/live/page-state.js';
import { screenSecret } from '#hub/web/screen-link.js';
import { clock, localNow } from '#hub/web/time.js';

/** @typedef {import('#hub/live/link.js').State} State */

/**
 * Keep `store` equal to what `stream` of conference `conf` shows, as long as the page lives. What the page came with is in the store when the
 * script that calls this has run to its end.
 * @param {{conf: string, stream: string, store: import('#hub/live/store.js').Store, onState?: (state: State) => void,
 *   on?: Record<string, (data: any) => void>}} subscription
 * @returns {Link}
 */
export function connect(subscription) {
  const link = new Link(subscription, {
    open: (auth) => /** @type {import('#hub/live/link.js').Socket} */ (/** @type {unknown} */ (io({ ...SOCKET, auth: (give) => auth((data) => give({ ...data, ...screenAuth() })) }))),
    fetch: (...args) => globalThis.fetch(...args),
    clock,
    now: localNow,
    after: (ms, fn) => {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
    online: () => navigator.onLine,
  });
  window.addEventListener('online', () => link.check());
  window.addEventListener('offline', () => link.check());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') link.check();
  });
  const standstill = new Standstill({ wall: Date.now, local: localNow });
  setInterval(() => standstill.look() && link.check(), LOOK_MS);
  void link.start(takePageState(subscription.stream));
  return link;
}

const LOOK_MS = 1_000;

/** What a screen that a link opened says at its handshake. */
function screenAuth() {
  const screen = screenSecret();
  return screen ? { screen } : {};
}

/**
 * WebSocket first: polling first costs the server four times as much, and needs sticky sessions behind several workers. `Link` decides when
 * to come again: it knows whether the server answers otherwise, and whether it has no room.
 */
const SOCKET = {
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  timeout: 8_000,
  reconnection: false,
};
