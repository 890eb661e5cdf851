/** The badge sheet's print button. */
import { need } from '#hub/web/dom.js';

need('#print').addEventListener('click', () => window.print());
