/** The guests of honour as everybody may know them, in order of rank. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { officeWords, titleWords } from '#hub/honours/words.js';

/** @typedef {import('#hub/live/documents.js').HonourDoc} HonourDoc */

/**
 * @param {HTMLElement} section with `#honour-list` in it; hidden while nobody is announced
 * @param {import('#hub/live/store.js').Store} store
 */
export function announcedHonours(section, store) {
  const honours = store.all('honour/');
  section.hidden = honours.length === 0;
  renderList(need('#honour-list', section), honours, ({ id }) => id, line, update);
}

function line() {
  return el('li', null, el('strong'), ' ', el('span'));
}

/**
 * @param {Element} element
 * @param {HonourDoc} honour
 */
function update(element, honour) {
  const represented = honour.representative ? t('대참 {who}', { who: honour.representative }) : '';
  setText(need('strong', element), titleWords(honour));
  setText(need('span', element), [officeWords(honour), represented].filter(Boolean).join(' · '));
}
