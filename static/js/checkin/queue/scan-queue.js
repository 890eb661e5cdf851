/**
 * The scans of a gate, kept on the device until the server answers. A scan is on the disk before the screen shows anything; nothing leaves the
 * queue but by the server's answer, so a reload, a crash or an ended session lose nothing. All pages of a device send as one: in the order of the
 * scans, one request after another. What staff overrule is never kept: it is answered now, or not at all.
 */
import { pairingOf, uploadHeaders } from '#hub/checkin/device.js';
import { DeviceClock } from '#hub/checkin/queue/device-clock.js';
import { Flusher } from '#hub/checkin/queue/flusher.js';
import { sendLive } from '#hub/checkin/queue/live.js';
import { BROWSER } from '#hub/checkin/queue/posting.js';
import { hasGate, Scan } from '#hub/checkin/queue/scan.js';
import { Tabs } from '#hub/checkin/queue/tabs.js';
import { acts, Vault } from '#hub/checkin/queue/vault.js';
import { pause } from '#hub/web/backoff.js';

/** @typedef {{token: string, also?: string[]} | {guest: string}} Who */
/** @typedef {{gate?: string, direction: 'in' | 'out', force?: boolean} & Record<string, unknown>} Circumstances `gate` is left out before one was chosen */
/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/checkin/queue/flusher.js').Trouble} Trouble */
/** @typedef {import('#hub/checkin/queue/flusher.js').Settled} Settled */
/** @typedef {{count: number, unplaced: number, oldestAt: string | null, unsaved: number, trouble: Trouble}} Waiting `unplaced`: they wait until a gate is chosen;
 *   `unsaved`: no room on the disk, they are in memory only */
/** @typedef {{answer: (body: Record<string, unknown>) => Promise<import('#hub/checkin/queue/local-answer.js').Local | null>,
 *   seen?: (scan: Scan) => unknown}} Roster `answer`: null when it knows nothing; `seen`: told of each answer of the server */
/** @typedef {import('#hub/checkin/queue/posting.js').Network & {now: () => number, wait: (ms: number) => Promise<void>, online: () => boolean,
 *   vault: Vault, tabs: Tabs, clock: Pick<DeviceClock, 'offset' | 'heard'>}} Environment `now`: the device's clock (ms since 1970) */

/** How long somebody waits for the server before the device answers itself. */
const PATIENCE_MS = 1_000;

export class ScanQueue {
  #url;
  #onChange;
  #environment;
  #flusher;
  /** @type {Map<string, Scan>} the scans of this page, and of pages that are gone, in their order */
  #open = new Map();
  /** @type {Roster} */
  #roster = { answer: async () => null };
  /** @type {(waiting: Waiting) => void} */
  #onWaiting = () => {};
  #last = { made: 0, at: 0 };
  /** @type {Promise<unknown>} one scan is written after another */
  #writing;

