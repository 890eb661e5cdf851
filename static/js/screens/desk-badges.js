/** The badge sheet's print button. */
import { need } from '#hub/dom.js';

need('#print').addEventListener('click', () => window.print());
