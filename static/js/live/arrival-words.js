/** Where a person who is called to the stage is, in words with a sign. */
import { t } from '#hub/web/i18n.js';
import { setText } from '#hub/web/dom.js';

/** @typedef {import('#hub/live/crew-calling.js').Arrival} Arrival */

/**
 * @param {Arrival} arrival
 * @param {boolean} [late] the person came after the round had begun
 */
export function arrivalWords(arrival, late = false) {
  if (arrival === 'inside' && late) return t('늦게 도착함');
  switch (arrival) {
    case 'inside':
      return t('도착함');
    case 'ready':
      return t('온라인 준비됨');
    case 'remote':
      return t('온라인 접속함');
    case 'missing':
      return t('아직 오지 않음');
    case 'unknown':
      return '';
  }
}

/**
 * @param {HTMLElement} badge
 * @param {Arrival} arrival
 * @param {boolean} [late]
 */
export function drawArrival(badge, arrival, late = false) {
  setText(badge, arrivalWords(arrival, late));
  badge.hidden = arrival === 'unknown';
  badge.dataset.kind = arrival === 'missing' ? 'warn' : late ? 'info' : 'good';
}
