/** The clock on the wall where the conference is: instants to days and times of day, and back. */
import { byKey, bySecond } from '#hub/web/derived.js';

/** @typedef {{day: string, seconds: number}} Local `day`: YYYY-MM-DD; seconds since its midnight, as the clock shows */

const DAY_MS = 86_400_000;

/**
 * @param {number} ms since 1970
 * @param {string} zone IANA name
 * @returns {Readonly<Local>}
 */
export function localOf(ms, zone) {
  return clockOf(zone)(ms);
}

const clockOf = byKey((zone) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  return bySecond((ms) => localBy(format, ms));
});

/**
 * @param {Intl.DateTimeFormat} format
 * @param {number} ms
 * @returns {Local}
 */
function localBy(format, ms) {
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return { day: `${parts.year}-${parts.month}-${parts.day}`, seconds: (Number(parts.hour) * 60 + Number(parts.minute)) * 60 + Number(parts.second) };
}

/**
 * The instant at which the clock shows that; seconds of a day or more belong to the days after.
 * @param {Local} local
 * @param {string} zone
 */
export function msOf({ day, seconds }, zone) {
  const wall = Date.parse(`${day}T00:00:00Z`) + seconds * 1000;
  let ms = wall - offsetAt(wall, zone);
  ms = wall - offsetAt(ms, zone);
  return ms;
}

/**
 * The day some days later.
 * @param {string} day
 * @param {number} days
 */
export function dayAfter(day, days = 1) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * `09:20`, or `09:20:30` when there are seconds.
 * @param {number} seconds since midnight
 */
export function writeClock(seconds) {
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const minutes = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor((seconds % 3600) / 60))}`;
  return seconds % 60 ? `${minutes}:${pad(seconds % 60)}` : minutes;
}

/**
 * @param {number} ms
 * @param {string} zone
 */
function offsetAt(ms, zone) {
  const { day, seconds } = localOf(ms, zone);
  return Date.parse(`${day}T00:00:00Z`) + seconds * 1000 - Math.floor(ms / 1000) * 1000;
}
