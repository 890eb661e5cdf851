/** A rehearsal as the console reads it: its lanes and cues under the keys that those of the live run have, everything else as it is. */
import { Store } from '#hub/live/store.js';
import { runTime } from '#hub/web/run-clock.js';

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {import('#hub/live/store.js').Subscriber} Subscriber */

/** Families of documents that belong to a run. */
const OF_RUN = ['segment', 'lane', 'cue', 'driving', 'notes', 'award', 'calling', 'group', 'layer', 'rounds'];

export class RunView extends Store {
  #store;
  #run;

  /**
   * @param {Store} store of the operator's stream
   * @param {string} run the id of the rehearsal
   */
  constructor(store, run) {
    super();
    this.#store = store;
    this.#run = run;
  }

  /** @override */
  get head() {
    return this.#store.head;
  }

  /** @override */
  get version() {
    return this.#store.version;
  }

  /** @override */
  get documents() {
    return this.#store.documents;
  }

  /**
   * @override
   * @template {import('#hub/live/store.js').Key} K
   * @param {K} key
   * @returns {import('#hub/live/store.js').DocAt<K> | undefined}
   */
  get(key) {
    return /** @type {any} */ (this.#inRun(key, this.#store.get(/** @type {any} */ (this.#keyOf(key)))));
  }

  /**
   * @override
   * @template {import('#hub/live/store.js').Prefix} P
   * @param {P} prefix
   * @returns {readonly import('#hub/live/store.js').DocumentByKey[P][]}
   */
  all(prefix) {
    const docs = this.#store.all(/** @type {any} */ (this.#keyOf(prefix)));
    return /** @type {any} */ (prefix === 'lane/' ? docs.map((doc) => this.#inRun(prefix, doc)) : docs);
  }

  /**
   * @override
   * @param {Entry[]} entries
   */
  apply(entries) {
    return this.#store.apply(entries);
  }

  /**
   * Subscribers hear of every change, but of those entries only that are about this run.
   * @override
   * @param {Subscriber} subscriber
   */
  subscribe(subscriber) {
    return this.#store.subscribe((changed, entries) => subscriber(changed, entries.filter(({ body }) => body.run === this.#run)));
  }

  /**
   * A lane says when its acts were commanded; here, when that was in the rehearsal.
   * @param {string} key
   * @param {any} doc
   */
  #inRun(key, doc) {
    if (!doc || !key.startsWith('lane/')) return doc;
    const clock = this.#store.get(`rehearsal/${this.#run}`)?.clock;
    const at = (/** @type {any} */ step) => step && { ...step, at: new Date(runTime(clock, Date.parse(step.at))).toISOString() };
    return { ...doc, undo: at(doc.undo), redo: at(doc.redo) };
  }

  /** @param {string} key */
  #keyOf(key) {
    const [family, ...rest] = key.split('/');
    return OF_RUN.includes(family) && rest.length > 0 ? `rehearsal-${family}/${this.#run}/${rest.join('/')}` : key;
  }
}
