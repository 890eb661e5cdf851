/** One mail on the desk: buttons that copy its address, subject, link and text. */
import { notify } from '#hub/web/announce.js';
import { need } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-copy]'))) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(need(`#${button.dataset.copy}`).textContent ?? '');
    notify(t('복사했습니다.'), { kind: 'good' });
  });
}
