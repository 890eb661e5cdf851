/** Which gate this device stands at. With several it is chosen, never assumed; a choice is remembered for half a day. */
import { vocabularyOf } from '#hub/checkin/words/vocabulary.js';
import { need, setText } from '#hub/web/dom.js';

const REMEMBERED_MS = 12 * 3_600_000;

/**
 * @typedef {{id: string, title: string, exits: boolean, counts: boolean, daily: boolean, openings: number[]}} Gate `exits`: people go out through it;
 *   `counts`: its point only counts them, `daily` anew each day; `openings`: when that opens by times of its own (ms since 1970)
 */

export class GateChoice {
  #key;
  #onChoice;
  #dialog = /** @type {HTMLDialogElement} */ (need('#gates'));
  /** @type {Gate[]} */
  #gates;
  /** @type {Gate | null} */
  #chosen;

  /**
   * @param {string} conf
   * @param {(gate: Gate) => void} onChoice called with the gate that was chosen, now or before
   */
  constructor(conf, onChoice) {
    this.#key = `hub.gate.${conf}`;
    this.#onChoice = onChoice;
    const options = [.../** @type {NodeListOf<HTMLButtonElement>} */ (this.#dialog.querySelectorAll('button[data-gate]'))];
    this.#gates = options.map((option) => ({ id: option.dataset.gate ?? '', title: option.querySelector('strong')?.textContent ?? '', exits: option.dataset.exits === 'yes', ...pointOf(option.dataset) }));
    for (const option of options) option.addEventListener('click', () => this.#choose(option.dataset.gate ?? ''));
    need('#gate').addEventListener('click', () => this.ask());
    this.#chosen = this.#gates.length === 1 ? this.#gates[0] : this.#remembered();
    this.#draw();
    if (this.#chosen) queueMicrotask(() => this.#tell());
    else this.ask();
  }

  /** The id of the chosen gate; null until one was chosen. */
  get id() {
    return this.#chosen?.id ?? null;
  }

  /** The chosen gate, null until one was chosen. */
  get chosen() {
    return this.#chosen;
  }

  /** The words of the chosen gate, of a door until one was chosen. */
  get words() {
    return vocabularyOf(this.#chosen?.counts === true);
  }

  /** Ask for the gate. */
  ask() {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    need('#gates-title').focus();
  }

  /** @param {string} id */
  #choose(id) {
    this.#chosen = this.#gates.find((gate) => gate.id === id) ?? null;
    localStorage.setItem(this.#key, JSON.stringify({ id, at: Date.now() }));
    this.#dialog.close();
    this.#draw();
    this.#tell();
  }

  #tell() {
    if (this.#chosen) this.#onChoice(this.#chosen);
  }

  #draw() {
    if (this.#chosen) setText(need('#gate-title'), this.#chosen.title);
    for (const option of this.#dialog.querySelectorAll('button[data-gate]')) {
      option.setAttribute('aria-pressed', String(option.getAttribute('data-gate') === this.#chosen?.id));
    }
  }

  #remembered() {
    const kept = remembered(localStorage.getItem(this.#key), Date.now());
    return this.#gates.find(({ id }) => id === kept) ?? null;
  }
}

/**
 * The gate in a remembered choice, null when it is too old or none.
 * @param {string | null} stored
 * @param {number} now ms
 * @returns {string | null}
 */
export function remembered(stored, now) {
  try {
    const { id, at } = JSON.parse(stored ?? '{}');
    return now - at < REMEMBERED_MS ? id : null;
  } catch {
    return null;
  }
}

/**
 * @param {DOMStringMap} data of a gate in the list
 * @returns {Pick<Gate, 'counts' | 'daily' | 'openings'>}
 */
function pointOf({ kind, daily, openings = '' }) {
  return { counts: kind === 'count', daily: daily === 'yes', openings: openings.split(' ').filter(Boolean).map((one) => Date.parse(one)) };
}
