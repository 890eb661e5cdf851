/**
 * Documents as they stood some time ago, for whoever watches a delayed picture. What goes away goes at once, and with it whatever of
 * it was still to come: a name that is withdrawn never appears. A corrected name takes the place of the wrong one at once.
 */

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {{at: number, key: string, doc: object}} Coming `at`: when it happened, server time (ms) */

export class Delayed {
  #ms;
  #waits;
  /** @type {Map<string, object>} */
  #docs = new Map();
  /** @type {Coming[]} */
  #queue = [];
  /** @type {{at: number, entry: Entry}[]} */
  #entries = [];
  #filled = false;

  /**
   * @param {number} ms
   * @param {(key: string) => boolean} [waits] which documents are late, all when left out
   */
  constructor(ms, waits = () => true) {
    this.#ms = ms;
    this.#waits = waits;
  }

  /** What is shown now. */
  get docs() {
    return Object.fromEntries(this.#docs);
  }

  /** When the next document is due (server time, ms), or null. */
  get next() {
    return this.#queue.length > 0 ? Math.min(...this.#queue.map(({ at }) => at)) + this.#ms : null;
  }

  /**
   * Be late by so much from now on: what still waits comes earlier or later, what is shown stays.
   * @param {number} ms
   */
  set ms(ms) {
    this.#ms = ms;
  }

  /**
   * Take a snapshot: the first one is shown as it is but for names that are too fresh, a later one brings what is new with the delay.
   * @param {Record<string, object>} docs
   * @param {number} now server time (ms)
   */
  fill(docs, now) {
    const coming = new Map(this.#queue.map((one) => [one.key, one]));
    this.#queue = [];
    for (const key of [...this.#docs.keys()]) if (!(key in docs)) this.#docs.delete(key);
    for (const [key, doc] of Object.entries(docs)) {
      if (same(this.#docs.get(key), doc)) continue;
      const at = coming.get(key)?.at ?? revealedAt(doc) ?? (this.#filled ? now : -Infinity);
      if (!this.#waits(key) || at + this.#ms <= now) this.#docs.set(key, doc);
      else this.#queue.push({ key, doc, at });
    }
    this.#filled = true;
  }

  /**
   * Take entries in their order.
   * @param {readonly Entry[]} entries
   */
  take(entries) {
    for (const entry of entries) {
      const at = Date.parse(entry.at);
      this.#happenedBy(at);
      const docs = Object.entries(entry.body.docs ?? {});
      for (const [key, doc] of docs) {
        if (doc === null) this.#remove(key);
        else if (!this.#waits(key)) this.#docs.set(key, doc);
        else if (!isCorrection(entry) || !this.#replace(key, doc)) this.#queue.push({ key, doc, at });
      }
      const waiting = docs.some(([key]) => this.#waits(key)) && docs.every(([, doc]) => doc !== null);
      this.#entries.push({ entry, at: waiting ? at : -Infinity });
    }
  }

  /**
   * Show what is due.
   * @param {number} now server time (ms)
   * @returns {Entry[]} what has happened with it
   */
  release(now) {
    const due = (/** @type {{at: number}} */ { at }) => at + this.#ms <= now;
    for (const { key, doc } of this.#queue.filter(due)) this.#docs.set(key, doc);
    this.#queue = this.#queue.filter((one) => !due(one));
    const told = this.#entries.filter(due);
    this.#entries = this.#entries.filter((one) => !due(one));
    return told.map(({ entry }) => entry);
  }

  /**
   * What came before an entry happened no later: the server's clock was set back where the times say otherwise.
   * @param {number} at
   */
  #happenedBy(at) {
    for (const one of [...this.#queue, ...this.#entries]) one.at = Math.min(one.at, at);
  }

  /** @param {string} key */
  #remove(key) {
    this.#docs.delete(key);
    this.#queue = this.#queue.filter((one) => one.key !== key);
  }

  /**
   * Put another wording in the place of what is shown and of what waits.
   * @param {string} key
   * @param {object} doc
   * @returns {boolean} whether there was any
   */
  #replace(key, doc) {
    const shown = this.#docs.has(key);
    const waiting = this.#queue.filter((one) => one.key === key);
    if (shown) this.#docs.set(key, doc);
    for (const one of waiting) one.doc = doc;
    return shown || waiting.length > 0;
  }
}

/**
 * Whether an entry changes how a name is worded, so that the earlier wording must not be shown any more.
 * @param {Entry} entry
 */
function isCorrection({ topic, body: { undone } }) {
  return topic === 'AwardCorrected' || (/^AwardCommand(Undone|Redone)$/.test(topic) && undone === 'AwardCorrected');
}

/**
 * When the name in a document was revealed (server time, ms); null for anything else.
 * @param {object} doc
 */
function revealedAt(doc) {
  const at = /** @type {{revealed_at?: string | null}} */ (doc).revealed_at;
  return at ? Date.parse(at) : null;
}

/**
 * @param {object | undefined} a
 * @param {object} b
 */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
