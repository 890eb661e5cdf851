/**
 * Which answers the gate's screen shows: one large in front, the others as strips beside it. What is good goes by itself; a
 * refusal stays until somebody saw it, and nothing that comes later covers it.
 */

/**
 * @template Face
 * @typedef {{id: string, about: string, face: Face, kept: boolean, open: boolean, goesAt: number | null}} Card `about`: whom and what it says,
 *   the same for a repeated scan; `kept`: stays until it was seen; `open`: no answer yet; `goesAt`: when it goes by itself (ms)
 */

/** @template Face */
export class Deck {
  /** @type {Map<string, Card<Face>>} in the order of the scans */
  #cards = new Map();
  /** @type {string | null} */
  #chosen = null;

  /**
   * Put a card, or another one in the place of the one with its id. A new one comes to the front. A repeated refusal takes the place of the
   * earlier one: one press is enough to have seen it.
   * @param {Card<Face>} card
   */
  put(card) {
    if (!this.#cards.has(card.id)) this.#chosen = null;
    if (card.kept) this.#forgetRepeated(card);
    this.#cards.set(card.id, card);
  }

  /** @param {string} id */
  has(id) {
    return this.#cards.has(id);
  }

  /**
   * Take a card away: it was seen, or acted on.
   * @param {string} id
   */
  seen(id) {
    this.#cards.delete(id);
  }

  /**
   * Bring a card to the front, until the next scan.
   * @param {string} id
   */
  choose(id) {
    this.#chosen = id;
  }

  /**
   * Take away what has stood for its time.
   * @param {number} now ms
   */
  pass(now) {
    for (const { id, goesAt } of this.#cards.values()) if (goesAt !== null && goesAt <= now) this.#cards.delete(id);
  }

  /** When the next card goes by itself (ms); null when none does. */
  get nextAt() {
    const times = [...this.#cards.values()].flatMap(({ goesAt }) => goesAt ?? []);
    return times.length > 0 ? Math.min(...times) : null;
  }

  /** The card in front: the chosen one, or the one of the newest scan. */
  get front() {
    return this.#cards.get(this.#chosen ?? '') ?? [...this.#cards.values()].at(-1) ?? null;
  }

  /** The answers beside it: refusals first, then the newest. */
  get behind() {
    const others = [...this.#cards.values()].filter((card) => card !== this.front && !card.open).reverse();
    return [...others.filter(({ kept }) => kept), ...others.filter(({ kept }) => !kept)];
  }

  /** How many cards wait until they are seen. */
  get unseen() {
    return [...this.#cards.values()].filter(({ kept }) => kept).length;
  }

  /** @param {Card<Face>} card */
  #forgetRepeated(card) {
    for (const { id, about, kept } of this.#cards.values()) if (kept && about === card.about && id !== card.id) this.#cards.delete(id);
  }
}
