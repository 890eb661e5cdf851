/** A code that a person types into the field, or that a slow scanner does: the keys are followed, for letters that an input method made. */
import { meaningOf, onKey, writes } from '#hub/checkin/reading/keyboards.js';

/** @typedef {import('#hub/checkin/reading/keyboards.js').Press} Press */

const PLAIN = /^[\x20-\x7e]*$/;
/** Changes that keys make; others (paste, undo) are learnt from what the field holds then. */
const BY_KEYS = /^(insertText|insertCompositionText|deleteContentBackward|deleteCompositionText)$/;

export class Typed {
  /** What stood in the field before the presses. */
  #base = '';
  /** @type {Press[]} */
  #presses = [];

  /** @param {Press} press */
  press(press) {
    if (press.code === 'Backspace') this.#back();
    else if (writes(press)) this.#presses.push(press);
  }

  /**
   * Learn what the field holds after a change.
   * @param {string} value
   * @param {string} how the `inputType`
   */
  changed(value, how) {
    if (BY_KEYS.test(how) || !PLAIN.test(value)) return;
    this.#base = value;
    this.#presses = [];
  }

  /**
   * What was meant, given what the field holds.
   * @param {string} value
   */
  read(value) {
    if (this.#presses.length === 0) return meaningOf([], value);
    if (this.#base !== '') return meaningOf([], PLAIN.test(value) ? value : this.#base + this.#keys());
    const complete = !PLAIN.test(value) || [...value].length === this.#presses.length;
    return meaningOf(complete ? this.#presses : [], value);
  }

  clear() {
    this.#base = '';
    this.#presses = [];
  }

  #back() {
    if (this.#presses.length > 0) this.#presses.pop();
    else this.#base = this.#base.slice(0, -1);
  }

  #keys() {
    return this.#presses.map(({ code, shiftKey }) => onKey(code, shiftKey)).join('');
  }
}
