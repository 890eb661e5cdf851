/**
 * How far the server's clock is ahead of this device's (ms), by the `Date` of each answer. It goes by the device's own clock, which also runs
 * while the device sleeps and while the page is closed; the last known value is kept for a page that starts without the network.
 */

/** @typedef {{lo: number, hi: number}} Bounds the server is ahead by no less than `lo` and no more than `hi` */
/** @typedef {Pick<Storage, 'getItem' | 'setItem'>} Memory */

/** `Date` has no fractions of a second: the server's clock was anywhere within the one it names. */
const RESOLUTION_MS = 1_000;

export class DeviceClock {
  /** @type {Bounds | null} */
  #bounds;
  #name;
  #memory;

  /**
   * @param {string} conf
   * @param {Memory} [memory]
   */
  constructor(conf, memory = globalThis.localStorage) {
    this.#name = `checkin-clock:${conf}`;
    this.#memory = memory;
    this.#bounds = JSON.parse(memory.getItem(this.#name) ?? 'null');
  }

  /** @returns {number | null} null: the server was never asked */
  get offset() {
    return this.#bounds && (this.#bounds.lo + this.#bounds.hi) / 2;
  }

  /**
   * Take an answer.
   * @param {Response} response
   * @param {number} t0 when it was asked for, by the device's clock (ms since 1970)
   * @param {number} t1 when it came
   */
  heard(response, t0, t1) {
    const date = Date.parse(response.headers.get('Date') ?? '');
    if (!Number.isFinite(date) || t1 < t0) return;
    this.#bounds = narrowed(this.#bounds, { lo: date - t1, hi: date + RESOLUTION_MS - t0 });
    this.#memory.setItem(this.#name, JSON.stringify(this.#bounds));
  }
}

/**
 * What both say; where they contradict each other a clock was set in between, and the fresh one is right.
 * @param {Bounds | null} known
 * @param {Bounds} fresh
 * @returns {Bounds}
 */
export function narrowed(known, fresh) {
  if (!known) return fresh;
  const both = { lo: Math.max(known.lo, fresh.lo), hi: Math.min(known.hi, fresh.hi) };
  return both.lo <= both.hi ? both : fresh;
}
