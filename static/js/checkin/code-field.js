/** The field for typed and wedge-scanned codes: keys reach it from anywhere on the page, and Enter sends. */
import { Keystrokes, writes } from '#hub/checkin/keystrokes.js';
import { need } from '#hub/web/dom.js';

/** @param {(code: string) => void} onCode */
export function codeField(onCode) {
  const field = /** @type {HTMLInputElement} */ (need('#code'));
  const keys = new Keystrokes();
  field.addEventListener('keydown', (event) => keys.press(event));
  field.addEventListener('input', () => keys.changed(field.value));
  need('#code-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const code = keys.read(field.value).trim();
    keys.clear();
    field.value = '';
    if (code) onCode(code);
  });
  document.addEventListener('keydown', (event) => {
    if (elsewhere(event.target) || !writes(event) || event.code === 'Space') return;
    keys.press(event);
    field.focus({ preventScroll: true });
  });
  if (matchMedia('(pointer: fine)').matches) {
    field.focus({ preventScroll: true });
    document.addEventListener('click', ({ target }) => {
      if (!elsewhere(target)) field.focus({ preventScroll: true });
    });
  }
}

/**
 * Whether somebody is busy with another field or a dialog.
 * @param {EventTarget | null} target
 */
function elsewhere(target) {
  const busy = target instanceof Element && target.closest('select, input, textarea, summary, a') !== null;
  return busy || document.querySelector('dialog[open]') !== null;
}
