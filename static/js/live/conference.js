/** Keeps what a page says of the conference itself as it is now: its title, host, venue and times. */
import { setText } from '#hub/web/dom.js';
import { text } from '#hub/web/i18n.js';
import { clockTime, date } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').DocumentByKey['conference']} Conference */

/**
 * Return what is told of each state of the document. The first one is what the server rendered.
 * @returns {(doc: Conference | undefined) => void}
 */
export function keepConference() {
  let shown = '';
  return (doc) => {
    if (!doc) return;
    const now = JSON.stringify(doc);
    if (shown && shown !== now) show(doc);
    shown = now;
  };
}

/** @param {Conference} doc */
function show(doc) {
  const words = wordsOf(doc);
  for (const [name, value] of Object.entries(words)) {
    for (const place of document.querySelectorAll(`[data-conference="${name}"]`)) setText(/** @type {HTMLElement} */ (place), value);
  }
}

/**
 * Return the words of a conference by the names of their places on pages.
 * @param {Conference} doc
 * @returns {Record<string, string>}
 */
export function wordsOf(doc) {
  const [first, last] = [date(doc.starts_at, doc.timezone), date(doc.ends_at, doc.timezone)];
  return {
    title: text(doc.title),
    host: text(doc.host),
    venue: text(doc.venue),
    day: first,
    from: clockTime(doc.starts_at, doc.timezone),
    until: `${last === first ? '' : `${last} `}${clockTime(doc.ends_at, doc.timezone)}`,
  };
}
