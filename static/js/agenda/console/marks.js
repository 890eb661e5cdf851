/** Speaks how long the cues on air still have: at five minutes, at one minute and at the end. */
import { passedMark } from '#hub/web/countdown.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */

/**
 * Make the listener for the lanes as they are drawn; it returns what is to be said now.
 * @returns {(lanes: readonly ConsoleLane[]) => string[]}
 */
export function marks() {
  /** @type {Map<string, {cue: string, ms: number}>} */
  const known = new Map();
  return (lanes) =>
    lanes.flatMap(({ lane, cue, remainingMs }) => {
      const last = known.get(lane.id);
      if (!cue || remainingMs === null) {
        known.delete(lane.id);
        return [];
      }
      known.set(lane.id, { cue: cue.id, ms: remainingMs });
      const mark = last && last.cue === cue.id ? passedMark(last.ms, remainingMs) : null;
      return mark === null ? [] : [wording(text(lane.title), mark)];
    });
}

/**
 * @param {string} lane
 * @param {number} mark ms
 */
function wording(lane, mark) {
  return mark === 0 ? t('{lane}: 예정된 시간이 끝났습니다.', { lane }) : t('{lane}: {n}분 남았습니다.', { lane, n: mark / 60_000 });
}
