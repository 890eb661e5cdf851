/** Notices that the computer slept, or that its clock was set: the page's own time may have stood still meanwhile. */

/** What two clocks of one computer may differ by from one look to the next (ms). */
const APART_MS = 1_000;

export class Standstill {
  #wall;
  #local;
  #apart;

  /** @param {{wall: () => number, local: () => number}} clocks the computer's clock, and a time that nobody sets (ms) */
  constructor({ wall, local }) {
    this.#wall = wall;
    this.#local = local;
    this.#apart = wall() - local();
  }

  /** Whether one of the clocks moved without the other since the last look. */
  look() {
    const before = this.#apart;
    this.#apart = this.#wall() - this.#local();
    return Math.abs(this.#apart - before) > APART_MS;
  }
}
