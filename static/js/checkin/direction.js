/** Whether scans let in or out. Letting out is marked on the whole screen and ends by itself, so that nobody arriving is sent out by mistake. */
import { notify } from '#hub/web/announce.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {'in' | 'out'} Way */

export const LEAVING_MS = 60_000;

export class Direction {
  #now;
  #backAt = 0;
  #in = /** @type {HTMLInputElement} */ (need('#direction-in'));
  #out = /** @type {HTMLInputElement} */ (need('#direction-out'));

  /** @param {() => number} now the device's monotonic time (ms) */
  constructor(now) {
    this.#now = now;
    for (const choice of [this.#in, this.#out]) choice.addEventListener('change', () => this.#changed());
    need('#leaving-end').addEventListener('click', () => this.#enterAgain());
    this.#changed();
  }

  /**
   * Which way a scan of this moment goes; it starts the time of leaving anew.
   * @returns {Way}
   */
  take() {
    this.tick();
    if (this.#out.checked) this.#backAt = this.#now() + LEAVING_MS;
    return this.way;
  }

  /**
   * Offer leaving, or not: people do not go out through every gate.
   * @param {boolean} exits
   */
  allow(exits) {
    need('#direction').hidden = !exits;
    if (!exits && this.#out.checked) this.#enterAgain();
  }

  /** @returns {Way} */
  get way() {
    return this.#out.checked ? 'out' : 'in';
  }

  /** Go back to letting in when the time of leaving is over; called at least each second. */
  tick() {
    if (!this.#out.checked) return;
    const left = this.#backAt - this.#now();
    if (left > 0) return setText(need('#leaving-time'), t('{n}초 뒤 입장으로', { n: Math.ceil(left / 1000) }));
    this.#enterAgain();
    notify(t('1분 동안 스캔이 없어 입장으로 돌아왔습니다.'));
  }

  #enterAgain() {
    this.#in.checked = true;
    this.#changed();
  }

  #changed() {
    const leaving = this.#out.checked;
    this.#backAt = this.#now() + LEAVING_MS;
    document.body.dataset.direction = this.way;
    need('#leaving').hidden = !leaving;
    if (leaving) this.tick();
  }
}
