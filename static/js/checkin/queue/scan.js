/** A scan of this device, from the moment it is on the disk until the server's answer. */

/**
 * @typedef {'unplaced' | 'sending' | 'retrying' | 'local' | 'confirmed' | 'refused' | 'quarantined'} Phase `unplaced`: made before the device had a gate, it
 *   waits until one is chosen; `retrying`: no answer yet, and the device knows nothing
 *   about the badge; `local`: answered by the roster, the server's answer is still to come; `confirmed`: `answer` holds a verdict; `refused`:
 *   the request was answered with an error; `quarantined`: the device was ended, an organiser decides about the scan
 */
/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/checkin/queue/local-answer.js').Local} Local */

/** Who was scanned so long ago is not in front of the gate any more. */
export const LATE_MS = 10_000;

export class Scan {
  /** @type {Phase} */
  phase = 'sending';
  /** @type {Answer | null} set once `confirmed`, `refused` or `quarantined` */
  answer = null;
  /** @type {Local | null} what the device answered itself */
  local = null;
  /** Whether it is on the disk, so that a reload does not lose it; null while it is being written. @type {boolean | null} */
  saved = null;

  /**
   * @param {Omit<import('#hub/checkin/queue/vault.js').Waiting, 'local'> & {local?: Local | null, recovered?: boolean}} given
   */
  constructor({ id, made, ahead, body, tab, local = null, recovered = false }) {
    this.id = id;
    this.made = made;
    this.ahead = ahead;
    this.body = body;
    this.tab = tab;
    this.local = local;
    /** Whether an earlier page made it, which was closed before the answer came. */
    this.recovered = recovered;
    if (local) this.phase = 'local';
    else if (!hasGate({ body })) this.phase = 'unplaced';
  }

  /** Whether the server's answer is still awaited. */
  get open() {
    return ['unplaced', 'sending', 'retrying', 'local'].includes(this.phase);
  }

  /** @returns {import('#hub/checkin/queue/vault.js').Waiting} */
  get record() {
    return { id: this.id, made: this.made, ahead: this.ahead, tab: this.tab, body: this.body, ...(this.local && { local: this.local }) };
  }
}

/** Whether it is known at which gate a scan was made. @param {Pick<import('#hub/checkin/queue/vault.js').Waiting, 'body'>} scan */
export function hasGate({ body }) {
  return typeof body.gate === 'string';
}

/**
 * A waiting scan as it is told at `now` (ms, by the device's clock): who came in and got no answer for so long was asked to wait, so that none lets
 * them in who may have gone away. What the device did itself is told as it is, and who goes out waits for nobody.
 * @param {import('#hub/checkin/queue/vault.js').Waiting} scan
 * @param {number} now
 * @returns {import('#hub/checkin/queue/vault.js').Waiting}
 */
export function asTold(scan, now) {
  const waited = now - scan.made > LATE_MS && scan.body.acted === undefined && scan.body.direction !== 'out';
  return waited ? { ...scan, body: { ...scan.body, acted: 'held' } } : scan;
}

/**
 * What is sent of a waiting scan at `now` (ms, by the device's clock). `ahead` is how far the server's clock is ahead now; the scan knows how far
 * it was when it was made, so that a clock which was set in between moves nothing.
 * @param {import('#hub/checkin/queue/vault.js').Waiting} scan
 * @param {number} now
 * @param {number | null} ahead
 */
export function asSent({ body, ahead: then }, now, ahead) {
  const sentAt = then === null || ahead === null ? now + (then ?? 0) : now + ahead;
  return { ...body, sent_at: new Date(sentAt).toISOString() };
}
