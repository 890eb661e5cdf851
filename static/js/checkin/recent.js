/** What this device did last, with masked names: people in the queue can read the screen. A page that is opened again has the list of the one before. */
import { faceOf, timeOf } from '#hub/checkin/card-face.js';
import { verdictOf } from '#hub/checkin/verdict-words.js';
import { el, renderList } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockSeconds } from '#hub/web/time.js';

const KEPT = 8;

/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */
/** @typedef {{scan: Scan, state: 'stands' | 'undone' | 'fixed', undoable: boolean}} Done `fixed`: the server would not take it back any more; `undoable`: it said that it would */
/** @typedef {Pick<import('#hub/checkin/recent-memory.js').RecentMemory, 'keep' | 'drop' | 'recall' | 'standing'>} Memory */

export class Recent {
  #list;
  #zone;
  #memory;
  /** @type {Done[]} in the order of the scans, newest first */
  #done = [];

  /**
   * @param {HTMLElement} list
   * @param {string} zone IANA name of the event's zone
   * @param {Memory} memory
   */
  constructor(list, zone, memory) {
    this.#list = list;
    this.#zone = zone;
    this.#memory = memory;
  }

  /** Take what earlier pages of this device did, and ask what of it may be taken back. */
  async recall() {
    const known = new Set(this.#done.map(({ scan }) => scan.id));
    this.#put((await this.#memory.recall()).filter(({ scan }) => !known.has(scan.id)));
    await this.ask();
  }

  /** Ask the server how the acts in the list stand: others may have taken them back, or done something that rests on them. */
  async ask() {
    const answered = this.#done.filter(({ scan, state }) => state === 'stands' && verdictOf(scan)).map(({ scan }) => scan.id);
    const standing = answered.length > 0 ? await this.#memory.standing(answered) : [];
    const byId = new Map(standing.map((one) => [one.scan_id, one]));
    this.#done = this.#done.map((one) => stands(one, byId.get(one.scan.id)));
    this.#draw();
  }

  /**
   * Add an answered scan, or what became of one that is there.
   * @param {Scan} scan
   */
  add(scan) {
    const done = { scan, state: /** @type {const} */ ('stands'), undoable: verdictOf(scan)?.may_undo === true };
    this.#memory.keep(done);
    this.#put([done]);
  }

  /** The last act of this device that can be taken back: none of a guest of whom a later act cannot. */
  get undoable() {
    /** @type {Set<string>} */
    const fixed = new Set();
    for (const { scan, state, undoable } of this.#done) {
      const guest = verdictOf(scan)?.person?.guest ?? scan.id;
      if (state === 'fixed') fixed.add(guest);
      if (state === 'stands' && undoable && !fixed.has(guest)) return scan;
    }
    return null;
  }

  /**
   * @param {Scan} scan
   * @param {'undone' | 'fixed'} state
   */
  mark(scan, state) {
    this.#done = this.#done.map((one) => (one.scan.id === scan.id ? { scan, state, undoable: false } : one));
    this.#memory.keep({ scan, state, undoable: false });
    this.#draw();
  }

  /** @param {Done[]} done */
  #put(done) {
    const ids = new Set(done.map(({ scan }) => scan.id));
    const all = [...done, ...this.#done.filter(({ scan }) => !ids.has(scan.id))].sort(newestFirst);
    for (const { scan } of all.slice(KEPT)) this.#memory.drop(scan.id);
    this.#done = all.slice(0, KEPT);
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
 * @param {Done} done
 * @param {import('#hub/checkin/recent-memory.js').Standing | undefined} standing
 * @returns {Done}
 */
function stands(done, standing) {
  if (!standing || done.state !== 'stands') return done;
  return { ...done, state: standing.undone ? 'undone' : 'stands', undoable: standing.may_undo };
}

/**
 * @param {Done} one
 * @param {Done} other
 */
function newestFirst(one, other) {
  return String(other.scan.body.at).localeCompare(String(one.scan.body.at));
}
