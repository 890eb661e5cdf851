/**
 * The list by which a paired device knows badges without the network: fetched once a minute when it changed, sealed on the disk, and forgotten
 * when it is too old or the device may not have it any more.
 */
import { answerHere, companyOf, personOf } from '#hub/checkin/queue/local-answer.js';

/** @typedef {import('#hub/checkin/queue/local-answer.js').RosterDoc} RosterDoc */
/** @typedef {import('#hub/checkin/queue/local-answer.js').Passed} Passed */
/** @typedef {import('#hub/checkin/queue/local-answer.js').Who} Who */
/** @typedef {import('#hub/checkin/queue/local-answer.js').Local} Local */
/** @typedef {import('#hub/checkin/queue/local-answer.js').Companion} Companion */
/** @typedef {import('#hub/checkin/queue/scan.js').Scan} Scan */
/** @typedef {{tag: string, doc: RosterDoc}} Kept */
/** @typedef {{badges: number, asOf: string} | null} Status null: nothing is known here */
/** @typedef {{fetch: typeof globalThis.fetch, now: () => number, clock: Pick<import('#hub/checkin/queue/device-clock.js').DeviceClock, 'offset' | 'heard'>,
 *   vault: import('#hub/checkin/queue/vault.js').Vault}} Environment */

/** Two clocks agree no better. */
const TOLERANCE_MS = 60_000;
const KEPT_OF_DIGEST = 32;
const MOST_PASSED = 5_000;
const TIMEOUT_MS = 20_000;

export class Roster {
  #url;
  #environment;
  #onStatus;
  /** @type {Kept | null} */
  #kept = null;
  /** @type {Passed[]} */
  #passed = [];
  /** Of every question that is on its way. */
  #attempt = new AbortController();
  /** @type {Promise<unknown>} one thing is written after another: what is forgotten is not written again */
  #writing = Promise.resolve();
  #refused = false;
  /** @type {Promise<void> | null} the question that is on its way */
  #asking = null;
  /** @type {Promise<void> | null} the one after it */
  #next = null;

  /**
   * @param {string} url
   * @param {Environment} environment
   * @param {(status: Status) => void} onStatus called when what is known changed
   */
  constructor(url, environment, onStatus) {
    this.#url = url;
    this.#environment = environment;
    this.#onStatus = onStatus;
  }

  /** @returns {Status} */
  get status() {
    const doc = this.#valid();
    return doc && { badges: doc.badges.length, asOf: doc.as_of };
  }

  /** Whether the hub said that this device may not have the list any more. */
  get refused() {
    return this.#refused;
  }

