/** The scans of a gate, any number under way at once. A scan is never shown as admitted without the server's answer. */
import { send } from '#hub/web/commands.js';

/** @typedef {import('#hub/web/commands.js').Command} Scan its id is the `scan_id`; `confirmed` means that `answer` holds a verdict */
/** @typedef {{token: string} | {guest: string}} Who */
/** @typedef {{gate: string, direction: 'in' | 'out', force?: boolean, at: string}} Circumstances */

export class Scans {
  #url;
  #onChange;
  #send;
  #now;
  /** @type {Map<string, Scan>} */
  #open = new Map();

  /**
   * @param {string} url
   * @param {(scan: Scan) => void} onChange called for every phase of a scan
   * @param {() => number} now the device's time, as the server's clock has it (ms)
   * @param {typeof send} [sender]
   */
  constructor(url, onChange, now, sender = send) {
    this.#url = url;
    this.#onChange = onChange;
    this.#now = now;
    this.#send = sender;
  }

  /** The scans that wait for an answer. */
  get open() {
    return [...this.#open.values()];
  }

  /**
   * Send a scan. Each try says when it was sent: the server knows by it how far the device's clock is off.
   * @param {Who} who
   * @param {Circumstances} circumstances
   * @returns {Scan}
   */
  submit(who, circumstances) {
    return this.#send(this.#url, { ...who, ...circumstances }, {
      idField: 'scan_id',
      eachTime: () => ({ sent_at: new Date(this.#now()).toISOString() }),
      onPhase: (scan) => this.#changed(scan),
    });
  }

  /** @param {Scan} scan */
  #changed(scan) {
    if (scan.open) this.#open.set(scan.id, scan);
    else this.#open.delete(scan.id);
    this.#onChange(scan);
  }
}
