/** The gate's field for codes: what scanners type wherever the focus is, and what people type into the field. */
import { listenForScans } from '#hub/checkin/reading/scanner-keys.js';
import { openDialog } from '#hub/checkin/reading/targets.js';
import { Typed } from '#hub/checkin/reading/typed.js';

/** @typedef {import('#hub/checkin/reading/scanner-keys.js').Scanning & {field: HTMLInputElement, form: HTMLFormElement}} Listening `form`: around the field */

/** @param {Listening} listening */
export function listenForCodes(listening) {
  listenForScans(listening);
  readTyped(listening);
  keepFocus(listening.field);
}

/** @param {Listening} listening */
function readTyped({ field, form, onCode }) {
  const typed = new Typed();
  field.addEventListener('keydown', (event) => typed.press(event));
  field.addEventListener('input', (event) => typed.changed(field.value, /** @type {InputEvent} */ (event).inputType));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const meaning = typed.read(field.value);
    typed.clear();
    field.value = '';
    if (meaning.text) onCode({ ...meaning, source: 'typed' });
  });
}

/**
 * Where there is a real keyboard, the field has the focus unless something else needs it.
 * @param {HTMLInputElement} field
 */
function keepFocus(field) {
  if (!matchMedia('(pointer: fine)').matches) return;
  field.focus({ preventScroll: true });
  document.addEventListener('click', ({ target }) => {
    const busy = target instanceof Element && target.closest('select, input, textarea, summary, a') !== null;
    if (!busy && !openDialog()) field.focus({ preventScroll: true });
  });
}
