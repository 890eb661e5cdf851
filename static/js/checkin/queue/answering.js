/** What a device answers to a scan itself, by its roster, while the server is silent. What it does then is on the disk before it is shown. */

/** @typedef {import('#hub/checkin/queue/scan.js').Scan} Scan */
/** @typedef {import('#hub/checkin/queue/environment.js').Environment} Environment */
/** @typedef {{answer: (body: Record<string, unknown>) => Promise<import('#hub/checkin/queue/local-answer.js').Local | null>,
 *   seen?: (scan: Scan) => unknown}} Roster `answer`: null when it knows nothing; `seen`: told of each answer of the server */

/** How long somebody waits for the server before the device answers itself. */
const PATIENCE_MS = 1_000;

export class Answering {
  #environment;
  #reached;
  #onChange;
  /** @type {Roster} */
  #roster = { answer: async () => null };

  /**
   * @param {Environment} environment
   * @param {() => boolean} reached whether the server answered when it was last asked
   * @param {(scan: Scan) => void} onChange called with each scan that the device answered
   */
  constructor(environment, reached, onChange) {
    this.#environment = environment;
    this.#reached = reached;
    this.#onChange = onChange;
  }

  /** Ask somebody who knows badges without the network. @param {Roster} roster */
  by(roster) {
    this.#roster = roster;
  }

  /** The server has answered. @param {Scan} scan */
  seen(scan) {
    this.#roster.seen?.(scan);
  }

  /**
   * Answer a scan, if the server does not in time; at once when there is no hope.
   * @param {Scan} scan that is on the disk
   */
  async answer(scan) {
    if (!this.#reached() || !this.#environment.online()) await this.#answerNow(scan);
    else void this.#environment.wait(PATIENCE_MS).then(() => this.#answerNow(scan));
  }

  /** @param {Scan} scan */
  async #answerNow(scan) {
    if (scan.phase !== 'sending') return;
    const local = await this.#roster.answer(scan.body).catch(() => null);
    if (scan.phase !== 'sending') return;
    if (local) {
      scan.local = local;
      scan.body = { ...scan.body, acted: local.acted };
      if (!(await amend(this.#environment.vault, scan))) return;
    }
    scan.phase = local ? 'local' : 'retrying';
    this.#onChange(scan);
  }
}

/**
 * Put what is new about a scan on the disk.
 * @param {Environment['vault']} vault
 * @param {Scan} scan
 * @returns {Promise<boolean>} false: the server has answered meanwhile
 */
export async function amend(vault, scan) {
  if (!scan.saved) return scan.open;
  return vault.amend(scan.record).catch(() => scan.open);
}
