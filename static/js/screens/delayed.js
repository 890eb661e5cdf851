/**
 * Documents as they stood some time ago, for a screen that is laid over a delayed picture. What goes away goes at once, and
 * with it whatever of it was still to come: a name that is withdrawn never appears.
 */

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {{due: number, key: string, doc: object}} Coming `due`: server time (ms) */

export class Delayed {
  #ms;
  /** @type {Map<string, object>} */
  #docs = new Map();
  /** @type {Coming[]} */
  #queue = [];
  #filled = false;

  /** @param {number} ms */
  constructor(ms) {
    this.#ms = ms;
  }

  /** What is shown now. */
  get docs() {
    return Object.fromEntries(this.#docs);
  }

  /** When the next document is due (server time, ms), or null. */
  get next() {
    return this.#queue.length > 0 ? Math.min(...this.#queue.map(({ due }) => due)) : null;
  }

  /**
   * Take a snapshot: the first one is shown as it is, a later one brings what is new with the delay.
   * @param {Record<string, object>} docs
   * @param {number} now server time (ms)
   */
  fill(docs, now) {
    const coming = new Map(this.#queue.map((one) => [one.key, one]));
    this.#queue = [];
    for (const key of [...this.#docs.keys()]) if (!(key in docs)) this.#docs.delete(key);
    for (const [key, doc] of Object.entries(docs)) {
      if (!this.#filled) this.#docs.set(key, doc);
      else if (!same(this.#docs.get(key), doc)) this.#queue.push({ key, doc, due: coming.get(key)?.due ?? now + this.#ms });
    }
    this.#filled = true;
  }

  /**
   * Take entries in their order.
   * @param {readonly Entry[]} entries
   */
  take(entries) {
    for (const { at, body } of entries) {
      for (const [key, doc] of Object.entries(body.docs ?? {})) {
        if (doc) this.#queue.push({ key, doc, due: Date.parse(at) + this.#ms });
        else this.#remove(key);
      }
    }
  }

  /**
   * Show what is due.
   * @param {number} now server time (ms)
   */
  release(now) {
    for (const { key, doc } of this.#queue.filter(({ due }) => due <= now)) this.#docs.set(key, doc);
    this.#queue = this.#queue.filter(({ due }) => due > now);
  }

  /** @param {string} key */
  #remove(key) {
    this.#docs.delete(key);
    this.#queue = this.#queue.filter((one) => one.key !== key);
  }
}

/**
 * @param {object | undefined} a
 * @param {object} b
 */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
