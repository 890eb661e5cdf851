/** The form that takes the list of a host: a file is read into its field, in the encoding it is written in. */
import { need } from '#hub/web/dom.js';
import { decoded } from '#hub/attendance/decoding.js';

const file = /** @type {HTMLInputElement} */ (need('#file'));
const field = /** @type {HTMLTextAreaElement} */ (need('#listed'));

need('#from-file').hidden = false;
file.addEventListener('change', async () => {
  const [chosen] = file.files ?? [];
  if (chosen) field.value = decoded(await chosen.arrayBuffer());
});
