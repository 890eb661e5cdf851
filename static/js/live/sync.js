/**
 * Keeps a Store complete: takes what arrives, notices what is missing, and asks for it over HTTP, one question at a time,
 * until nothing is missing. It knows neither sockets nor the page.
 */
import { backoff } from '#hub/web/backoff.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {import('#hub/live/state-request.js').Reply} Reply */
/** @typedef {import('#hub/live/state-request.js').State} State */

const FRUITLESS = 3;
const LONGEST_MS = 30_000;

export class Sync {
  /** @type {Store} */
  #store;
  /** @type {(after: number | null) => Promise<Reply>} */
  #request;
  /** @type {(kind: Reply['kind']) => void} */
  #onReply;
  /** @type {(ms: number) => Promise<void>} */
  #wait;
  #known = 0;
  #snapshotDue = true;
  #checkDue = false;
  #resets = 0;
  #stopped = false;
  /** @type {Promise<void> | null} */
  #running = null;
  #wake = () => {};

  /**
   * @param {{store: Store, request: (after: number | null) => Promise<Reply>, onReply: (kind: Reply['kind']) => void,
   *   wait: (ms: number) => Promise<void>}} parts
   */
  constructor({ store, request, onReply, wait }) {
    this.#store = store;
    this.#request = request;
    this.#onReply = onReply;
    this.#wait = wait;
  }

  /**
   * Begin with a snapshot that is already here.
   * @param {State} state
   * @returns {boolean} whether it is one
   */
  begin({ snapshot, head }) {
    if (!snapshot) return false;
    this.#store.reset(snapshot, head);
    this.#snapshotDue = false;
    return true;
  }

  /** Take a fresh snapshot: at the start, and when the server says that the missed entries are too many. */
  refetch() {
    this.#snapshotDue = true;
    this.#known = 0;
    this.#resets += 1;
    return this.#run();
  }

  /** Ask once whether something was missed: after sleep, on return of the network, and while no socket works. */
  check() {
    this.#checkDue = true;
    this.#wake();
    return this.#run();
  }

  /**
   * Take entries that arrived by themselves.
   * @param {Entry[]} entries
   */
  take(entries) {
    if (this.#snapshotDue || this.#store.apply(entries) === 'gap') {
      return this.exists(Math.max(...entries.map((entry) => entry.seq), 0));
    }
    return Promise.resolve();
  }

  /**
   * Learn that entries up to `seq` exist.
   * @param {number} seq
   */
  exists(seq) {
    this.#known = Math.max(this.#known, seq);
    return this.#run();
  }

  /** Ask nothing more. */
  stop() {
    this.#stopped = true;
    this.#wake();
  }

  get #behind() {
    return !this.#stopped && (this.#snapshotDue || this.#checkDue || this.#known > this.#store.head);
  }

  #run() {
    this.#running ??= this.#catchUp().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #catchUp() {
    let failures = 0;
    let fruitless = 0;
    while (this.#behind) {
      const before = this.#store.head;
      const reply = await this.#askOnce();
      const { kind } = reply;
      if (this.#stopped || kind === 'refused') return;
      failures = kind === 'failed' ? failures + 1 : 0;
      fruitless = kind === 'state' && this.#store.head === before ? fruitless + 1 : 0;
      if (fruitless >= FRUITLESS) this.#known = this.#store.head;
      if (this.#behind && failures + fruitless > 0) await this.#rest(Math.max(backoff(failures + fruitless - 1), spared(reply)));
    }
  }

  /** @returns {Promise<Reply>} */
  async #askOnce() {
    const after = this.#snapshotDue ? null : this.#store.head;
    const resets = this.#resets;
    const reply = await this.#request(after);
    if (this.#stopped) return reply;
    if (reply.kind === 'refused') this.stop();
    if (reply.kind === 'state') {
      this.#checkDue = false;
      if (resets === this.#resets) this.#accept(after, reply.state);
    }
    this.#onReply(reply.kind);
    return reply;
  }

  /**
   * @param {number | null} after
   * @param {State} state
   */
  #accept(after, state) {
    if (state.snapshot) {
      this.#store.reset(state.snapshot, state.head);
      this.#snapshotDue = false;
    } else if (after === null || state.head < after || this.#store.apply(state.entries ?? []) === 'gap') {
      this.#snapshotDue = true;
      this.#known = 0;
    } else {
      this.#known = Math.max(this.#known, state.head);
    }
  }

  /** @param {number} ms */
  #rest(ms) {
    const woken = new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
    });
    return Promise.race([this.#wait(ms), woken]);
  }
}

/**
 * For how long the server asked to be spared (ms), at most half a minute.
 * @param {Reply} reply
 */
function spared(reply) {
  return reply.kind === 'failed' ? Math.min(reply.againMs ?? 0, LONGEST_MS) : 0;
}
