/** Buttons that copy the address of a feed (`data-copy` names its field). */
import { notify } from '#hub/web/announce.js';
import { need } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('button[data-copy]'))) {
  const field = /** @type {HTMLInputElement} */ (need(`#${button.dataset.copy}`));
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      notify(t('복사했습니다.'), { kind: 'good' });
    } catch {
      notify(t('복사하지 못했습니다. 링크를 길게 눌러 복사해 주세요.'), { kind: 'bad' });
    }
  });
}
