/** Whether scans let in or out. Letting out is marked on the whole screen and ends by itself, so that nobody arriving is sent out by mistake. */
import { vocabularyOf } from '#hub/checkin/words/vocabulary.js';
import { notify } from '#hub/web/announce.js';
import { need, setText } from '#hub/web/dom.js';

/** @typedef {'in' | 'out'} Way */

export const LEAVING_MS = 60_000;

export class Direction {
  #now;
  #backAt = 0;
  #words = vocabularyOf(false);
  #in = /** @type {HTMLInputElement} */ (need('#direction-in'));
  #out = /** @type {HTMLInputElement} */ (need('#direction-out'));
  #ways = { in: wordsBeside(this.#in), out: wordsBeside(this.#out) };

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
   * @param {import('#hub/checkin/words/vocabulary.js').Vocabulary} words of the gate
   */
  allow(exits, words) {
    this.#words = words;
    need('#direction').hidden = !exits;
    setText(need('#leaving-title'), words.leaving.title());
    setText(need('#leaving-end'), words.leaving.end());
    setText(this.#ways.in.place, words.ways?.in() ?? this.#ways.in.words);
    setText(this.#ways.out.place, words.ways?.out() ?? this.#ways.out.words);
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
    if (left > 0) return setText(need('#leaving-time'), this.#words.leaving.soon(Math.ceil(left / 1000)));
    this.#enterAgain();
    notify(this.#words.leaving.over());
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

/**
 * The words beside a choice, as the page has them.
 * @param {HTMLElement} choice
 */
function wordsBeside(choice) {
  const place = need(`#${choice.id} + span`);
  return { place, words: place.textContent ?? '' };
}
