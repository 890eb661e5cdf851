/** The server's time in this page, one ticker aligned to its seconds, and how times are written (24 h). */
import { bySecond } from '#hub/web/derived.js';
import { lang, t } from '#hub/web/i18n.js';
import { runTime } from '#hub/web/run-clock.js';
import { ServerClock } from '#hub/web/server-clock.js';

export { ServerClock };

/** @typedef {string | number | Date} Instant an ISO 8601 text, milliseconds since 1970, or a Date */

/** The page's estimate of the server clock; `live/connection.js` feeds it. */
export const clock = new ServerClock();

/**
 * Local monotonic time (ms since 1970): it does not jump when somebody sets the computer's clock. `now()` comes first: until
 * something asks it for the time, the clock that Playwright installs says that a page began at -1.
 */
export function localNow() {
  return performance.now() + performance.timeOrigin;
}

/** @type {import('#hub/web/run-clock.js').RunClock | null} */
let run = null;

/**
 * Let this page go by the clock of a rehearsal, or by the time of day again (null).
 * @param {import('#hub/web/run-clock.js').RunClock | null} given
 */
export function goBy(given) {
  run = given;
}

/** The server's time now (ms since 1970), of a page that shows a rehearsal the time in it. */
export function serverNow() {
  return runTime(run, realNow());
}

/** The server's time now (ms since 1970), also of a page that shows a rehearsal. */
export function realNow() {
  const local = localNow();
  return local + clock.offset(local);
}

/** @type {Set<(now: number) => void>} */
const followers = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Call `follower` with the server's time (ms) now and just after each of its seconds begins.
 * @param {(now: number) => void} follower
 * @returns {() => void} stops it
 */
export function everySecond(follower) {
  followers.add(follower);
  if (followers.size === 1) schedule();
  follower(serverNow());
  return () => {
    followers.delete(follower);
    if (followers.size === 0) clearTimeout(timer);
  };
}

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(tick, untilNextSecond(run && run.speed > 1 ? realNow() : serverNow()));
}

function tick() {
  schedule();
  const now = serverNow();
  for (const follower of [...followers]) follower(now);
}

/**
 * Milliseconds from `now` until just after the next whole second.
 * @param {number} now
 */
export function untilNextSecond(now) {
  return 1000 - (((now % 1000) + 1000) % 1000) + 2;
}

/**
 * Milliseconds since 1970.
 * @param {Instant} instant
 */
export function toMs(instant) {
  return new Date(instant).getTime();
}

/** The IANA name of the viewer's own time zone. */
export function viewerZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * `09:20`, in `zone` (the viewer's when left out).
 * @param {Instant} instant
 * @param {string} [zone] IANA name
 */
export function clockTime(instant, zone) {
  return format(instant, 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
}

/**
 * `09:20:05`, in `zone` (the viewer's when left out).
 * @param {Instant} instant
 * @param {string} [zone] IANA name
 */
export function clockSeconds(instant, zone) {
  return format(instant, 'en-GB', {
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone,
  });
}

/**
 * `2021년 12월 2일 (목)` or `Thu 2 December 2021`.
 * @param {Instant} instant
 * @param {string} [zone] IANA name
 */
export function date(instant, zone) {
  const english = lang() === 'en';
  const locale = english ? 'en-GB' : 'ko-KR';
  const day = format(instant, locale, { year: 'numeric', month: 'long', day: 'numeric', timeZone: zone });
  const weekday = format(instant, locale, { weekday: 'short', timeZone: zone });
  return english ? `${weekday} ${day}` : `${day} (${weekday})`;
}

/**
 * The date and the time of day.
 * @param {Instant} instant
 * @param {string} [zone] IANA name
 */
export function dateTime(instant, zone) {
  return `${date(instant, zone)} ${clockTime(instant, zone)}`;
}

/** From so many days on, a day is named by its date. */
const FAR_DAYS = 7;

/**
 * The time of day as it stands beside another instant: one of another day says so, `00:20 (+1일)`, and one of a week or
 * more away has its date.
 * @param {Instant} instant
 * @param {Instant} beside
 * @param {string} [zone] IANA name
 */
export function clockBeside(instant, beside, zone) {
  return besideDay(clockTime, instant, beside, zone);
}

/**
 * `clockBeside`, to the second.
 * @param {Instant} instant
 * @param {Instant} beside
 * @param {string} [zone] IANA name
 */
export function secondsBeside(instant, beside, zone) {
  return besideDay(clockSeconds, instant, beside, zone);
}

/**
 * @param {(instant: Instant, zone?: string) => string} write
 * @param {Instant} instant
 * @param {Instant} beside
 * @param {string} [zone]
 */
function besideDay(write, instant, beside, zone) {
  const days = dayNumber(instant, zone) - dayNumber(beside, zone);
  const time = write(instant, zone);
  if (days === 0) return time;
  return Math.abs(days) < FAR_DAYS ? `${time} (${dayMark(days)})` : `${date(instant, zone)} ${time}`;
}

/** @param {number} days not 0 */
function dayMark(days) {
  if (Math.abs(days) === 1) return days > 0 ? t('+1일') : t('−1일');
  return days > 0 ? t('+{n}일', { n: days }) : t('−{n}일', { n: -days });
}

/**
 * The days from 1970 to the calendar day of an instant in `zone`; days of 23 and 25 hours count once.
 * @param {Instant} instant
 * @param {string} [zone]
 */
export function dayNumber(instant, zone) {
  const day = format(instant, 'en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone });
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/**
 * Time left, as `mm:ss` or `h:mm:ss`. Below zero is overtime and is written with `+`. A begun second counts as left, so
 * that `00:00` is shown at the end and not before.
 * @param {number} ms
 */
export function duration(ms) {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 0 ? `+${digits(-seconds)}` : digits(seconds);
}

/** @param {number} total whole seconds, not negative */
function digits(total) {
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const tail = `${pad(minutes)}:${pad(Math.abs(total % 60))}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** @type {Map<string, (ms: number) => string>} */
const formats = new Map();

/**
 * What an instant is in a zone and a language; parts of a second are not written.
 * @param {Instant} instant
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(instant, locale, options) {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? writing(new Intl.DateTimeFormat(locale, options));
  formats.set(key, known);
  return known(toMs(instant));
}

/** @param {Intl.DateTimeFormat} made */
function writing(made) {
  return bySecond((ms) => made.format(ms));
}
