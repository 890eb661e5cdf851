/** A small honest server and socket for the connection's tests. */

/** @typedef {import('#hub/live/store.js').Entry} Entry */
/** @typedef {import('#hub/live/store.js').Doc} Doc */

/**
 * @param {number} seq
 * @param {Record<string, object | null>} docs
 * @returns {Entry}
 */
export function entry(seq, docs = { [`gate/${seq}`]: { seq } }) {
  return { stream: 'public', seq, topic: 'CueStarted', at: '2021-12-02T00:20:00.000Z', body: { docs } };
}

/** Keeps a journal and answers the state request as the contract says. */
export class FakeServer {
  /** @type {Entry[]} */
  journal = [];
  /** @type {string[]} */
  asked = [];
  /** @type {number[]} statuses to answer with before telling the truth; 0 is a network failure */
  troubles = [];
  cached = false;

  /** @param {number} count */
  append(count = 1) {
    const fresh = Array.from({ length: count }, (_, index) => entry(this.head + 1 + index));
    this.journal.push(...fresh);
    return fresh;
  }

  get head() {
    return this.journal.at(-1)?.seq ?? 0;
  }

  /** @returns {Record<string, Doc>} */
  get snapshot() {
    return Object.fromEntries(this.journal.map(({ seq }) => [`gate/${seq}`, { seq }]));
  }

  /** @type {typeof globalThis.fetch} */
  fetch = async (input, init) => {
    const url = new URL(String(input), 'http://hub.test');
    this.asked.push(url.pathname + url.search);
    const trouble = this.troubles.shift();
    if (trouble === 0) throw new TypeError('network failure');
    if (trouble) return Response.json({ error: { code: 'in_trouble' } }, { status: trouble });
    const after = url.searchParams.get('after');
    const state = this.state(after === null ? null : Number(after));
    const id = new Headers(init?.headers).get('X-Request-Id') ?? '';
    const headers = { 'X-Request-Id': this.cached ? 'of an earlier question' : id };
    return Response.json(state, { headers });
  };

  /** @param {number | null} after */
  state(after) {
    const common = { stream: 'public', head: this.head, now: '2021-12-02T00:20:00.000Z' };
    if (after === null) return { ...common, snapshot: this.snapshot };
    return { ...common, entries: this.journal.filter(({ seq }) => seq > after) };
  }
}

/** The client end of a socket, driven by the test as the server would. */
export class FakeSocket {
  active = true;
  connects = 0;
  closed = false;
  /** @type {{event: string, data: any}[]} what the page sent; `data` of a question is how to answer it */
  sent = [];
  /** @type {Map<string, Array<(...args: any[]) => void>>} */
  #listeners = new Map();
  /** @type {(give: (data: object) => void) => void} */
  #auth;

  /** @param {(give: (data: object) => void) => void} auth */
  constructor(auth) {
    this.#auth = auth;
  }

  /** What the client would say of itself if it connected now. @returns {object | null} */
  get introduction() {
    /** @type {object | null} */
    let said = null;
    this.#auth((data) => {
      said = data;
    });
    return said;
  }

  /** @param {string} event @param {(...args: any[]) => void} listener */
  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  /** @param {string} event @param {any} data */
  emit(event, data) {
    this.sent.push({ event, data });
  }

  connect() {
    this.connects += 1;
    this.active = true;
  }

  disconnect() {
    this.closed = true;
    this.active = false;
  }

  /** @param {string} event @param {...any} args */
  receive(event, ...args) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...args);
  }
}
