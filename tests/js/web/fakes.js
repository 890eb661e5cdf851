/** Timers, and a server of commands, that a test moves on by hand. */

/** Timers that the test moves on by hand. */
export class FakeTimers {
  now = 0;
  /** @type {Array<{at: number, fn: () => void}>} */
  #due = [];

  /** @param {number} ms @param {() => void} fn */
  after = (ms, fn) => {
    const timer = { at: this.now + ms, fn };
    this.#due.push(timer);
    return () => {
      this.#due = this.#due.filter((other) => other !== timer);
    };
  };

  /** @param {number} ms */
  async pass(ms) {
    const until = this.now + ms;
    await settle();
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.fn();
      await settle();
    }
    this.now = until;
  }
}

/** Let every promise that can go on do so. */
export function settle() {
  return new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
}

/** @typedef {import('#hub/web/commands.js').Options} Options */

/** Answers commands as the test says; while it says nothing, an answer is awaited. */
export class CommandServer {
  timers = new FakeTimers();
  /** @type {Record<string, any>[]} the bodies that arrived, each with its `url` and `csrf` */
  received = [];
  token = 'token-1';
  /** @type {import('#hub/web/session.js').Renewal} what a renewal of the form token comes to */
  renewal = 'same';
  renewals = 0;
  /** @type {Array<(response: Response | null) => void>} */
  #waiting = [];

  /** What `send` needs instead of the browser. */
  get environment() {
    return {
      fetch: this.#fetch,
      wait: (/** @type {number} */ ms) => /** @type {Promise<void>} */ (new Promise((resolve) => void this.timers.after(ms, () => resolve(undefined)))),
      session: { token: () => this.token, renew: async () => this.#renew() },
    };
  }

  /**
   * Answer the oldest open request; null is a network failure.
   * @param {object | null} data
   * @param {number} [status]
   */
  async answer(data, status = 200) {
    this.#waiting.shift()?.(data && Response.json(data, { status }));
    await settle();
  }

  /** @param {string} code @param {number} [status] @param {object} [more] */
  refuse(code, status = 409, more = {}) {
    return this.answer({ error: { code, message: `refused: ${code}`, ...more } }, status);
  }

  /**
   * Wait until so many requests have arrived, by the real clock.
   * @param {number} count
   */
  async arrived(count) {
    while (this.received.length < count) await settle();
  }

  /** Let time pass until the next try was sent. */
  async untilNextTry() {
    const before = this.received.length;
    for (let waited = 0; waited < 60_000 && this.received.length === before; waited += 100) await this.timers.pass(100);
  }

  /** @type {typeof globalThis.fetch} */
  #fetch = (url, init) => {
    this.received.push({ url, csrf: new Headers(init?.headers).get('X-CSRFToken'), ...JSON.parse(String(init?.body)) });
    return new Promise((resolve, reject) => {
      this.#waiting.push((response) => (response ? resolve(response) : reject(new TypeError('network failure'))));
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  };

  #renew() {
    this.renewals += 1;
    if (this.renewal === 'same') this.token = `token-${this.renewals + 1}`;
    return this.renewal;
  }
}
