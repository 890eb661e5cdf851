/**
 * Asks for the state of a stream: over HTTP, and over the socket where HTTP brings nothing or nothing for a long time. A content
 * blocker or a proxy may lose the one and let the other through.
 */
import { stateRequest } from '#hub/live/state-request.js';

/** @typedef {import('#hub/live/link.js').Browser} Browser */
/** @typedef {import('#hub/live/link.js').Socket} Socket */
/** @typedef {import('#hub/live/link.js').Subscription} Subscription */
/** @typedef {import('#hub/live/state-request.js').Reply} Reply */
/** @typedef {import('#hub/live/state-request.js').State} State */

/** The socket is asked too when HTTP has not answered for so long. */
const PATIENCE_MS = 5_000;
/** A socket that did not answer within this has not understood, or is gone. */
const TIMEOUT_MS = 10_000;

export class Asking {
  /** @type {Browser} */
  #browser;
  /** @type {(after: number | null) => Promise<Reply>} */
  #overHttp;
  /** @type {(ms: number) => Promise<void>} */
  #wait;
  /** @type {Socket | null} */
  #socket = null;
  /** Whether HTTP brought nothing while the socket did: then the socket is asked at once. */
  #blocked = false;
  #came = () => {};
  #onSilence = () => {};
  /** @type {{after: number | null, at: number, resolve: (reply: Reply) => void} | null} */
  #open = null;

  /**
   * @param {{subscription: Subscription, browser: Browser, wait: (ms: number) => Promise<void>, onSilence: () => void}} parts
   *   `onSilence` is called when HTTP brought nothing, before the socket is asked
   */
  constructor({ subscription, browser, wait, onSilence }) {
    this.#browser = browser;
    this.#onSilence = onSilence;
    this.#overHttp = stateRequest({ conf: subscription.conf, stream: subscription.stream, ...browser });
    this.#wait = wait;
  }

  /**
   * Learn which socket is connected.
   * @param {Socket | null} socket null: none
   */
  carriedBy(socket) {
    this.#socket = socket;
    if (socket) this.#came();
    else this.#blocked = false;
  }

  /**
   * Ask once, one question at a time.
   * @param {number | null} after null asks for the snapshot
   * @returns {Promise<Reply>}
   */
  ask = async (after) => {
    if (this.#blocked) return this.#overSocket(after);
    let answered = false;
    /** @type {Promise<Reply> | null} */
    let second = null;
    const late = async () => {
      await this.#wait(PATIENCE_MS);
      if (!this.#socket && !answered) await /** @type {Promise<void>} */ (new Promise((resolve) => (this.#came = resolve)));
      return answered ? FAILED : (second ??= this.#overSocket(after));
    };
    const reply = await Promise.race([this.#overHttp(after), late()]);
    answered = true;
    if (reply.kind !== 'failed' || !this.#socket) return reply;
    this.#onSilence();
    return (second ??= this.#overSocket(after));
  };

  /**
   * Take the answer that came over the socket.
   * @param {number | null} after what it answers
   * @param {State} state
   */
  answered(after, state) {
    if (!this.#open || this.#open.after !== after) return;
    this.#blocked = true;
    this.#browser.clock.sample({ t0: this.#open.at, t1: this.#browser.now(), now: Date.parse(state.now) });
    this.#open.resolve({ kind: 'state', state });
  }

  /**
   * @param {number | null} after
   * @returns {Promise<Reply>}
   */
  async #overSocket(after) {
    const answer = /** @type {Promise<Reply>} */ (new Promise((resolve) => (this.#open = { after, at: this.#browser.now(), resolve })));
    const own = this.#open;
    this.#socket?.emit?.('state', { after });
    const reply = await Promise.race([answer, this.#wait(TIMEOUT_MS).then(() => FAILED)]);
    if (this.#open === own) this.#open = null;
    if (reply.kind === 'failed') this.#blocked = false;
    return reply;
  }
}

/** @type {Reply} */
const FAILED = { kind: 'failed' };
