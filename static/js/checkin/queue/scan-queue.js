/**
 * The scans of a gate, kept on the device until the server answers. A scan is on the disk before the screen shows anything; nothing leaves the
 * queue but by the server's answer, so a reload, a crash or an ended session lose nothing. All pages of a device send as one: in the order of the
 * scans, one request after another. What staff overrule is never kept: it is answered now, or not at all.
 */
import { amend, Answering } from '#hub/checkin/queue/answering.js';
import { inBrowser } from '#hub/checkin/queue/environment.js';
import { Flusher } from '#hub/checkin/queue/flusher.js';
import { sendLive } from '#hub/checkin/queue/live.js';
import { hasGate, Scan } from '#hub/checkin/queue/scan.js';
import { acts } from '#hub/checkin/queue/vault.js';

/** @typedef {{token: string, also?: string[]} | {guest: string}} Who */
/** @typedef {{gate?: string, direction: 'in' | 'out', force?: boolean} & Record<string, unknown>} Circumstances `gate` is left out before one was chosen */
/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/checkin/queue/flusher.js').Trouble} Trouble */
/** @typedef {import('#hub/checkin/queue/flusher.js').Settled} Settled */
/** @typedef {{count: number, unplaced: number, oldestAt: string | null, unsaved: number, trouble: Trouble}} Waiting `unplaced`: they wait until a gate is chosen;
 *   `unsaved`: no room on the disk, they are in memory only */

export class ScanQueue {
  #url;
  #onChange;
  #environment;
  #flusher;
  #answering;
  /** @type {Map<string, Scan>} the scans of this page, and of pages that are gone, in their order */
  #open = new Map();
  /** @type {(waiting: Waiting) => void} */
  #onWaiting = () => {};
  #last = { made: 0, at: 0 };
  /** @type {Promise<unknown>} one scan is written after another */
  #writing;

  /**
   * @param {{url: string, conf: string, device?: string | null}} hub `url`: where scans are sent to; `device`: as which this browser is paired
   * @param {(scan: Scan) => void} onChange called for every phase of a scan
   * @param {Partial<import('#hub/checkin/queue/environment.js').Environment>} [environment]
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
    this.#answering = new Answering(this.#environment, () => this.#flusher.trouble === null, onChange);
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
   * @param {import('#hub/checkin/queue/answering.js').Roster} roster
   */
  answerBy(roster) {
    this.#answering.by(roster);
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
    this.#answering.seen(scan);
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
    await amend(this.#environment.vault, scan);
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
    await this.#answering.answer(scan);
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
    this.#answering.seen(scan);
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
