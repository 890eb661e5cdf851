/** How many conflicts wait, on a link that leads to them. */
import { setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * Keep a link to the inbox: quiet while nothing waits.
 * @param {HTMLElement} link
 * @returns {(store: Store) => void} draws it anew
 */
export function inboxNotice(link) {
  return (store) => {
    const count = store.all('conflict/').length;
    link.dataset.waiting = String(count);
    setText(link, count > 0 ? t('확인할 일 {n}건', { n: count }) : t('확인할 일 없음'));
  };
}
