/**
 * Where the first keys of a run go, before it is known whether a scanner or a person presses them. Text fields get them at once, and
 * are put back when it was a scanner. Everything else gets them late, when it was a person: a key must not press, choose or move
 * anything for a scanner.
 */
import { lettersOf, onKey } from '#hub/checkin/reading/keyboards.js';

/** @typedef {import('#hub/checkin/reading/keyboards.js').Press} Press */
/**
 * @typedef {object} Target
 * @property {(press: Press) => boolean} holds whether the key waits until it is known who pressed it
 * @property {(late: boolean) => void} putBack undo what keys wrote; `late`: an input method may still be composing
 * @property {(presses: Press[]) => void} give hand over keys that waited, or were taken by mistake
 * @property {string} before what stood in the field
 */

const NO_TEXT = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/**
 * @param {Element | null} focused
 * @param {HTMLInputElement | null} field where letters go that are typed nowhere; null: nowhere
 * @returns {Target}
 */
export function targetOf(focused, field) {
  if (focused instanceof HTMLSelectElement) return choice(focused);
  if (focused instanceof HTMLTextAreaElement) return textField(focused);
  if (focused instanceof HTMLInputElement && !NO_TEXT.has(focused.type)) return textField(focused);
  return elsewhere(focused, field);
}

/** The topmost open dialog. */
export function openDialog() {
  return [...document.querySelectorAll('dialog[open]')].at(-1) ?? null;
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} element
 * @returns {Target}
 */
function textField(element) {
  const before = element.value;
  const [start, end] = [element.selectionStart ?? before.length, element.selectionEnd ?? before.length];
  return {
    before,
    holds: () => false,
    putBack(late) {
      if (late && document.activeElement === element) {
        element.blur();
        element.focus({ preventScroll: true });
      }
      write(element, before, start, end);
    },
    give: (presses) => write(element, before.slice(0, start) + lettersOf(presses) + before.slice(end), start + lettersOf(presses).length),
  };
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} element
 * @param {string} value
 * @param {number} start of the selection
 * @param {number} [end]
 */
function write(element, value, start, end = start) {
  if (element.value === value) return;
  element.value = value;
  if (element.selectionStart !== null) element.setSelectionRange(start, end);
  element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
}

/**
 * A list of choices: letters that a person types choose the next one that begins with them.
 * @param {HTMLSelectElement} select
 * @returns {Target}
 */
function choice(select) {
  return {
    before: '',
    holds: ({ code }) => code !== 'Space',
    putBack: () => {},
    give(presses) {
      const wanted = lettersOf(presses).toLowerCase();
      const options = [...select.options];
      const after = [...options.slice(select.selectedIndex + 1), ...options.slice(0, select.selectedIndex + 1)];
      const found = after.find((option) => option.text.trim().toLowerCase().startsWith(wanted));
      if (!found || found.selected) return;
      found.selected = true;
      for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }));
    },
  };
}

/**
 * A button, a link, or nothing. Space presses it; letters go to the field for codes, if there is one and no dialog is open.
 * @param {Element | null} focused
 * @param {HTMLInputElement | null} field
 * @returns {Target}
 */
function elsewhere(focused, field) {
  const presses = focused instanceof HTMLElement && focused.matches('button, input, summary');
  return {
    before: '',
    holds: ({ code }) => presses || code !== 'Space',
    putBack: () => {},
    give(keys) {
      if (presses && keys.length === 1 && keys[0]?.code === 'Space') focused.click();
      else if (field && !openDialog() && !focused?.closest('a, summary')) append(field, keys);
    },
  };
}

/**
 * @param {HTMLInputElement} field
 * @param {Press[]} keys
 */
function append(field, keys) {
  field.focus({ preventScroll: true });
  const value = field.value + keys.map(({ code, shiftKey, key }) => (key.length === 1 && key <= '~' ? key : onKey(code, shiftKey))).join('');
  write(field, value, value.length);
}
