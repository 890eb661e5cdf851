/** When the conference is by the viewer's own clock, where that differs from the conference's. */
import { setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockTime, date, dateTime, viewerZone } from '#hub/web/time.js';

/** @typedef {import('#hub/web/time.js').Instant} Instant */

/**
 * Fill a line with the instants that it names (`data-from`, `data-to`); it stays hidden where both clocks show the same.
 * @param {HTMLElement} line
 * @param {string} zone the conference's, an IANA name
 */
export function showViewerTime(line, zone) {
  const words = viewerWords(line.dataset.from ?? '', line.dataset.to ?? '', zone);
  line.hidden = words === '';
  setText(line, words);
}

/**
 * Return the line, an empty text where both clocks show the same.
 * @param {Instant} from
 * @param {Instant} to
 * @param {string} zone the conference's, an IANA name
 * @param {string} [own] the viewer's
 */
export function viewerWords(from, to, zone, own = viewerZone()) {
  if (own === zone) return '';
  if ([from, to].every((at) => dateTime(at, own) === dateTime(at, zone))) return '';
  const first = date(from, own);
  const until = date(to, own) === first ? clockTime(to, own) : dateTime(to, own);
  return t('{zone} 시간으로는 {date} {from}–{to}', { zone: own, date: first, from: clockTime(from, own), to: until });
}
