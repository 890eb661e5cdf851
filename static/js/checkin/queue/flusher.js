/** Sends what waits on a device: in order, in small batches, again and again until the server has answered. */
import { contact, post, upload } from '#hub/checkin/queue/posting.js';
import { asSent, asTold, hasGate, LATE_MS } from '#hub/checkin/queue/scan.js';

/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/checkin/queue/vault.js').Waiting} Waiting */
/** @typedef {null | 'unreached' | 'signed_out'} Trouble why scans wait: no answer came, or nobody is signed in who may send them */
/** @typedef {'confirmed' | 'refused' | 'quarantined'} Settled */
/** @typedef {{unsaved: () => Waiting[], settle: (sent: Waiting, phase: Settled, answer: Answer) => Promise<void>, told: () => void}} Owner
 *   `unsaved`: scans that are not on the disk; `settle`: called in the order of the scans; `told`: called when it got on, or no further */

/** The first batch is small, so that its answers come at once; a scan of just now goes with whatever batch is next. */
const FIRST_BATCH = 20;
const BATCH = 50;
const RETRY_MS = 1_000;
const SIGNED_OUT_RETRY_MS = 5_000;

export class Flusher {
  /** @type {Trouble} */
  trouble = null;
  #url;
  #environment;
  #owner;
  /** @type {Promise<void> | null} */
  #running = null;
  #again = false;
  #attempt = new AbortController();
  #retry = 0;

  /**
   * @param {string} url
   * @param {import('#hub/checkin/queue/environment.js').Environment} environment
   * @param {Owner} owner
   */
  constructor(url, environment, owner) {
    this.#url = url;
    this.#environment = environment;
    this.#owner = owner;
  }

  /** Send what waits; after trouble a try that hangs is given up for a new one. */
  flush() {
    if (this.#running) {
      this.#again = true;
      if (this.trouble === 'unreached') this.#attempt.abort();
      return this.#running;
    }
    this.#retry += 1;
    this.#running = this.#environment.tabs.alone(() => this.#sendAll()).then(
      () => this.#ended(),
      () => this.#ended(),
    );
    return this.#running;
  }

  #ended() {
    this.#running = null;
    this.#owner.told();
    if (this.#again && this.trouble === null) {
      this.#again = false;
      void this.flush();
    } else if (this.trouble !== null) {
      void this.#tryLater();
    }
  }

  /** The timer; a flush for another reason takes its place. */
  async #tryLater() {
    const mine = this.#retry;
    this.#again = false;
    await this.#environment.wait(this.trouble === 'unreached' ? RETRY_MS : SIGNED_OUT_RETRY_MS);
    if (this.#retry === mine) void this.flush();
  }

  async #sendAll() {
    if (this.trouble === 'unreached' && !(await contact(this.#environment))) return;
    /** @type {Set<string>} scans over which the server failed: others do not wait for them */
    const failed = new Set();
    for (let size = FIRST_BATCH; ; ) {
      this.#again = false;
      const batch = this.#next((await this.#waiting()).filter(({ id }) => !failed.has(id)), size);
      if (batch.length === 0) return this.#stop(failed.size > 0 ? 'unreached' : null);
      const outcome = await this.#send(batch);
      if (outcome.kind === 'none' || archived(outcome)) return this.#stop('unreached');
      if (outcome.kind === 'signed_out' && !(await this.#upload(batch))) return this.#stop('signed_out');
      if (outcome.kind === 'signed_out') continue;
      size = await this.#took(batch, outcome, failed);
      this.#owner.told();
    }
  }

  /** @param {Trouble} trouble */
  #stop(trouble) {
    this.trouble = trouble;
  }

  /**
   * @param {Waiting[]} waiting
   * @param {number} size
   */
  #next(waiting, size) {
    const now = this.#environment.now();
    const late = waiting.slice(size).filter(({ made }) => now - made < LATE_MS);
    return [...waiting.slice(0, size), ...(size > 1 ? late.slice(0, FIRST_BATCH) : [])];
  }

  /** @param {Waiting[]} batch */
  #send(batch) {
    this.#attempt = new AbortController();
    const { now, clock } = this.#environment;
    const scans = batch.map((one) => asSent(asTold(one, now()), now(), clock.offset));
    return post(`${this.#url}/batch`, { scans }, this.#attempt.signal, this.#environment);
  }

  /**
   * Send what an ended device still has by its key: people decide about it on the desk.
   * @param {Waiting[]} batch
   * @returns {Promise<boolean>} whether it was taken
   */
  async #upload(batch) {
    const { now, clock } = this.#environment;
    const scans = batch.map((one) => asSent(one, now(), clock.offset));
    const outcome = await upload(this.#url.replace(/redeem$/, 'device/upload'), { scans }, this.#attempt.signal, this.#environment);
    if (outcome.kind !== 'answer' || !outcome.answer.ok) return false;
    this.trouble = null;
    return (await this.#answered(batch, outcome.answer)).length === 0;
  }

  /**
   * Take what came back. A batch over which the server failed, or that it did not take as a whole, is sent scan by scan.
   * @param {Waiting[]} batch
   * @param {{kind: 'answer', answer: Answer} | {kind: 'broken'}} outcome
   * @param {Set<string>} failed
   * @returns {Promise<number>} how many to send next
   */
  async #took(batch, outcome, failed) {
    const [only] = batch;
    if (outcome.kind === 'answer' && outcome.answer.ok) {
      this.trouble = null;
      for (const id of await this.#answered(batch, outcome.answer)) failed.add(id);
      return batch.length > 1 ? BATCH : FIRST_BATCH;
    }
    if (batch.length === 1 && only) {
      if (outcome.kind === 'answer') await this.#owner.settle(only, 'refused', outcome.answer);
      else failed.add(only.id);
    }
    return 1;
  }

  /**
   * @param {Waiting[]} batch
   * @param {Answer} answer
   * @returns {Promise<string[]>} the scans that were left out
   */
  async #answered(batch, answer) {
    const byId = new Map(answer.data.answers.map((/** @type {{scan_id: string}} */ one) => [one.scan_id, one]));
    for (const sent of batch) {
      const one = byId.get(sent.id);
      if (one) await this.#owner.settle(sent, phaseOf(one), asAlone(one, answer.status));
    }
    return batch.filter(({ id }) => !byId.has(id)).map(({ id }) => id);
  }

  /** What can be sent: the others wait until a gate is chosen. @returns {Promise<Waiting[]>} */
  async #waiting() {
    const kept = await this.#environment.vault.waiting().catch(() => []);
    const known = new Set(kept.map(({ id }) => id));
    const unsaved = this.#owner.unsaved().filter(({ id }) => !known.has(id));
    return [...kept, ...unsaved].filter(hasGate).toSorted((a, b) => a.made - b.made);
  }
}

/**
 * @param {{ok: boolean, quarantined?: boolean}} one an answer of a batch
 * @returns {Settled}
 */
function phaseOf(one) {
  if (one.quarantined) return 'quarantined';
  return one.ok ? 'confirmed' : 'refused';
}

/**
 * The answer as if the scan had been sent alone.
 * @param {any} one
 * @param {number} status
 * @returns {Answer}
 */
function asAlone(one, status) {
  const { code = '', message = '' } = one.error ?? {};
  return { ok: one.ok, status, code, message, data: one.ok ? one : { error: one.error } };
}

/**
 * Whether nothing is taken because the conference was archived: scans wait until it is brought back.
 * @param {import('#hub/checkin/queue/posting.js').Outcome} outcome
 */
function archived(outcome) {
  return outcome.kind === 'answer' && outcome.answer.code === 'archived';
}