  /**
   * @param {{url: string, conf: string, device?: string | null}} hub `url`: where scans are sent to; `device`: as which this browser is paired
   * @param {(scan: Scan) => void} onChange called for every phase of a scan
   * @param {Partial<Environment>} [environment]
   */
  constructor({ url, conf, device = null }, onChange, environment = {}) {
    this.#url = url;
    this.#onChange = onChange;
    this.#environment = inBrowser(conf, device, environment);
    this.#flusher = new Flusher(url, this.#environment, {
      unsaved: () => this.#unsaved.map(({ record }) => record),
      settle: (sent, phase, answer) => this.#settle(sent, phase, answer),
      told: () => this.#tellWaiting(),
    });
    this.#environment.tabs.onMessage((message) => this.#heard(message));
    this.#writing = this.#recover();
  }

  /** The scans that wait for an answer. */
  get open() {
    return [...this.#open.values()];
  }

  /** How many scans would be lost with this page: the disk has no room for them. */
  get unsaved() {
    return this.#unsaved.length;
  }

  get #unsaved() {
    return this.open.filter(({ saved }) => saved === false);
  }

  /** What keeps and times the scans: the roster uses the same. */
  get environment() {
    return this.#environment;
  }

  /** Resolves when every scan so far is kept and shown. */
  get settled() {
    return this.#writing;
  }

  /**
   * Ask somebody who knows badges without the network.
   * @param {Roster} roster
   */
  answerBy(roster) {
    this.#roster = roster;
  }

  /** @param {(waiting: Waiting) => void} follower called now and whenever it changes */
  onWaiting(follower) {
    this.#onWaiting = follower;
    this.#tellWaiting();
  }

  /**
   * Take a scan. It is shown when it is on the disk; when it happened is said by the device's clock.
   * @param {Who} who
   * @param {Circumstances} circumstances
   * @returns {Scan}
   */
  submit(who, circumstances) {
    const { tabs, clock } = this.#environment;
    const id = crypto.randomUUID();
    const made = Math.max(this.#environment.now(), this.#last.made + 1);
    const at = Math.max(made + (clock.offset ?? 0), this.#last.at + 1);
    this.#last = { made, at };
    const body = { ...who, ...circumstances, at: new Date(at).toISOString(), scan_id: id };
    const scan = new Scan({ id, made, ahead: clock.offset, tab: tabs.own, body });
    if (circumstances.force || circumstances.switch) void this.#overrule(scan);
    else this.#queue(scan);
    return scan;
  }

  /**
   * Take the gate that was chosen: scans from before then were made there too, those of an earlier page among them.
   * @param {string} gate
   */
  place(gate) {
    this.#writing = this.#writing.then(() => this.#placeAll(gate));
  }

  /** Send what waits, now: the network is back, or somebody looks at the page again. */
  flush() {
    return this.#flusher.flush();
  }

  /** @param {Scan} scan */
  #queue(scan) {
    this.#open.set(scan.id, scan);
    this.#writing = this.#writing.then(() => this.#take(scan));
  }

  /** @param {Scan} scan */
  async #overrule(scan) {
    this.#onChange(scan);
    const { phase, answer } = await sendLive(this.#url, scan, this.#environment);
    Object.assign(scan, { phase, answer });
    this.#roster.seen?.(scan);
    this.#onChange(scan);
  }

  /** Take over the scans of pages that are gone. */
  async #recover() {
    const { vault, tabs } = this.#environment;
    const left = await vault.waiting().catch(() => []);
    const made = Math.max(this.#last.made, ...left.map((one) => one.made));
    this.#last = { made, at: Math.max(this.#last.at, ...left.map(({ body }) => Date.parse(String(body.at)))) };
    const living = await tabs.living();
    const own = [...this.#open];
    this.#open.clear();
    for (const one of left.filter(({ tab }) => !living.has(tab))) this.#adopt(one);
    for (const [id, scan] of own) this.#open.set(id, scan);
    this.#tellWaiting();
    const waits = this.open.find(({ phase, recovered }) => phase === 'unplaced' && recovered);
    if (waits) this.#onChange(waits);
    if (left.length > 0) void this.flush();
  }

  /** @param {import('#hub/checkin/queue/vault.js').Waiting} left */
  #adopt(left) {
    const scan = new Scan({ ...left, recovered: true });
    scan.saved = true;
    if (scan.phase === 'sending') scan.phase = 'retrying';
    this.#open.set(scan.id, scan);
  }

  /** @param {Scan} scan */
  async #take(scan) {
    scan.saved = await this.#environment.vault.keep(scan.record).then(() => true, () => false);
    this.#onChange(scan);
    this.#tellWaiting();
    if (scan.phase !== 'unplaced') await this.#ask(scan);
  }

  /** @param {string} gate */
  async #placeAll(gate) {
    const { vault, tabs } = this.#environment;
    const left = (await vault.waiting().catch(() => [])).filter((one) => !hasGate(one) && !this.#open.has(one.id));
    const living = left.length > 0 ? await tabs.living() : new Set();
    for (const one of left.filter(({ tab }) => !living.has(tab))) this.#adopt(one);
    for (const scan of this.open.filter(({ phase }) => phase === 'unplaced')) await this.#placeAt(scan, gate);
  }

  /**
   * @param {Scan} scan
   * @param {string} gate
   */
  async #placeAt(scan, gate) {
    scan.body = { ...scan.body, gate };
    scan.phase = scan.recovered ? 'retrying' : 'sending';
    await this.#amend(scan);
    this.#onChange(scan);
    this.#tellWaiting();
    await this.#ask(scan);
  }

  /**
   * Ask the server, and after a while the roster.
   * @param {Scan} scan that is on the disk
   */
  async #ask(scan) {
    void this.flush();
    if (this.#flusher.trouble !== null || !this.#environment.online()) await this.#answerHere(scan);
    else void this.#environment.wait(PATIENCE_MS).then(() => this.#answerHere(scan));
  }

  /**
   * Answer by the roster. What the device does with it is on the disk before it is shown.
   * @param {Scan} scan
   */
  async #answerHere(scan) {
    if (scan.phase !== 'sending') return;
    const local = await this.#roster.answer(scan.body).catch(() => null);
    if (scan.phase !== 'sending') return;
    if (local) {
      scan.local = local;
      scan.body = { ...scan.body, acted: local.acted };
      if (!(await this.#amend(scan))) return;
    }
    scan.phase = local ? 'local' : 'retrying';
    this.#onChange(scan);
  }

  /**
   * @param {Scan} scan
   * @returns {Promise<boolean>} false: the server has answered meanwhile
   */
  async #amend(scan) {
    if (!scan.saved) return scan.open;
    return this.#environment.vault.amend(scan.record).catch(() => scan.open);
  }

  /**
   * Take the server's answer to a scan as it was sent. One that the device answered itself since then is sent again.
   * @param {import('#hub/checkin/queue/vault.js').Waiting} sent
   * @param {Settled} phase
   * @param {Answer} answer
   */
  async #settle(sent, phase, answer) {
    const { vault, tabs } = this.#environment;
    const scan = this.#open.get(sent.id);
    const unheard = scan?.saved === false && acts(scan) && !acts(sent);
    if (unheard || !(await vault.drop(sent).catch(() => true))) return;
    tabs.tell({ kind: 'answered', id: sent.id, phase, answer });
    if (!scan && !(await tabs.living()).has(sent.tab)) this.#adopt(sent);
    this.#show(sent.id, phase, answer);
  }

  /**
   * @param {string} id
   * @param {Settled} phase
   * @param {Answer} answer
   */
  #show(id, phase, answer) {
    const scan = this.#open.get(id);
    if (!scan) return;
    this.#open.delete(id);
    Object.assign(scan, { answer, phase });
    this.#roster.seen?.(scan);
    this.#onChange(scan);
  }

  /** @param {any} message what another page of this device says */
  #heard(message) {
    if (message.kind === 'answered') this.#show(message.id, message.phase, message.answer);
    this.#tellWaiting();
  }

  #tellWaiting() {
    void this.#environment.vault.waiting().catch(() => []).then((kept) => {
      const unsaved = this.#unsaved.map(({ record }) => record);
      const all = [...kept, ...unsaved].toSorted((a, b) => a.made - b.made);
      const oldestAt = all[0] ? String(all[0].body.at) : null;
      const unplaced = all.filter((one) => !hasGate(one)).length;
      this.#onWaiting({ count: all.length, unplaced, oldestAt, unsaved: unsaved.length, trouble: this.#flusher.trouble });
    });
  }
}

/**
 * @param {string} conf
 * @param {string | null} device
 * @param {Partial<Environment>} given
 * @returns {Environment}
 */
function inBrowser(conf, device, given) {
  const clock = given.clock ?? new DeviceClock(conf);
  return {
    ...BROWSER,
    now: () => Date.now(),
    wait: pause,
    online: () => navigator.onLine,
    uploadHeaders: () => (device && pairingOf(conf)?.device === device ? uploadHeaders(conf) : {}),
    heard: (response, t0, t1) => clock.heard(response, t0, t1),
    ...given,
    clock,
    vault: given.vault ?? new Vault(conf, device),
    tabs: given.tabs ?? new Tabs(conf),
  };
}
