/** Shows the name of this screen, large, when an operator asks which screen is which. */
import { el } from '#hub/web/dom.js';

const SHOWN_MS = 10_000;

/** @param {string} name */
export function nameFor(name) {
  const plate = el('p', { class: 'screen-name' }, name);
  document.body.append(plate);
  setTimeout(() => plate.remove(), SHOWN_MS);
}
