/** The print button of pages that are made to be printed. */
import { need } from '#hub/web/dom.js';

const button = need('#print');
button.hidden = false;
button.addEventListener('click', () => window.print());
