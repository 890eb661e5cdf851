/**
 * The life of a page's connection: snapshot first, which the page may have come with, then the socket from where the snapshot ended, HTTP
 * questions while no socket works, and one state that can be put into words. The browser is passed in, so that tests in Node can replace it.
 */
import { Asking } from '#hub/live/asking.js';
import { backoff } from '#hub/web/backoff.js';
import { Sync } from '#hub/live/sync.js';

/** @typedef {'connecting' | 'live' | 'polling' | 'reconnecting' | 'offline' | 'refused'} State */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {{active: boolean, on: (event: string, fn: (...args: any[]) => void) => unknown,
 *   emit?: (event: string, data: object | ((answer: string) => void)) => unknown, connect: () => unknown, disconnect: () => unknown}} Socket the part of socket.io-client's Socket in use */
/** @typedef {{conf: string, stream: string, store: Store, onState?: (state: State) => void, on?: Record<string, (data: any) => void>}} Subscription
 *   `on`: what is done with events that belong to no stream */
/** @typedef {{open: (auth: (give: (data: object) => void) => void) => Socket, fetch: typeof globalThis.fetch,
 *   clock: import('#hub/web/server-clock.js').ServerClock, now: () => number, after: (ms: number, fn: () => void) => () => void,
 *   online: () => boolean}} Browser `after` calls once later and returns how to cancel */

const POLL_MS = 5_000;
const GRACE_MS = 400;
/** Within so long a browser asks for the time once its clock is in doubt: a whole audience may be. */
const ASK_TIME_MS = 8_000;
/** The socket is opened without a snapshot when none came for so long. */
const OPEN_ANYWAY_MS = 2_000;
/** Pauses before the socket is tried again: usually, while the server answers otherwise, and when it has no room for another one. */
const RETRY = { base: 1_500, cap: 10_000 };
const RETRY_BESIDE_HTTP = { base: 1_500, cap: 30_000 };
const RETRY_FULL = { base: 20_000, cap: 60_000 };
/** Too many connections: of this address, or in all. A browser sees it of polling, which is tried after the WebSocket. */
const FULL = [429, 503];
/** What coming again would not change: docs/protocol.md, "Connect". */
const REFUSALS = ['bad_request', 'origin', 'not_found', 'not_signed_in', 'forbidden'];

export class Link {
  /** @type {Subscription} */
  #subscription;
  /** @type {Browser} */
  #browser;
  /** @type {Sync} */
  #sync;
  /** @type {Asking} */
  #asks;
  /** @type {Socket | null} */
  #socket = null;
  /** @type {Circumstances} */
  #is = { refused: false, loaded: false, met: false, socketUp: false, httpFailed: false, polling: false };
  #asking = false;
  #closed = false;
  /** @type {State | null} */
  #reported = null;
  #retries = 0;
  /** @type {number | null} local time at which the socket asked to join, until it is answered */
  #joinAskedAt = null;
  #full = false;
  #cancelPoll = () => {};
  #cancelRetry = () => {};

  /**
   * @param {Subscription} subscription
   * @param {Browser} browser
   */
  constructor(subscription, browser) {
    this.#subscription = subscription;
    this.#browser = browser;
    const wait = (/** @type {number} */ ms) => /** @type {Promise<void>} */ (new Promise((resolve) => void browser.after(ms, () => resolve())));
    this.#asks = new Asking({ subscription, browser, wait, onSilence: () => this.#changed({ httpFailed: true }) });
    this.#sync = new Sync({ store: subscription.store, request: this.#asks.ask, onReply: (kind) => this.#replied(kind), wait });
  }

  /**
   * Load the snapshot, then open the socket, also when none comes; where the page came with a snapshot, from that one.
   * @param {import('#hub/live/state-request.js').State | null} [came] taken in after the running script, which may still subscribe to the store
   */
  async start(came = null) {
    this.#changed({});
    this.#pollLater();
    await null;
    if (!came || !this.#sync.begin(came)) {
      this.#browser.after(OPEN_ANYWAY_MS, () => this.#open());
      return this.#sync.refetch();
    }
    this.#open();
    this.#changed({ loaded: true });
  }

