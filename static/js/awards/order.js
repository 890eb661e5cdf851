/**
 * The calling order of a cue on the desk: moved by dragging, by Alt+↑↓ or by the buttons, and saved with one press. Without
 * this script each press of a button saves.
 */
import { sortable } from '#hub/awards/sortable.js';

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-order]'));
if (form) follow(form);

/** @param {HTMLFormElement} form */
function follow(form) {
  const order = /** @type {HTMLInputElement} */ (form.elements.namedItem('order'));
  sortable(/** @type {HTMLElement} */ (form.querySelector('.award-order')), (ids) => {
    order.value = ids.join(',');
    /** @type {HTMLElement} */ (form.querySelector('[data-unsaved]')).hidden = false;
  });
}
