/** Whether scans let in or out. Letting out is marked on the whole screen and ends by itself, so that nobody arriving is sent out by mistake. */
import { notify } from '#hub/web/announce.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {'in' | 'out'} Way */

export const LEAVING_MS = 60_000;

export class Direction {
  #now;
  #backAt = 0;
  #counts = false;
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
   * Offer leaving, or not: people do not go out through every gate. Where people are only counted, nobody is let in or out.
   * @param {boolean} exits
   * @param {boolean} counts
   */
  allow(exits, counts) {
    this.#counts = counts;
    need('#direction').hidden = !exits;
    setText(need('#leaving-title'), counts ? t('나가는 분 확인 중') : t('퇴장 처리 중'));
    setText(need('#leaving-end'), counts ? t('들어오는 분으로') : t('입장으로'));
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
    if (left > 0) return setText(need('#leaving-time'), this.#soon(Math.ceil(left / 1000)));
    this.#enterAgain();
    notify(this.#counts ? t('1분 동안 스캔이 없어 들어오는 분으로 돌아왔습니다.') : t('1분 동안 스캔이 없어 입장으로 돌아왔습니다.'));
  }

  /** @param {number} n seconds */
  #soon(n) {
    return this.#counts ? t('{n}초 뒤 들어오는 분으로', { n }) : t('{n}초 뒤 입장으로', { n });
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
