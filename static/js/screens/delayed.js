/**
 * Documents as they stood some time ago, for whoever watches a delayed picture. What goes away goes at once, and with it whatever of
 * it was still to come: a name that is withdrawn never appears. A corrected name takes the place of the wrong one at once.
 *
 * What waits does so by this machine's own time, so a hub whose clock is set changes nothing for it. While the hub's time is in doubt,
 * what comes is taken to have happened just now: too late rather than too early.
 */

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {{now: number, offset: number | null, sure: boolean}} Time local time (ms), and how far the hub is ahead of it, null: in doubt; `sure`: it will not be known better */
/** @typedef {{at: number, wrote: number | null}} Moment when something happened (local time, ms); `wrote`: what the hub wrote of it, until that is judged for good */
/** @typedef {Moment & {key: string, doc: object}} Coming */

const LONG_AGO = -Infinity;

export class Delayed {
  #ms;
  #waits;
  /** @type {Map<string, object>} */
  #docs = new Map();
  /** @type {Coming[]} */
  #queue = [];
  /** @type {(Moment & {entry: Entry})[]} */
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

  /** When the next document is due (local time, ms), or null. */
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
   * @param {Time} time
   */
  fill(docs, time) {
    const coming = new Map(this.#queue.map((one) => [one.key, one]));
    this.#queue = [];
    for (const key of [...this.#docs.keys()]) if (!(key in docs)) this.#docs.delete(key);
    for (const [key, doc] of Object.entries(docs)) {
      if (same(this.#docs.get(key), doc)) continue;
      const moment = coming.get(key) ?? this.#filledAt(doc, time);
      if (!this.#waits(key) || moment.at + this.#ms <= time.now) this.#docs.set(key, doc);
      else this.#queue.push({ ...moment, key, doc });
    }
    this.#filled = true;
  }

  /**
   * Take entries in their order.
   * @param {readonly Entry[]} entries
   * @param {Time} time
   */
  take(entries, time) {
    for (const entry of entries) {
      const moment = momentOf(Date.parse(entry.at), time);
      const docs = Object.entries(entry.body.docs ?? {});
      for (const [key, doc] of docs) {
        if (doc === null) this.#remove(key);
        else if (!this.#waits(key)) this.#docs.set(key, doc);
        else if (!isCorrection(entry) || !this.#replace(key, doc)) this.#queue.push({ ...moment, key, doc });
      }
      const waiting = docs.some(([key]) => this.#waits(key)) && docs.every(([, doc]) => doc !== null);
      this.#entries.push({ ...(waiting ? moment : { at: LONG_AGO, wrote: null }), entry });
      this.#inOrder(moment.at);
    }
  }

  /**
   * The hub's time is known for sure: judge what came before it was.
   * @param {number} offset how far the hub is ahead of local time (ms)
   */
  settle(offset) {
    for (const list of [this.#queue, this.#entries]) {
      let latest = Infinity;
      for (const one of list.toReversed()) {
        if (one.at === LONG_AGO) continue;
        if (one.wrote !== null) one.at = Math.min(one.at, one.wrote - offset);
        one.wrote = null;
        latest = one.at = Math.min(one.at, latest);
      }
    }
  }

  /**
   * Show what is due.
   * @param {number} now local time (ms)
   * @returns {Entry[]} what has happened with it
   */
  release(now) {
    const due = (/** @type {Moment} */ { at }) => at + this.#ms <= now;
    for (const { key, doc } of this.#queue.filter(due)) this.#docs.set(key, doc);
    this.#queue = this.#queue.filter((one) => !due(one));
    const told = this.#entries.filter(due);
    this.#entries = this.#entries.filter((one) => !due(one));
    return told.map(({ entry }) => entry);
  }

  /**
   * What came before an entry happened no later: the hub's clock was set back where the times say otherwise.
   * @param {number} at
   */
  #inOrder(at) {
    for (const one of [...this.#queue, ...this.#entries]) one.at = Math.min(one.at, at);
  }

  /**
   * @param {object} doc of a snapshot
   * @param {Time} time
   * @returns {Moment}
   */
  #filledAt(doc, time) {
    const revealed = revealedAt(doc);
    if (revealed !== null) return momentOf(revealed, time);
    return { at: this.#filled ? time.now : LONG_AGO, wrote: null };
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
 * @param {number} wrote server time (ms)
 * @param {Time} time
 * @returns {Moment}
 */
function momentOf(wrote, { now, offset, sure }) {
  return { at: offset === null ? now : Math.min(now, wrote - offset), wrote: sure ? null : wrote };
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
