/** The words of a mail on the desk: the preview follows what is typed, as the server renders it. */
import { need } from '#hub/web/dom.js';

const QUIET_MS = 400;

const form = /** @type {HTMLFormElement} */ (need('form[data-wording]'));
const address = form.dataset.wording ?? '';
let typed = 0;
let timer = 0;

for (const name of ['subject', 'text']) {
  need(`#${name}`, form).addEventListener('input', () => {
    typed += 1;
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(typed), QUIET_MS);
  });
}

/**
 * Show the preview of what is typed, unless more was typed meanwhile. Without the network the last one stays.
 * @param {number} asked
 */
async function show(asked) {
  try {
    const response = await fetch(address, { method: 'POST', headers: { Accept: 'text/html' }, body: new FormData(form) });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('#preview');
    if (fresh && asked === typed) need('#preview').replaceWith(document.adoptNode(fresh));
  } catch {
    // the button beside shows the preview once the network is back
  }
}