  /** Look at once: the page became visible or the network came back or went. */
  check() {
    if (this.#is.refused) return;
    void this.#sync.check();
    if (this.#socket && !this.#is.socketUp && !this.#full) this.#reconnect(0);
  }

  /**
   * Say something that is worth nothing later: without a socket it is not said.
   * @param {string} event
   * @param {object} data
   */
  tell(event, data) {
    if (this.#is.socketUp) this.#socket?.emit?.(event, data);
  }

  /** Close for good. */
  close() {
    this.#closed = true;
    this.#sync.stop();
    this.#cancelPoll();
    this.#cancelRetry();
    this.#socket?.disconnect();
  }

  /** @param {import('#hub/live/state-request.js').Reply['kind']} kind */
  #replied(kind) {
    if (kind === 'refused') return this.#refuse();
    this.#open();
    this.#changed({ httpFailed: kind === 'failed', ...(kind === 'state' && { loaded: true, polling: this.#asking }) });
  }

  #open() {
    if (this.#socket || this.#is.refused || this.#closed) return;
    const { conf, stream, store } = this.#subscription;
    const socket = this.#browser.open((give) => {
      this.#joinAskedAt = this.#browser.now();
      give({ conf, stream, ...(this.#is.loaded && { after: store.head }) });
    });
    this.#socket = socket;
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', () => this.#disconnected());
    socket.on('connect_error', (error) => this.#failed(error));
    socket.on('entries', (entries) => this.#came(entries));
    socket.on('reset', () => void this.#sync.refetch());
    socket.on('state', (after, state) => this.#asks.answered(after, state));
    socket.on('heartbeat', (beat) => this.#heard(beat));
    for (const [event, take] of Object.entries(this.#subscription.on ?? {})) socket.on(event, take);
  }

  #connected() {
    this.#retries = 0;
    this.#full = false;
    this.#asking = false;
    this.#cancelPoll();
    this.#cancelRetry();
    this.#asks.carriedBy(this.#socket);
    this.#changed({ met: true, socketUp: true, polling: false, httpFailed: false });
    if (!this.#is.loaded) void this.#sync.check();
  }

  #disconnected() {
    this.#asks.carriedBy(null);
    this.#changed({ socketUp: false });
    if (this.#is.refused || this.#closed) return;
    this.#pollLater();
    this.#reconnect(backoff(0, RETRY));
  }

  /** @param {Error & {description?: unknown}} error */
  #failed(error) {
    if (REFUSALS.includes(error.message)) return this.#refuse();
    this.#changed({ socketUp: false });
    this.#full = FULL.includes(Number(error.description));
    const pauses = this.#is.httpFailed ? RETRY : RETRY_BESIDE_HTTP;
    this.#reconnect(backoff(this.#retries, this.#full ? RETRY_FULL : pauses));
    this.#retries += 1;
  }

  /** @param {{stream: string, head: number, now: string}} beat */
  #heard({ stream, head, now }) {
    if (stream !== this.#subscription.stream) return;
    this.#heardTime(Date.parse(now), this.#browser.now());
    if (head > this.#subscription.store.head) this.#askUnlessItArrives(head);
  }

  /**
   * The first heartbeat answers the join, so it bounds the time from both sides; the others come by themselves.
   * @param {number} now
   * @param {number} at
   */
  #heardTime(now, at) {
    const { clock } = this.#browser;
    if (this.#joinAskedAt === null) clock.heard({ now, at });
    else clock.sample({ t0: this.#joinAskedAt, t1: at, now });
    this.#joinAskedAt = null;
    this.#askTimeWhenDue(at);
  }

  /**
   * What was just written says what time it is, what was missed before a join does not: its heartbeat follows.
   * @param {Entry[]} entries
   */
  #came(entries) {
    const at = this.#browser.now();
    this.#browser.clock.dated({ now: Date.parse(entries.at(-1)?.at ?? ''), at });
    if (this.#joinAskedAt === null) this.#askTimeWhenDue(at);
    void this.#sync.take(entries);
  }

  /** @param {number} at */
  #askTimeWhenDue(at) {
    const { clock } = this.#browser;
    if (!clock.due(at)) return;
    clock.asked(at);
    this.#browser.after(backoff(0, { base: ASK_TIME_MS }), () => this.#askTime());
  }

  #askTime() {
    if (!this.#is.socketUp) return;
    const { clock, now } = this.#browser;
    const t0 = now();
    this.#socket?.emit?.('now', (answer) => clock.sample({ t0, t1: now(), now: Date.parse(answer) }));
  }

  /**
   * A heartbeat may overtake the entry it speaks of: give the socket a moment before a whole audience asks over HTTP.
   * @param {number} head
   */
  #askUnlessItArrives(head) {
    this.#browser.after(backoff(0, { base: 2 * GRACE_MS }), () => void this.#sync.exists(head));
  }

  /** @param {number} ms */
  #reconnect(ms) {
    this.#cancelRetry();
    this.#cancelRetry = this.#browser.after(ms, () => this.#socket?.connect());
  }

  /** Ask every few seconds; after an answer, so that a server in trouble is asked less and less often. */
  #pollLater() {
    this.#cancelPoll();
    this.#cancelPoll = this.#browser.after(backoff(0, { base: POLL_MS }), async () => {
      this.#asking = true;
      await this.#sync.check();
      if (!this.#is.socketUp && !this.#is.refused && !this.#closed) this.#pollLater();
    });
  }

  #refuse() {
    this.#changed({ refused: true });
    this.close();
  }

  /** @param {Partial<Circumstances>} change */
  #changed(change) {
    this.#is = { ...this.#is, ...change };
    const state = stateOf(this.#is, this.#browser.online());
    if (state === this.#reported) return;
    this.#reported = state;
    this.#subscription.onState?.(state);
  }
}

/** @typedef {{refused: boolean, loaded: boolean, met: boolean, socketUp: boolean, httpFailed: boolean, polling: boolean}} Circumstances `met`: a socket worked once; `polling`: the last answer came by asking */

/**
 * The one state that these circumstances amount to. A browser may call itself offline while the server is on the same
 * machine, so that alone does not count against a working socket: an unanswered question must agree.
 * @param {Circumstances} is
 * @param {boolean} online
 * @returns {State}
 */
export function stateOf(is, online) {
  if (is.refused) return 'refused';
  if (is.httpFailed && (!is.socketUp || !online)) return 'offline';
  if (!is.loaded) return 'connecting';
  if (is.socketUp) return 'live';
  if (is.polling) return 'polling';
  return is.met ? 'reconnecting' : 'connecting';
}
