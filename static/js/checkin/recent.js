/** What this device did last, with masked names: people in the queue can read the screen. */
import { faceOf, timeOf } from '#hub/checkin/card-face.js';
import { verdictOf } from '#hub/checkin/verdict-words.js';
import { el, renderList } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockSeconds } from '#hub/web/time.js';

const KEPT = 8;

/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */
/** @typedef {{scan: Scan, state: 'stands' | 'undone' | 'fixed'}} Done `fixed`: the server would not take it back any more */

export class Recent {
  #list;
  #zone;
  /** @type {Done[]} in the order of the scans, newest first */
  #done = [];

  /**
   * @param {HTMLElement} list
   * @param {string} zone IANA name of the event's zone
   */
  constructor(list, zone) {
    this.#list = list;
    this.#zone = zone;
  }

  /**
   * Add an answered scan, or what became of one that is there.
   * @param {Scan} scan
   */
  add(scan) {
    const others = this.#done.filter((one) => one.scan.id !== scan.id);
    this.#done = [{ scan, state: /** @type {const} */ ('stands') }, ...others].sort(newestFirst).slice(0, KEPT);
    this.#draw();
  }

  /** The last act of this device that can be taken back: none of a guest of whom a later act cannot. */
  get undoable() {
    /** @type {Set<string>} */
    const fixed = new Set();
    for (const { scan, state } of this.#done) {
      const verdict = verdictOf(scan);
      const guest = verdict?.person?.guest ?? scan.id;
      if (state === 'fixed') fixed.add(guest);
      if (state === 'stands' && verdict?.may_undo && !fixed.has(guest)) return scan;
    }
    return null;
  }

  /**
   * @param {Scan} scan
   * @param {'undone' | 'fixed'} state
   */
  mark(scan, state) {
    this.#done = this.#done.map((one) => (one.scan.id === scan.id ? { scan, state } : one));
    this.#draw();
  }

  #draw() {
    renderList(this.#list, this.#done, ({ scan, state }) => `${scan.id} ${state} ${scan.phase}`, (done) => this.#row(done));
  }

  /** @param {Done} done */
  #row({ scan, state }) {
    const { tone, title, masked } = faceOf(scan, this.#zone);
    const undone = state === 'undone';
    return el(
      'li',
      null,
      el('time', null, clockSeconds(timeOf(scan), this.#zone)),
      el('span', { class: 'badge', 'data-kind': undone ? 'open' : tone === 'local' ? 'info' : tone }, undone ? t('되돌림') : title),
      el('span', null, masked),
    );
  }
}

/**
 * @param {Done} one
 * @param {Done} other
 */
function newestFirst(one, other) {
  return String(other.scan.body.at).localeCompare(String(one.scan.body.at));
}
