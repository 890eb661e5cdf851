/** Times and lengths of the plan in words. */
import { t } from '#hub/web/i18n.js';

/**
 * `1시간 5분`, `40초`: a length in words; what is less than a second is nothing.
 * @param {number} seconds
 */
export function lengthWords(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const parts = [hours && t('{n}시간', { n: hours }), minutes && t('{n}분', { n: minutes }), rest && t('{n}초', { n: rest })].filter(Boolean);
  return parts.join(' ') || t('{n}분', { n: 0 });
}
