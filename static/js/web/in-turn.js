/** Work on many parts of a page, one part in each task: what a hand does meanwhile comes between. */

export class InTurn {
  /** @type {Set<string>} */
  #waiting = new Set();
  #work;
  #before;

  /**
   * @param {(key: string) => void} work does the work on one part
   * @param {(key: string) => boolean} [before] whether a part comes before others; asked each time, as that changes
   */
  constructor(work, before = () => false) {
    this.#work = work;
    this.#before = before;
  }

  /** Whether any part waits. */
  get waits() {
    return this.#waiting.size > 0;
  }

  /**
   * Whether a part waits.
   * @param {string} key
   */
  has(key) {
    return this.#waiting.has(key);
  }

  /**
   * Have a part worked on when its turn comes; one that waits keeps its place.
   * @param {string} key
   */
  add(key) {
    if (!this.waits) setTimeout(() => this.#next());
    this.#waiting.add(key);
  }

  /**
   * A part needs no more work.
   * @param {string} key
   */
  delete(key) {
    this.#waiting.delete(key);
  }

  #next() {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const key = [...this.#waiting].find(this.#before) ?? first;
    this.#waiting.delete(key);
    if (this.waits) setTimeout(() => this.#next());
    this.#work(key);
  }
}
