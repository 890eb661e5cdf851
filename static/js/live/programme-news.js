/** Tells those who have a page open that the programme was published anew, and what moved. */
import { changeWords } from '#hub/agenda/published-changes.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { serverNow } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').DocumentByKey['programme']} Programme */

const NAMED = 3;

/**
 * Return what is told of each state of the document; `section` shows the newest version that is newer than the one seen.
 * @param {HTMLElement} section
 * @param {string} zone IANA name of the event's zone
 * @param {number | null} [shown] the version that the page shows; without one, the first that it hears of
 * @returns {(doc: Programme | undefined) => void}
 */
export function programmeNews(section, zone, shown = null) {
  let seen = shown;
  let newest = shown ?? 0;
  need('[data-news-close]', section).addEventListener('click', () => {
    seen = newest;
    section.hidden = true;
  });
  return (doc) => {
    if (!doc) return;
    seen ??= doc.version;
    newest = doc.version;
    section.hidden = newest <= seen;
    if (!section.hidden) draw(section, doc, zone);
  };
}

/**
 * @param {HTMLElement} section
 * @param {Programme} doc
 * @param {string} zone
 */
function draw(section, doc, zone) {
  setText(need('[data-news-note]', section), text(doc.note));
  renderList(need('[data-news-list]', section), linesOf(doc, zone, serverNow()), (line) => line, (line) => el('li', null, line));
}

/**
 * What moved, line by line; of many changes the first ones and how many more there are.
 * @param {Pick<Programme, 'changes' | 'more'>} doc
 * @param {string} zone
 * @param {number} now its day is not named
 * @returns {string[]}
 */
export function linesOf({ changes, more }, zone, now) {
  const rest = more + Math.max(0, changes.length - NAMED);
  const lines = changes.slice(0, NAMED).map((change) => changeWords(change, zone, now));
  return rest > 0 ? [...lines, t('그 밖에 {n}개', { n: rest })] : lines;
}
