/** The form of a question: the answers to choose from are asked for only where there is a choice. */
import { need } from '#hub/web/dom.js';

const kind = /** @type {HTMLSelectElement} */ (need('#kind'));
const options = need('#options');

function show() {
  options.hidden = !kind.value.startsWith('choice');
}

kind.addEventListener('change', show);
show();
