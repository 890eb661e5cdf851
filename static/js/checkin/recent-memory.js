/** What the device did last, kept sealed on its disk so that the list and the undo survive a reload: with masked names, for half a day. */

/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */
/** @typedef {import('#hub/checkin/recent.js').Done} Done */
/** @typedef {Pick<import('#hub/checkin/queue/vault.js').Vault, 'keepDone' | 'dropDone' | 'done'>} Disk */
/** @typedef {{scan_id: string, may_undo: boolean, undone: boolean}} Standing how a scan stands by the server */

const KEPT_MS = 12 * 3_600_000;
const TIMEOUT_MS = 10_000;

export class RecentMemory {
  #disk;
  #url;
  #fetch;
  #now;
  /** @type {Promise<unknown>} one thing is written after another */
  #writing = Promise.resolve();

  /**
   * @param {Disk} disk
   * @param {string} url where it is asked what may be taken back
   * @param {{fetch?: typeof globalThis.fetch, now?: () => number}} [environment] `now`: the device's clock (ms since 1970)
   */
  constructor(disk, url, { fetch = (...args) => globalThis.fetch(...args), now = () => Date.now() } = {}) {
    this.#disk = disk;
    this.#url = url;
    this.#fetch = fetch;
    this.#now = now;
  }

  /** @param {Done} done */
  keep({ scan, state }) {
    const kept = { scan: masked(scan), state };
    this.#write(() => this.#disk.keepDone(scan.id, kept));
  }

  /** @param {string} id of a scan that is not in the list any more */
  drop(id) {
    this.#write(() => this.#disk.dropDone(id));
  }

  /** What earlier pages of this device did in the last half day. @returns {Promise<Done[]>} */
  async recall() {
    const kept = await this.#disk.done().catch(() => []);
    for (const { scan } of kept.filter((one) => !this.#isRecent(one))) this.drop(scan.id);
    return kept.filter((one) => this.#isRecent(one)).map((one) => ({ ...one, undoable: false }));
  }

  /**
   * Ask the server how scans stand.
   * @param {string[]} ids
   * @returns {Promise<Standing[]>} empty when there was no answer
   */
  async standing(ids) {
    try {
      const response = await this.#fetch(`${this.#url}?scans=${ids.map(encodeURIComponent).join(',')}`, { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
      return response.ok ? (await response.json()).scans : [];
    } catch {
      return [];
    }
  }

  /** @param {Done} done */
  #isRecent({ scan }) {
    return this.#now() - Date.parse(String(scan.body.at)) < KEPT_MS;
  }

  /** @param {() => Promise<unknown>} work */
  #write(work) {
    this.#writing = this.#writing.then(work).catch(() => {});
  }
}

/**
 * What the list shows of a scan, and no more: no code, no whole name where names are masked, nothing else about the person.
 * @param {Scan} scan
 * @returns {Scan}
 */
export function masked({ id, phase, body, answer, local }) {
  const { at, gate, direction, acted } = body;
  return {
    id,
    phase,
    body: { at, gate, direction, ...(acted !== undefined && { acted }) },
    answer: answer && { ok: answer.ok, status: answer.status, message: '', data: answer.ok ? bare(answer.data) : null },
    ...(local && { local: { ...local, person: local.person && { masked: local.person.masked } } }),
  };
}

/** @param {any} verdict */
function bare({ scan_id, verdict, door, at, forced, again, held, undone, over, conflict, person }) {
  return {
    scan_id, verdict, door, at, forced, again, held, undone, over, may_force: false, may_undo: false,
    ...(conflict && { conflict: { id: conflict.id, kind: conflict.kind } }),
    ...(person && { person: { guest: person.guest, masked: person.masked, name: person.masked ? null : person.name, mode: person.mode, calls: [] } }),
  };
}
