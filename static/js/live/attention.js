/** Whether somebody follows this page: it is visible and its connection is current. Reports absences of half a minute and more. */
import { LONG_MS } from '#hub/live/absence.js';

/** @typedef {import('#hub/live/link.js').State} State */

const CURRENT = ['live', 'polling'];

export class Attention {
  #visible = true;
  #current = false;
  #followed = false;
  /** @type {number | null} */
  #leftAt = null;
  /** @type {() => void} */
  #onLeave;
  /** @type {(leftAt: number) => void} */
  #onReturn;

  /** @param {{onLeave: () => void, onReturn: (leftAt: number) => void}} listeners `onLeave` is called when an absence begins */
  constructor({ onLeave, onReturn }) {
    this.#onLeave = onLeave;
    this.#onReturn = onReturn;
  }

  /**
   * @param {boolean} visible
   * @param {number} now ms
   */
  seen(visible, now) {
    this.#visible = visible;
    this.#judge(now);
  }

  /**
   * @param {State} state
   * @param {number} now ms
   */
  connection(state, now) {
    this.#current = CURRENT.includes(state);
    this.#judge(now);
  }

  /** @param {number} now */
  #judge(now) {
    const here = this.#visible && this.#current;
    if (here && this.#leftAt !== null) {
      const leftAt = this.#leftAt;
      this.#leftAt = null;
      if (now - leftAt >= LONG_MS) this.#onReturn(leftAt);
    } else if (!here && this.#followed && this.#leftAt === null) {
      this.#leftAt = now;
      this.#onLeave();
    }
    this.#followed ||= here;
  }
}
