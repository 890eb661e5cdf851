/** What this page knows: documents by key, and the sequence number up to which they are complete. */

/** @typedef {import('#hub/live/documents.js').DocumentByKey} DocumentByKey */
/** @typedef {keyof DocumentByKey} Kind a key, or the prefix of a family of keys */
/** @typedef {Extract<Kind, `${string}/`>} Prefix */
/** @typedef {{[K in Kind]: K extends Prefix ? `${K}${string}` : K}[Kind]} Key */
/**
 * The type of the document at a key.
 * @template {Key} K
 * @typedef {{[P in Kind]: K extends (P extends Prefix ? `${P}${string}` : P) ? DocumentByKey[P] : never}[Kind]} DocAt
 */
/** @typedef {Record<string, any>} Doc a document of any kind, as it comes over the wire */
/** @typedef {import('#hub/live/documents.js').FactByTopic} FactByTopic */
/**
 * The names of a fact's own fields.
 * @template F
 * @typedef {F extends Record<string, never> ? never : F extends unknown ? keyof F : never} FieldsOf
 */
/**
 * The type of the field N in the facts that have it.
 * @template {PropertyKey} N
 * @template F
 * @typedef {F extends Record<string, never> ? never : F extends Record<N, infer V> ? V : never} FieldOf
 */
/** @typedef {FactByTopic[keyof FactByTopic]} AnyFact */
/** @typedef {{[N in FieldsOf<AnyFact>]?: FieldOf<N, AnyFact>} & {by?: string, actor?: string}} Facts what a fact says of itself beside
 *   the documents; each topic has some of these fields */
/** @typedef {Omit<import('#hub/live/documents.js').Entry, 'stream' | 'body'> & {stream: string, body: Facts & {docs?: Record<string, object | null>}}} Entry */
/** @typedef {(changed: Set<string>, entries: Entry[]) => void} Subscriber `entries` is empty when everything was replaced */

const order = new Intl.Collator('en', { numeric: true });

export class Store {
  /** @type {Map<string, Doc>} */
  #docs = new Map();
  /** @type {Map<string, readonly Doc[]>} what was asked for by prefix and has not changed since */
  #families = new Map();
  #head = 0;
  #version = 0;
  /** @type {Set<Subscriber>} */
  #subscribers = new Set();

  /** The sequence number of the last entry taken in. */
  get head() {
    return this.#head;
  }

  /** Another number after each change. */
  get version() {
    return this.#version;
  }

  /** All documents by key. */
  get documents() {
    return Object.fromEntries(this.#docs);
  }

  /**
   * Replace everything by a snapshot taken at `head`.
   * @param {Record<string, object>} snapshot
   * @param {number} head
   */
  reset(snapshot, head) {
    const changed = new Set([...this.#docs.keys(), ...Object.keys(snapshot)]);
    const docs = new Map(Object.entries(snapshot));
    this.#forgetFamilies([...changed].filter((key) => docs.get(key) !== this.#docs.get(key)));
    this.#docs = docs;
    this.#head = head;
    this.#notify(changed, []);
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
    if (taken.length > 0) this.#notify(changed, taken);
    if (coming.some((entry) => entry.seq > this.#head)) return 'gap';
    return taken.length > 0 ? 'applied' : 'seen';
  }

  /**
   * @template {Key} K
   * @param {K} key
   * @returns {DocAt<K> | undefined}
   */
  get(key) {
    return /** @type {DocAt<K> | undefined} */ (this.#docs.get(key));
  }

  /**
   * The documents whose key begins with `prefix` (`award/`), by their `position` or `order`, then by key. It is the same array until
   * one of them changes.
   * @template {Prefix} P
   * @param {P} prefix
   * @returns {readonly DocumentByKey[P][]}
   */
  all(prefix) {
    const found = this.#families.get(prefix) ?? this.#inOrder(prefix);
    this.#families.set(prefix, found);
    return /** @type {readonly DocumentByKey[P][]} */ (found);
  }

  /** @param {string} prefix */
  #inOrder(prefix) {
    return [...this.#docs]
      .filter(([key]) => key.startsWith(prefix))
      .toSorted(([keyA, a], [keyB, b]) => place(a) - place(b) || order.compare(keyA, keyB))
      .map(([, doc]) => doc);
  }

  /** @param {string[]} changed keys */
  #forgetFamilies(changed) {
    for (const prefix of [...this.#families.keys()]) if (changed.some((key) => key.startsWith(prefix))) this.#families.delete(prefix);
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
    this.#forgetFamilies(Object.keys(docs));
  }

  /**
   * @param {Set<string>} changed
   * @param {Entry[]} entries
   */
  #notify(changed, entries) {
    this.#version += 1;
    for (const subscriber of [...this.#subscribers]) subscriber(changed, entries);
  }
}

/** @param {Doc} doc */
function place(doc) {
  return doc.position ?? doc.order ?? 0;
}
