/**
 * How far this browser's clock is from the server's.
 *
 * An HTTP answer bounds the offset from both sides (the server read its clock between sending and receiving), so the answer
 * with the shortest round trip is the best estimate, as in NTP (RFC 5905, clock filter). A heartbeat travels one way and
 * bounds it from below only: it may raise an estimate that is provably too low, and never replaces a better one.
 */

const KEPT = 8;

/** @typedef {{offset: number, error: number}} Sample milliseconds; the true offset lies within `offset ± error` */

export class ServerClock {
  /** @type {Sample[]} */
  #samples = [];
  /** @type {number[]} */
  #floors = [];

  /**
   * Take an HTTP answer: local time at sending and at receiving, and the server's time in it (all ms).
   * @param {{t0: number, t1: number, now: number}} answer
   */
  sample({ t0, t1, now }) {
    if (!(t1 >= t0) || !Number.isFinite(now)) return;
    const fresh = { offset: now - (t0 + t1) / 2, error: (t1 - t0) / 2 };
    if (this.#samples.some((kept) => contradict(kept, fresh))) this.#samples = [];
    this.#samples = [...this.#samples, fresh].slice(-KEPT);
    this.#floors = this.#floors.filter((floor) => floor <= fresh.offset + fresh.error);
  }

  /**
   * Take a time the server sent on its own, received at local time `at` (both ms).
   * @param {{now: number, at: number}} beat
   */
  heard({ now, at }) {
    if (Number.isFinite(now)) this.#floors = [...this.#floors, now - at].slice(-KEPT);
  }

  /** Server time minus local time (ms); 0 while nothing is known. */
  get offset() {
    const best = this.#best();
    if (this.#floors.length === 0) return best?.offset ?? 0;
    const floor = Math.max(...this.#floors);
    return best ? Math.max(best.offset, floor) : floor;
  }

  /** @returns {Sample | undefined} */
  #best() {
    return this.#samples.toSorted((a, b) => a.error - b.error)[0];
  }
}

/**
 * Two samples that cannot both be true: one of the clocks was set in between. A millisecond is the resolution of both.
 * @param {Sample} a
 * @param {Sample} b
 */
function contradict(a, b) {
  return Math.abs(a.offset - b.offset) > a.error + b.error + 1;
}
