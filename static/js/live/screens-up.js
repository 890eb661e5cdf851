/** Which screens are up and show the newest, for the console: `screensUp(element)` gives what the event `screens` is taken by. */
import { setText } from '#hub/web/dom.js';
import { lang, t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').ScreensDoc} ScreensDoc */

/**
 * @param {HTMLElement} element
 * @returns {(doc: ScreensDoc) => void}
 */
export function screensUp(element) {
  return (doc) => {
    const words = upWords(doc);
    setText(element, words);
    element.dataset.state = doc.screens.every(({ shown }) => shown >= doc.head) ? 'shown' : 'behind';
  };
}

/** @param {ScreensDoc} doc */
export function upWords({ screens, head, browsers }) {
  const shown = screens.filter((screen) => screen.shown >= head).length;
  const count = new Intl.NumberFormat(lang()).format(browsers);
  const ofBrowsers = t('브라우저 {n}대', { n: count });
  if (screens.length === 0) return ofBrowsers;
  return `${t('화면 {all}대 중 {n}대에 표시', { all: screens.length, n: shown })} · ${ofBrowsers}`;
}
