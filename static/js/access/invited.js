/** The page that shows an invitation's link this once: a button that copies it. */
import { notify } from '#hub/web/announce.js';
import { need } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

const copy = document.querySelector('#copy');
if (copy instanceof HTMLButtonElement) {
  const secret = /** @type {HTMLInputElement} */ (need('#secret'));
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    secret.select();
    try {
      await navigator.clipboard.writeText(secret.value);
      notify(t('복사했습니다.'), { kind: 'good' });
    } catch {
      notify(t('복사하지 못했습니다. 링크를 길게 눌러 복사해 주세요.'), { kind: 'bad' });
    }
  });
}
