/**
 * What a keyboard-wedge scanner types. Under a Hangul input method its letters arrive as jamo, so the keys themselves are
 * followed (`event.code`) and used when the field holds anything but plain characters.
 */

/** @typedef {{code: string, key: string, shiftKey?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} Press */

/** @type {Record<string, string>} */
const SIGNS = {
  Minus: '-', Slash: '/', Period: '.', Semicolon: ':', Equal: '=', Space: ' ',
  NumpadSubtract: '-', NumpadDivide: '/', NumpadDecimal: '.',
};
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * The character on the key of a US keyboard, or an empty string.
 * @param {string} code
 */
export function onKey(code) {
  const match = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  return match ? (match[1] ?? match[2] ?? match[3] ?? '') : (SIGNS[code] ?? '');
}

/** Whether a press writes something, rather than commanding. @param {Press} press */
export function writes(press) {
  return !press.ctrlKey && !press.altKey && !press.metaKey && onKey(press.code) !== '';
}

export class Keystrokes {
  #keys = '';

  /** @param {Press} press */
  press(press) {
    if (press.code === 'Backspace') this.#keys = this.#keys.slice(0, -1);
    else if (writes(press)) this.#keys += onKey(press.code);
  }

  /**
   * What was meant, given what the field holds.
   * @param {string} value
   */
  read(value) {
    return PLAIN.test(value) || this.#keys === '' ? value : this.#keys;
  }

  /**
   * Learn what the field holds after a change that no key made (paste, deletion).
   * @param {string} value
   */
  changed(value) {
    if (PLAIN.test(value)) this.#keys = value;
  }

  clear() {
    this.#keys = '';
  }
}
