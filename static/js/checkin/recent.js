/** What this device did last, with masked names: people in the queue can read the screen. */
import { el, renderList } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockSeconds } from '#hub/web/time.js';
import { saying, verdictOf } from '#hub/checkin/verdict-words.js';

const KEPT = 8;

/** @typedef {import('#hub/checkin/queue/scan.js').Scan} Scan */

export class Recent {
  #list;
  #zone;
  /** @type {{scan: Scan, undone: boolean}[]} newest first */
  #done = [];

  /**
   * @param {HTMLElement} list
   * @param {string} zone IANA name of the event's zone
   */
  constructor(list, zone) {
    this.#list = list;
    this.#zone = zone;
  }

  /** @param {Scan} scan an answered one */
  add(scan) {
    this.#done = [{ scan, undone: false }, ...this.#done].slice(0, KEPT);
    this.#draw();
  }

  /** The last scan of this device that may be undone. */
  get lastAdmission() {
    return this.#done.find(({ scan, undone }) => verdictOf(scan)?.may_undo && !undone)?.scan ?? null;
  }

  /** @param {Scan} scan */
  markUndone(scan) {
    this.#done = this.#done.map((one) => (one.scan === scan ? { ...one, undone: true } : one));
    this.#draw();
  }

  #draw() {
    renderList(this.#list, this.#done, ({ scan, undone }) => `${scan.id} ${undone}`, ({ scan, undone }) => this.#row(scan, undone));
  }

  /**
   * @param {Scan} scan
   * @param {boolean} undone
   */
  #row(scan, undone) {
    const verdict = /** @type {import('#hub/checkin/verdict-words.js').Verdict} */ (verdictOf(scan));
    const { tone, title } = saying(verdict, this.#zone, String(scan.body.at));
    return el(
      'li',
      null,
      el('time', null, clockSeconds(/** @type {string} */ (scan.body.at), this.#zone)),
      el('span', { class: 'badge', 'data-kind': undone ? 'open' : tone }, undone ? t('되돌림') : title),
      el('span', null, maskedName(verdict.person)),
    );
  }
}

/** @param {import('#hub/checkin/verdict-words.js').Person | undefined} person */
export function maskedName(person) {
  if (!person) return '';
  return person.masked ?? text(person.name);
}
