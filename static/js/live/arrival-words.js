/** Where a person who is called to the stage is, in words with a sign. */
import { presenceBadge } from '#hub/awards/presence.js';
import { t } from '#hub/web/i18n.js';
import { setText } from '#hub/web/dom.js';

/** @typedef {import('#hub/awards/presence.js').Presence} Presence */

/**
 * @param {HTMLElement} badge
 * @param {Presence} arrival
 * @param {boolean} [late] the person came after the round had begun
 */
export function drawArrival(badge, arrival, late = false) {
  const shown = arrivalBadge(arrival, late);
  setText(badge, shown?.words ?? '');
  badge.hidden = !shown;
  badge.dataset.kind = shown?.kind ?? '';
}

/**
 * @param {Presence} arrival
 * @param {boolean} [late]
 */
function arrivalBadge(arrival, late = false) {
  return arrival === 'here' && late ? { words: t('늦게 도착함'), kind: 'info' } : presenceBadge(arrival);
}
