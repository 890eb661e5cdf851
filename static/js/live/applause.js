/** Applause from the live page: a button whose taps go up in batches, and how many the whole audience claps now. */
import { el, setText } from '#hub/web/dom.js';
import { lang, t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').ApplauseDoc} ApplauseDoc */
/** @typedef {import('#hub/live/link.js').State} State */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {(ms: number, fn: () => void) => unknown} Later */

const BATCH_MS = 600;
/** More taps than this in one batch are not sent: nobody claps faster. */
const MOST_AT_ONCE = 12;
const POLL_MS = 5_000;
const RINGS = 6;

/** Collects taps and sends them together. */
export class Taps {
  #send;
  #later;
  #waiting = 0;

  /** @param {{send: (taps: number) => void, later: Later}} parts */
  constructor({ send, later }) {
    this.#send = send;
    this.#later = later;
  }

  /** How many taps are not sent yet. */
  get waiting() {
    return this.#waiting;
  }

  tap() {
    if (this.#waiting === 0) this.#later(BATCH_MS, () => this.#flush());
    this.#waiting = Math.min(this.#waiting + 1, MOST_AT_ONCE);
  }

  #flush() {
    this.#send(this.#waiting);
    this.#waiting = 0;
  }
}

/**
 * How much applause there is, in words; nothing while nobody claps.
 * @param {number} claps
 */
export function applauseWords(claps) {
  return claps > 0 ? t('온라인 박수 {n}', { n: new Intl.NumberFormat(lang()).format(claps) }) : '';
}

/**
 * Show how much applause there is in an element that is there for nothing else.
 * @param {HTMLElement} element
 * @returns {(doc: ApplauseDoc) => void}
 */
export function applauseIn(element) {
  return ({ claps }) => {
    setText(element, applauseWords(claps));
    element.hidden = claps === 0;
  };
}

/**
 * Whether the audience may clap now: where organisers want it, while something is on.
 * @param {Store} store
 */
export function mayClap(store) {
  return store.get('applause')?.taken !== false && store.all('lane/').some(({ status }) => status === 'running' || status === 'held');
}

/** The button of the live page. */
export class ApplauseButton {
  #place;
  #conf;
  #taps;
  #words = el('span', null, t('박수 보내기'));
  #button = el('button', { type: 'button', class: 'button applause-button' }, this.#words);
  #count = el('span', { class: 'applause-count figure' });
  #claps = 0;
  /** @type {State} */
  #state = 'connecting';

  /** @param {{place: HTMLElement, conf: string, tell: (event: string, data: object) => void}} parts `tell` says something by the socket, or not at all */
  constructor({ place, conf, tell }) {
    this.#place = place;
    this.#conf = conf;
    this.#taps = new Taps({ send: (taps) => tell('applause', { taps }), later: (ms, fn) => setTimeout(fn, ms) });
    this.#button.addEventListener('click', () => this.#tap());
    place.append(this.#button, this.#count);
    setInterval(() => void this.#ask(), POLL_MS);
  }

  /** @param {ApplauseDoc} doc */
  heard({ claps }) {
    if (claps > this.#claps) this.#ring();
    this.#claps = claps;
    this.#drawCount();
  }

  /** @param {State} state */
  connection(state) {
    this.#state = state;
    this.#button.setAttribute('aria-disabled', String(state !== 'live'));
    setText(this.#words, state === 'live' ? t('박수 보내기') : t('연결되면 박수를 보낼 수 있습니다'));
  }

  /** @param {Store} store */
  draw(store) {
    this.#place.hidden = !mayClap(store);
  }

  #tap() {
    if (this.#state !== 'live') return;
    this.#taps.tap();
    this.#ring();
    this.#drawCount();
  }

  #drawCount() {
    setText(this.#count, applauseWords(this.#claps + this.#taps.waiting));
  }

  #ring() {
    if (this.#button.querySelectorAll('.applause-ring').length >= RINGS) return;
    const ring = el('span', { class: 'applause-ring', 'aria-hidden': 'true' });
    ring.addEventListener('animationend', () => ring.remove());
    this.#button.append(ring);
  }

  /** Where no socket works the count is asked for. */
  async #ask() {
    if (this.#state !== 'polling' || this.#place.hidden) return;
    const answer = await fetch(`/api/v1/c/${encodeURIComponent(this.#conf)}/applause`).catch(() => null);
    if (answer?.ok) this.heard(await answer.json());
  }
}
