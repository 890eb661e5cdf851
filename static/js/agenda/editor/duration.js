/** Durations and times of day as people type them. */

const HOURS = /(\d+(?:[.,]\d+)?)\s*(?:시간|hours?|hrs?|h)/i;
const MINUTES = /(\d+(?:[.,]\d+)?)\s*(?:분|minutes?|mins?|m(?![a-z])|['′’])/i;
const SECONDS = /(\d+(?:[.,]\d+)?)\s*(?:초|seconds?|secs?|s(?![a-z])|["″”])/i;
const LONGEST_S = 24 * 3600;

/**
 * Seconds of `10` (minutes), `10:00`, `1:30:00`, `10분`, `1시간 5분`, `1h 5m`, `90초`; null for anything else, nothing, and more than a day.
 * @param {string} typed
 * @returns {number | null}
 */
export function parseDuration(typed) {
  const words = typed.normalize('NFKC').trim();
  const seconds = clockSeconds(words) ?? unitSeconds(words);
  return seconds !== null && seconds > 0 && seconds <= LONGEST_S ? seconds : null;
}

/**
 * `10:00`, `1:30:00`: a duration in the one way that everybody reads.
 * @param {number} seconds
 */
export function writeDuration(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

/**
 * A time of day of `9:30`, `0930`, `9시 30분`, `오후 1:20`, `1:20 pm`, `24:10`, in seconds since midnight; null for anything else.
 * Up to 47:59, which is the next day.
 * @param {string} typed
 * @returns {number | null}
 */
export function parseClock(typed) {
  const words = typed.normalize('NFKC').trim().toLowerCase();
  const half = /^(오전|오후|am|pm)?\s*(.*?)\s*(am|pm|a\.m\.|p\.m\.)?$/.exec(words);
  const found = half && /^(\d{1,2})(?:\s*[:시.]\s*(\d{1,2})?\s*분?(?::(\d{2}))?)?$|^(\d{2})(\d{2})$/.exec(half[2].trim());
  if (!half || !found) return null;
  const [hour, minute, second] = [Number(found[1] ?? found[4]), Number(found[2] ?? found[5] ?? 0), Number(found[3] ?? 0)];
  const noon = half[1] ?? half[3] ?? '';
  const afternoon = noon === '오후' || noon.startsWith('p');
  if (minute > 59 || second > 59 || hour > (noon ? 12 : 47)) return null;
  return ((noon ? (hour % 12) + (afternoon ? 12 : 0) : hour) * 60 + minute) * 60 + second;
}

/** @param {string} words */
function clockSeconds(words) {
  const found = /^(?:(\d{1,2}):)?(\d{1,4})(?::(\d{1,2}))$|^(\d{1,4})$/.exec(words);
  if (!found) return null;
  if (found[4] !== undefined) return Number(found[4]) * 60;
  const [hours, minutes, seconds] = [Number(found[1] ?? 0), Number(found[2]), Number(found[3])];
  if (seconds > 59 || (found[1] !== undefined && minutes > 59)) return null;
  return hours * 3600 + minutes * 60 + seconds;
}

/** @param {string} words */
function unitSeconds(words) {
  let rest = words;
  let seconds = 0;
  for (const [unit, length] of /** @type {[RegExp, number][]} */ ([[HOURS, 3600], [MINUTES, 60], [SECONDS, 1]])) {
    const found = unit.exec(rest);
    if (!found) continue;
    seconds += Number(found[1].replace(',', '.')) * length;
    rest = rest.replace(found[0], ' ');
  }
  return /^[\s,]*$/.test(rest) && rest !== words ? Math.round(seconds) : null;
}
