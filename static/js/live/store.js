/** What this page knows: documents by key, and the sequence number up to which they are complete. */

/** @typedef {Record<string, any>} Doc */
/** @typedef {{stream: string, seq: number, topic: string, at: string, body: {docs?: Record<string, Doc | null>, [field: string]: any}}} Entry */
/** @typedef {(changed: Set<string>, entries: Entry[]) => void} Subscriber `entries` is empty when everything was replaced */

const order = new Intl.Collator('en', { numeric: true });

export class Store {
  /** @type {Map<string, Doc>} */
  #docs = new Map();
  #head = 0;
  /** @type {Set<Subscriber>} */
  #subscribers = new Set();

  /** The sequence number of the last entry taken in. */
  get head() {
    return this.#head;
  }

  /**
   * Replace everything by a snapshot taken at `head`.
   * @param {Record<string, Doc>} snapshot
   * @param {number} head
   */
  reset(snapshot, head) {
    const changed = new Set([...this.#docs.keys(), ...Object.keys(snapshot)]);
    this.#docs = new Map(Object.entries(snapshot));
    this.#head = head;
    this.#tell(changed, []);
  }

  /**
   * Take entries in, in any order. What comes next is applied, what was seen is dropped; at a missing number it stops.
   * @param {Entry[]} entries
   * @returns {'applied' | 'seen' | 'gap'} `gap`: something between is missing, ask for it
   */
  apply(entries) {
    /** @type {Entry[]} */
    const taken = [];
    const changed = new Set(/** @type {string[]} */ ([]));
    const coming = entries.toSorted((a, b) => a.seq - b.seq).filter((entry) => entry.seq > this.#head);
    for (const entry of coming) {
      if (entry.seq <= this.#head) continue;
      if (entry.seq > this.#head + 1) break;
      this.#merge(entry.body.docs ?? {}, changed);
      this.#head = entry.seq;
      taken.push(entry);
    }
    if (taken.length > 0) this.#tell(changed, taken);
    if (coming.some((entry) => entry.seq > this.#head)) return 'gap';
    return taken.length > 0 ? 'applied' : 'seen';
  }

  /**
   * @param {string} key
   * @returns {Doc | undefined}
   */
  get(key) {
    return this.#docs.get(key);
  }

  /**
   * The documents whose key begins with `prefix` (`award/`), by their `position` or `order`, then by key.
   * @param {string} prefix
   * @returns {Doc[]}
   */
  all(prefix) {
    return [...this.#docs]
      .filter(([key]) => key.startsWith(prefix))
      .toSorted(([keyA, a], [keyB, b]) => place(a) - place(b) || order.compare(keyA, keyB))
      .map(([, doc]) => doc);
  }

  /**
   * Call `subscriber` after each change.
   * @param {Subscriber} subscriber
   * @returns {() => void} stops it
   */
  subscribe(subscriber) {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /**
   * @param {Record<string, Doc | null>} docs
   * @param {Set<string>} changed
   */
  #merge(docs, changed) {
    for (const [key, doc] of Object.entries(docs)) {
      changed.add(key);
      if (doc === null) this.#docs.delete(key);
      else this.#docs.set(key, doc);
    }
  }

  /**
   * @param {Set<string>} changed
   * @param {Entry[]} entries
   */
  #tell(changed, entries) {
    for (const subscriber of [...this.#subscribers]) subscriber(changed, entries);
  }
}

/** @param {Doc} doc */
function place(doc) {
  return doc.position ?? doc.order ?? 0;
}