  /** Take what an earlier page left on the disk. */
  async load() {
    const { vault } = this.#environment;
    this.#kept = await vault.roster().catch(() => null);
    this.#passed = byGuest((await vault.passed().catch(() => null)) ?? [], this.#kept);
    if (this.#kept && !this.#valid()) await this.forget();
    this.#onStatus(this.status);
  }

  /**
   * Fetch the roster if it changed; without the network nothing happens, and who may not have it any more forgets it. Whoever asks while a list
   * is on its way waits for it, and then asks whether it changed: nobody fetches it twice.
   * @returns {Promise<void>}
   */
  refresh() {
    if (this.#asking) {
      this.#next ??= this.#asking.catch(() => {}).then(() => {
        this.#next = null;
        return this.refresh();
      });
      return this.#next;
    }
    this.#asking = this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask() {
    const { fetch, now, clock } = this.#environment;
    const t0 = now();
    const signal = AbortSignal.any([this.#attempt.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = { Accept: 'application/json', ...(this.#kept && { 'If-None-Match': `"${this.#kept.tag}"` }) };
    const response = await fetch(this.#url, { headers, cache: 'no-store', signal }).catch(() => null);
    if (!response || signal.aborted) return this.#onStatus(this.status);
    clock.heard(response, t0, now());
    if (response.status === 401 || response.status === 403) await this.lose();
    if (response.status === 304 && this.#kept) await this.#keep({ ...this.#kept, doc: { ...this.#kept.doc, ...span(response) } });
    if (response.status === 200) await this.#take(response, signal);
    this.#onStatus(this.status);
  }

  /**
   * Answer a scan; null when nothing is known here.
   * @param {Record<string, unknown>} body
   * @returns {Promise<Local | null>}
   */
  async answer(body) {
    const doc = this.#valid();
    if (!doc) await this.forget();
    if (!doc) return null;
    const who = await whoOf(doc.salt, body);
    const asked = { ...who, gate: String(body.gate), direction: body.direction === 'out' ? /** @type {const} */ ('out') : /** @type {const} */ ('in'), at: Date.parse(String(body.at)) };
    const local = answerHere(doc, asked, this.#passed);
    if (local?.acted === 'admitted') await this.#note(doc, body, who);
    return local;
  }

  /**
   * A guest and those who come with them, as it is now.
   * @param {string} guest
   * @param {string} gate
   * @returns {{people: Companion[], asOf: string} | null} null when nothing is known here
   */
  company(guest, gate) {
    const doc = this.#valid();
    const person = doc && personOf(doc, { guest });
    return person ? { people: companyOf(doc, person, { gate, at: this.#at, passed: this.#passed }), asOf: doc.as_of } : null;
  }

  /**
   * Remember whom the server let through here, so that they are known when their badge comes back over the rope.
   * @param {Scan} scan an answered one
   */
  async seen(scan) {
    const doc = this.#valid();
    const passed = ['admitted', 'left'].includes(scan.answer?.data?.verdict);
    if (!doc || !passed || scan.phase !== 'confirmed' || scan.local?.acted === 'admitted') return;
    await this.#note(doc, scan.body, await whoOf(doc.salt, scan.body));
  }

  /** The hub says that the device may not know anybody any more: at once, whatever answer is still on its way. Scans that wait stay. */
  async lose() {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    this.#refused = true;
    this.#passed = [];
    await this.forget();
    await this.#write((vault) => vault.forgetPeople());
  }

  /** The pairing ended, or the roster is too old: its key goes, and with it what it locks. */
  async forget() {
    this.#kept = null;
    await this.#write((vault) => vault.forgetRoster());
    this.#onStatus(null);
  }

  /** The time of the server, as far as this device knows it (ms since 1970). */
  get #at() {
    const { now, clock } = this.#environment;
    return now() + (clock.offset ?? 0);
  }

  /** @returns {RosterDoc | null} */
  #valid() {
    if (!this.#kept) return null;
    const { doc } = this.#kept;
    const at = this.#at;
    return Date.parse(doc.as_of) - TOLERANCE_MS <= at && at < Date.parse(doc.expires_at) ? doc : null;
  }

  /**
   * @param {Response} response
   * @param {AbortSignal} signal
   */
  async #take(response, signal) {
    const doc = await response.json().catch(() => null);
    if (doc && !signal.aborted) await this.#keep({ tag: (response.headers.get('ETag') ?? '').replace(/^W\/|"/g, ''), doc });
  }

  /** @param {Kept} kept */
  async #keep(kept) {
    this.#kept = kept;
    this.#refused = false;
    await this.#write((vault) => vault.keepRoster(kept));
  }

  /** @param {(vault: Environment['vault']) => Promise<unknown>} work */
  #write(work) {
    this.#writing = this.#writing.then(() => work(this.#environment.vault)).catch(() => {});
    return this.#writing;
  }

  /**
   * @param {RosterDoc} doc
   * @param {Record<string, unknown>} body
   * @param {Who} who
   */
  async #note(doc, body, who) {
    const guest = personOf(doc, who)?.guest;
    const point = doc.rules.gates.find(({ id }) => id === body.gate)?.point;
    if (!this.#kept || !guest || !point) return;
    const passed = { guest, point, direction: String(body.direction), at: Date.parse(String(body.at)) };
    this.#passed = [...this.#passed, passed].toSorted((a, b) => a.at - b.at).slice(-MOST_PASSED);
    const all = this.#passed;
    await this.#write((vault) => vault.keepPassed(all));
  }
}

/**
 * How long what the device has holds, as the server says when it did not change.
 * @param {Response} response
 * @returns {Partial<Pick<RosterDoc, 'as_of' | 'expires_at'>>}
 */
function span({ headers }) {
  const [as_of, expires_at] = [headers.get('X-Roster-As-Of'), headers.get('X-Roster-Expires-At')];
  return as_of && expires_at ? { as_of, expires_at } : {};
}

/**
 * What a device let through, by guest. A page of before wrote down digests of badges.
 * @param {(Passed | Omit<Passed, 'guest'> & {digest: string})[]} passed
 * @param {Kept | null} kept
 * @returns {Passed[]}
 */
function byGuest(passed, kept) {
  return passed.flatMap((one) => {
    if ('guest' in one) return one;
    const { digest, ...rest } = one;
    const guest = kept && personOf(kept.doc, { digests: [digest] })?.guest;
    return guest ? { ...rest, guest } : [];
  });
}

/**
 * Whom a scan is about: the digests of its token and of what that may have been, or the guest whom staff named.
 * @param {string} salt
 * @param {Record<string, unknown>} body
 * @returns {Promise<Who>}
 */
async function whoOf(salt, body) {
  if (typeof body.guest === 'string') return { guest: body.guest };
  const also = Array.isArray(body.also) ? body.also : [];
  return { digests: await Promise.all([body.token, ...also].map(async (token) => (await sha256(salt + (await sha256(String(token))))).slice(0, KEPT_OF_DIGEST))) };
}

/** @param {string} text @returns {Promise<string>} hexadecimal digits */
async function sha256(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
