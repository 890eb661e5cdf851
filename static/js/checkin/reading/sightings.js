/** What a camera sees many times a second, counted once. Other QR codes (a sponsor's, a wireless network's) are no badges and never scans. */
import { readToken } from '#hub/checkin/reading/token.js';

const OUT_OF_SIGHT_MS = 2_500;

/** @typedef {{badges: string[], foreign: boolean}} Sighted tokens that came into sight, and whether a foreign code did for the first time */

export class Sightings {
  /** @type {Map<string, number>} */
  #last = new Map();
  /** @type {Set<string>} */
  #foreign = new Set();

  /**
   * What is new in a picture, seen at `now` (ms). A badge counts again after it was out of sight for a while; a foreign code never.
   * @param {string[]} texts
   * @param {number} now
   * @returns {Sighted}
   */
  see(texts, now) {
    const readings = texts.map(readToken);
    const badges = readings.flatMap((reading) => (reading.kind === 'token' ? [reading.token] : []));
    const others = texts.filter((_, index) => readings[index]?.kind !== 'token');
    return { badges: badges.filter((token) => this.#isNew(token, now)), foreign: others.some((text) => this.#isStrange(text)) };
  }

  /**
   * @param {string} token
   * @param {number} now
   */
  #isNew(token, now) {
    for (const [known, at] of this.#last) if (now - at > OUT_OF_SIGHT_MS) this.#last.delete(known);
    const fresh = !this.#last.has(token);
    this.#last.set(token, now);
    return fresh;
  }

  /** @param {string} text */
  #isStrange(text) {
    const fresh = !this.#foreign.has(text);
    this.#foreign.add(text);
    return fresh;
  }
}
