/**
 * What an audience is told of a lane: what is on, and when each item comes. A changed time is said with the planned one, item by
 * item; how late or early a lane is in all is the operators' concern.
 */
import { t, text } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {import('#hub/agenda/lanes.js').Coming} Coming */

/** A difference below this is no other time. */
const NOTABLE_MS = 60_000;

/**
 * A time, with the planned one where that is another: `13:27, 예정 13:42`.
 * @param {number} at ms
 * @param {number} planned ms
 * @param {number} now ms
 * @param {string} zone IANA name of the event's zone
 */
export function timeWords(at, planned, now, zone) {
  const time = clockBeside(at, now, zone);
  return isChanged(at, planned) ? t('{time}, 예정 {planned}', { time, planned: clockBeside(planned, now, zone) }) : time;
}

/**
 * An item that still comes: `샌드아트 13:27, 예정 13:42`.
 * @param {Coming} coming
 * @param {number} now ms
 * @param {string} zone
 */
export function itemWords(coming, now, zone) {
  const { title, time } = itemParts(coming, now, zone);
  return time ? t('{title} {time}', { title, time }) : title;
}

/**
 * The title and the time of an item; `time` is empty where it is not known.
 * @param {Coming} coming
 * @param {number} now ms
 * @param {string} zone
 */
export function itemParts({ cue, at }, now, zone) {
  return { title: text(cue.title), time: at === null ? '' : timeWords(at, Date.parse(cue.planned_start), now, zone) };
}

/**
 * How the lane stands.
 * @param {LaneView} view
 * @param {string} zone
 */
export function audienceStanding(view, zone) {
  switch (view.status) {
    case 'held':
      return t('잠시 멈추었습니다');
    case 'finished':
      return t('모두 마쳤습니다');
    case 'running':
      return t('진행하고 있습니다');
    case 'waiting':
      return waitingWords(view, zone);
  }
}

/**
 * @param {LaneView} view
 * @param {string} zone
 */
function waitingWords({ next, now }, zone) {
  if (!next?.at) return t('아직 시작하지 않았습니다');
  const planned = Date.parse(next.cue.planned_start);
  if (isChanged(next.at, planned)) {
    const time = clockBeside(planned, now, zone);
    return next.at - now < NOTABLE_MS ? t('곧 시작합니다, 예정 {time}', { time }) : t('{time} 시작, 예정 {planned}', { time: clockBeside(next.at, now, zone), planned: time });
  }
  return t('{time}에 시작할 예정입니다', { time: clockBeside(next.at, now, zone) });
}

/**
 * @param {number} at
 * @param {number} planned
 */
function isChanged(at, planned) {
  return Math.abs(at - planned) >= NOTABLE_MS;
}
