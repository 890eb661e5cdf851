/** A camera sees the same code many times a second; it counts once until it has been out of sight for a while. */

const OUT_OF_SIGHT_MS = 2_500;

export class Sightings {
  /** @type {Map<string, number>} */
  #last = new Map();

  /**
   * Whether `code`, seen at `now` (ms), is a new sighting.
   * @param {string} code
   * @param {number} now
   */
  isNew(code, now) {
    for (const [known, at] of this.#last) if (now - at > OUT_OF_SIGHT_MS) this.#last.delete(known);
    const fresh = !this.#last.has(code);
    this.#last.set(code, now);
    return fresh;
  }
}
