/** The badge sheet: what stands on badges fits, and the print button; a sheet without badges has neither. */
import { keepFitted } from '#hub/checkin/badge-fit.js';

document.querySelectorAll('.badge-sheet').forEach(keepFitted);
document.querySelector('#print')?.addEventListener('click', async () => {
  await document.fonts.ready;
  window.print();
});
