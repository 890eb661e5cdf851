/** The pages of one device that scan at the same conference: which are open, whose turn it is to send, and what they tell each other. */

/** @typedef {{request: (name: string, work: () => Promise<unknown>) => Promise<unknown>, query: () => Promise<{held?: {name?: string}[]}>}} Locks the part of the browser's LockManager in use */

export class Tabs {
  /** The name of this page. */
  own = crypto.randomUUID();
  #conf;
  #locks;
  #channel;

  /**
   * @param {string} conf
   * @param {Locks | undefined} [locks]
   */
  constructor(conf, locks = /** @type {Locks | undefined} */ (/** @type {unknown} */ (globalThis.navigator?.locks))) {
    this.#conf = conf;
    this.#locks = locks;
    this.#channel = new BroadcastChannel(`checkin:${conf}`);
    void locks?.request(this.#nameOf(this.own), () => new Promise(() => {}));
  }

  /** The names of the pages that are open, this one among them. @returns {Promise<Set<string>>} */
  async living() {
    const prefix = this.#nameOf('');
    const held = (await this.#locks?.query())?.held ?? [];
    const names = held.map(({ name }) => name ?? '').filter((name) => name.startsWith(prefix));
    return new Set([this.own, ...names.map((name) => name.slice(prefix.length))]);
  }

  /**
   * Do `work` while no other page of the device does such work.
   * @param {() => Promise<unknown>} work
   */
  async alone(work) {
    if (this.#locks) await this.#locks.request(`checkin:${this.#conf}:sending`, work);
    else await work();
  }

  /** @param {object} message */
  tell(message) {
    this.#channel.postMessage(message);
  }

  /** @param {(message: any) => void} follower */
  onMessage(follower) {
    this.#channel.onmessage = ({ data }) => follower(data);
  }

  close() {
    this.#channel.close();
  }

  /** @param {string} tab */
  #nameOf(tab) {
    return `checkin:${this.#conf}:page:${tab}`;
  }
}
