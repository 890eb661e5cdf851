/** A store as it stood some time ago: what is shown beside a picture that is late. */
import { Store } from '#hub/live/store.js';
import { Delayed } from '#hub/screens/delayed.js';
import { clock, everySecond, localNow, realNow } from '#hub/web/time.js';

/** @typedef {import('#hub/live/store.js').Entry} Entry */

export class Behind {
  /** What is shown now. */
  shown = new Store();
  #delay;
  #delayed;
  #ms = 0;
  /** @type {Store | null} */
  #store = null;
  /** @type {(entries: Entry[]) => void} */
  #onShow = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #stopLooking = () => {};

  /**
   * @param {{delay: (store: Store) => number, waits?: (key: string) => boolean}} options `delay`: how late (ms), by what is known
   *   now; `waits`: which documents are late, all when left out
   */
  constructor({ delay, waits }) {
    this.#delay = delay;
    this.#delayed = new Delayed(0, waits);
  }

  /** How late what is shown is (ms). */
  get ms() {
    return this.#ms;
  }

  /** The server's time, as late as what is shown (ms). */
  get now() {
    return realNow() - this.#ms;
  }

  /** Whether nothing waits. */
  get settled() {
    return this.#delayed.next === null;
  }

  /**
   * @param {Store} store
   * @param {(entries: Entry[]) => void} onShow called when something else is shown, with what has happened by that
   */
  follow(store, onShow) {
    this.#store = store;
    this.#onShow = onShow;
    store.subscribe((_changed, entries) => {
      this.#setDelay();
      if (entries.length > 0) this.#delayed.take(entries, time());
      else this.#delayed.fill(store.documents, time());
      this.#show();
    });
    this.#stopLooking = everySecond(() => this.#look());
  }

  /** The delay may be another one now. */
  check() {
    if (!this.#store) return;
    this.#setDelay();
    this.#show();
  }

  /** Show nothing more of what waits. */
  stop() {
    clearTimeout(this.#timer);
    this.#stopLooking();
  }

  #setDelay() {
    this.#ms = this.#store ? this.#delay(this.#store) : 0;
    this.#delayed.ms = this.#ms;
  }

  /** The hub's time may be known better than when the timer was set. */
  #look() {
    if (this.settled) return;
    const { now, offset, sure } = time();
    if (sure && offset !== null) this.#delayed.settle(offset);
    if (Number(this.#delayed.next) <= now) this.#show();
    else this.#wait();
  }

  #show() {
    const told = this.#delayed.release(this.#ms > 0 ? localNow() : Infinity);
    this.shown.reset(this.#delayed.docs, this.#store?.head ?? 0);
    this.#wait();
    this.#onShow(told);
  }

  #wait() {
    clearTimeout(this.#timer);
    const { next } = this.#delayed;
    if (next !== null) this.#timer = setTimeout(() => this.#show(), Math.max(0, next - localNow()));
  }
}

/** @returns {import('#hub/screens/delayed.js').Time} */
function time() {
  const now = localNow();
  return { now, offset: clock.doubted ? null : clock.offset(now), sure: clock.sure };
}
