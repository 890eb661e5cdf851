/** A countdown to an end instant, drawn each second and spoken at five minutes, one minute and the end. */
import { announce } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';
import { setText } from '#hub/web/dom.js';
import { duration, everySecond, serverNow, toMs } from '#hub/web/time.js';

/** @typedef {import('#hub/web/time.js').Instant} Instant */

const MARKS_MS = [5 * 60_000, 60_000, 0];

/**
 * The mark (ms left) passed between two readings of the time left, or null.
 * @param {number} before ms left at the earlier reading
 * @param {number} after ms left at the later one
 */
export function passedMark(before, after) {
  const passed = MARKS_MS.filter((mark) => before > mark && after <= mark);
  return passed.at(-1) ?? null;
}

/**
 * Draw a countdown into `element`. `data-phase` is `running`, `warning` (last minute), `over` or `idle`.
 * @param {HTMLElement} element
 * @param {{speak?: boolean}} [options]
 * @returns {{until: (end: Instant | null) => void, stop: () => void}} `until(null)` shows a dash
 */
export function countdown(element, { speak = false } = {}) {
  /** @type {number | null} */
  let end = null;
  let last = -Infinity;
  const draw = (/** @type {number} */ now) => {
    const left = end === null ? null : end - now;
    setText(element, left === null ? '–' : duration(left));
    element.dataset.phase = phase(left);
    const mark = left === null ? null : passedMark(last, left);
    last = left ?? -Infinity;
    if (speak && mark !== null) announce(wording(mark));
  };
  const stop = everySecond(draw);
  return {
    until(to) {
      end = to === null ? null : toMs(to);
      last = -Infinity;
      draw(serverNow());
    },
    stop,
  };
}

/** @param {number | null} left */
function phase(left) {
  if (left === null) return 'idle';
  if (left <= -1000) return 'over';
  return left <= 60_000 ? 'warning' : 'running';
}

/** @param {number} mark */
function wording(mark) {
  return mark === 0 ? t('예정된 시간이 끝났습니다.') : t('{n}분 남았습니다.', { n: mark / 60_000 });
}
