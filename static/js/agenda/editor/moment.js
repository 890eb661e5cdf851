/** A start as people type it into a cell: a time of day, with a date where it is meant for another day. */
import { parseClock } from '#hub/agenda/editor/duration.js';
import { dayAfter, localOf, msOf } from '#hub/agenda/editor/zone.js';

const HALF_DAY_MS = 12 * 3_600_000;
const DATED = /^(?:(\d{4})\s*[-./년]\s*)?(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*\.?\s*일?\s+(.+)$/;

/**
 * The instant that is meant. Without a date it is on the day of `now`; a time just before the cue before it belongs to the
 * next day, since lanes run over midnight.
 * @param {string} typed
 * @param {{now: number, previous: number | null, zone: string}} at `now`: the present start, `previous`: of the cue before (ms)
 * @returns {number | null} ms; null when it is no time
 */
export function startFrom(typed, { now, previous, zone }) {
  const words = typed.normalize('NFKC').trim();
  const dated = DATED.exec(words);
  const seconds = parseClock(dated ? dated[4] : words);
  if (seconds === null) return null;
  const { day } = localOf(now, zone);
  if (dated) return datedStart(dated, seconds, day, zone);
  const ms = msOf({ day, seconds }, zone);
  if (previous === null || ms >= previous) return ms;
  const next = msOf({ day: dayAfter(day), seconds }, zone);
  return next - previous <= HALF_DAY_MS ? next : ms;
}

/**
 * @param {RegExpExecArray} found
 * @param {number} seconds
 * @param {string} day
 * @param {string} zone
 */
function datedStart(found, seconds, day, zone) {
  const pad = (/** @type {string} */ part) => part.padStart(2, '0');
  const named = `${found[1] ?? day.slice(0, 4)}-${pad(found[2])}-${pad(found[3])}`;
  return Number.isNaN(Date.parse(`${named}T00:00:00Z`)) ? null : msOf({ day: named, seconds }, zone);
}
