/** Unsent steps in this browser's storage, so that a reload or a crash loses none; each tab has its own. */

/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {{steps: Step[], actor: string, touched: number}} Kept `touched` (ms): when the tab that keeps them was last alive */
/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>} Shelf */

const ALIVE_MS = 15_000;

export class KeptSteps {
  #shelf;
  #prefix;
  #own;
  #actor;

  /**
   * @param {Shelf | null} shelf null when the browser gives none
   * @param {{conf: string, tab: string, actor: string}} whose
   */
  constructor(shelf, { conf, tab, actor }) {
    this.#shelf = shelf;
    this.#prefix = `plan-steps/${conf}/`;
    this.#own = this.#prefix + tab;
    this.#actor = actor;
  }

  /**
   * Keep the steps that are not answered yet.
   * @param {Step[]} steps
   * @param {number} now ms
   */
  keep(steps, now) {
    try {
      if (steps.length === 0) this.#shelf?.removeItem(this.#own);
      else this.#shelf?.setItem(this.#own, JSON.stringify({ steps, actor: this.#actor, touched: now }));
    } catch {
      // Full or forbidden: the page still says that the steps are unsent, and asks before it is left.
    }
  }

  /**
   * Take what this tab, or one that is closed, left of the same person.
   * @param {number} now ms
   * @returns {Step[]}
   */
  take(now) {
    const found = this.#names().flatMap((name) => this.#left(name, now));
    return found.flatMap(({ steps }) => steps);
  }

  /**
   * @param {string} name
   * @param {number} now
   * @returns {Kept[]}
   */
  #left(name, now) {
    const kept = parse(this.#shelf?.getItem(name) ?? null);
    if (!kept || kept.actor !== this.#actor) return [];
    if (name !== this.#own && now - kept.touched < ALIVE_MS) return [];
    this.#shelf?.removeItem(name);
    return [kept];
  }

  #names() {
    const shelf = this.#shelf;
    if (!shelf) return [];
    return Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '').filter((name) => name.startsWith(this.#prefix));
  }
}

/**
 * @param {string | null} stored
 * @returns {Kept | null}
 */
function parse(stored) {
  try {
    const kept = JSON.parse(stored ?? 'null');
    return kept && Array.isArray(kept.steps) ? kept : null;
  } catch {
    return null;
  }
}
