/**
 * Sends scans and waits for the server's answer. A scan is never shown as admitted without it: when the network fails the
 * same scan, with the same `scan_id`, is sent again until it is answered or dismissed.
 */
import { backoff, pause } from '#hub/web/backoff.js';
import { send } from '#hub/web/command.js';

const SLOW_MS = 2_000;

/** @typedef {import('#hub/web/command.js').Answer} Answer */
/** @typedef {{token: string} | {guest: string}} Who */
/** @typedef {{gate: string, direction: 'in' | 'out', force?: boolean, at: string}} Circumstances */
/** @typedef {'sending' | 'unconfirmed' | 'answered' | 'refused' | 'dismissed'} State `unconfirmed`: sent, no answer yet, being sent again */
/** @typedef {{id: string, body: Record<string, unknown>, state: State, answer: Answer | null}} Scan */

export class Scans {
  #url;
  #onChange;
  #send;
  #wait;
  /** @type {Map<string, Scan>} */
  #open = new Map();

  /**
   * @param {string} url
   * @param {(scan: Scan) => void} onChange told of every change of a scan's state
   * @param {{send?: typeof send, wait?: (ms: number) => Promise<void>}} [environment]
   */
  constructor(url, onChange, environment = {}) {
    this.#url = url;
    this.#onChange = onChange;
    this.#send = environment.send ?? send;
    this.#wait = environment.wait ?? pause;
  }

  /** The scans without an answer so far. */
  get unanswered() {
    return [...this.#open.values()];
  }

  /**
   * @param {Who} who
   * @param {Circumstances} circumstances
   * @returns {Promise<Scan>} when it is answered, refused or dismissed
   */
  async submit(who, circumstances) {
    const id = crypto.randomUUID();
    /** @type {Scan} */
    const scan = { id, body: { command_id: id, scan_id: id, ...who, ...circumstances }, state: 'sending', answer: null };
    this.#open.set(id, scan);
    this.#onChange(scan);
    void this.#wait(SLOW_MS).then(() => this.#doubt(scan));
    await this.#untilAnswered(scan);
    this.#open.delete(id);
    return scan;
  }

  /**
   * Stop sending a scan again; whether the server got it stays open.
   * @param {string} id
   */
  dismiss(id) {
    const scan = this.#open.get(id);
    if (scan) this.#become(scan, 'dismissed');
  }

  /** @param {Scan} scan */
  async #untilAnswered(scan) {
    for (let round = 0; scan.state !== 'dismissed'; round += 1) {
      const answer = await this.#send(this.#url, scan.body, { wait: (ms) => this.#again(scan, ms) });
      if (!isOpen(scan)) return;
      if (answer.status !== 0) {
        scan.answer = answer;
        this.#become(scan, answer.ok ? 'answered' : 'refused');
        return;
      }
      await this.#again(scan, backoff(round));
    }
  }

  /**
   * @param {Scan} scan
   * @param {number} ms
   */
  async #again(scan, ms) {
    this.#doubt(scan);
    await this.#wait(ms);
  }

  /** @param {Scan} scan */
  #doubt(scan) {
    if (scan.state === 'sending') this.#become(scan, 'unconfirmed');
  }

  /**
   * @param {Scan} scan
   * @param {State} state
   */
  #become(scan, state) {
    scan.state = state;
    this.#onChange(scan);
  }
}

/** @param {Scan} scan */
function isOpen(scan) {
  return scan.state === 'sending' || scan.state === 'unconfirmed';
}
