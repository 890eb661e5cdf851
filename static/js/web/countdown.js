/** A countdown to an end instant, drawn each second and spoken at five minutes, one minute and the end. */
import { announce } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';
import { setText } from '#hub/web/dom.js';
import { duration, everySecond, serverNow, toMs } from '#hub/web/time.js';

/** @typedef {import('#hub/web/time.js').Instant} Instant */

const DAY_MS = 24 * 60 * 60_000;
const MARKS_MS = [5 * 60_000, 60_000, 0];
/** Seconds left at which a countdown turns, where its cue says nothing else. */
const WARN_S = 120;
const DANGER_S = 30;

/** @typedef {{warn_s?: number | null, danger_s?: number | null} | null} Turns when the countdown of a cue turns */

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
 * Draw a countdown into `element`. `data-phase` is that of `phaseOf`.
 * @param {HTMLElement} element
 * @param {{speak?: boolean}} [options]
 * @returns {{until: (end: Instant | null, turns?: Turns) => void, stop: () => void}} `until(null)` shows a dash
 */
export function countdown(element, { speak = false } = {}) {
  /** @type {number | null} */
  let end = null;
  /** @type {Turns} */
  let turning = null;
  let last = -Infinity;
  const draw = (/** @type {number} */ now) => {
    const left = end === null ? null : end - now;
    setText(element, left === null ? '–' : timeLeft(left));
    element.dataset.phase = phaseOf(left, turning);
    const mark = left === null ? null : passedMark(last, left);
    last = left ?? -Infinity;
    if (speak && mark !== null) announce(wording(mark));
  };
  const stop = everySecond(draw);
  return {
    until(to, turns = null) {
      end = to === null ? null : toMs(to);
      turning = turns;
      last = -Infinity;
      draw(serverNow());
    },
    stop,
  };
}

/**
 * How a countdown stands: `running`, `warning`, `danger`, `over`, or `idle` without an end.
 * @param {number | null} left ms
 * @param {Turns} [turns]
 */
export function phaseOf(left, turns = null) {
  if (left === null) return 'idle';
  if (left <= -1000) return 'over';
  if (left <= (turns?.danger_s ?? DANGER_S) * 1000) return 'danger';
  return left <= (turns?.warn_s ?? WARN_S) * 1000 ? 'warning' : 'running';
}

/** @param {number} mark */
function wording(mark) {
  return mark === 0 ? t('예정된 시간이 끝났습니다.') : t('{n}분 남았습니다.', { n: mark / 60_000 });
}

/**
 * `09:59`, and whole days from two days on: nobody counts the seconds of a week.
 * @param {number} left ms
 */
export function timeLeft(left) {
  return left >= 2 * DAY_MS ? t('{n}일', { n: Math.floor(left / DAY_MS) }) : duration(left);
}
