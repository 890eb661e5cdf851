/** Which messages an audience is shown at one instant. */

/** @typedef {import('#hub/live/documents.js').MessageDoc} MessageDoc */
/** @typedef {import('#hub/live/documents.js').Audience} Audience */

/**
 * The messages for an audience, emergencies first, then the newest.
 * @param {{all: (prefix: 'message/') => readonly MessageDoc[]}} store
 * @param {Audience} audience
 * @param {string | null} lane null: a page of all lanes
 * @param {number} now server time (ms)
 * @returns {readonly MessageDoc[]}
 */
export function shownMessages(store, audience, lane, now) {
  return store
    .all('message/')
    .filter((message) => message.audiences.includes(audience))
    .filter((message) => !message.state || message.state === 'shown')
    .filter((message) => message.lane === null || lane === null || message.lane === lane)
    .filter((message) => message.until === null || Date.parse(message.until) > now)
    .sort((one, other) => Number(other.emergency) - Number(one.emergency) || Date.parse(other.at) - Date.parse(one.at));
}

/**
 * The next instant after `after` at which the clock of `zone` shows `time`.
 * @param {string} time `13:20`
 * @param {(instant: number) => string} clock how that zone writes an instant: `13:20`
 * @param {number} after ms
 */
export function nextTime(time, clock, after) {
  const minutes = (/** @type {string} */ words) => Number(words.slice(0, 2)) * 60 + Number(words.slice(3, 5));
  const ahead = (minutes(time) - minutes(clock(after)) + 1_440) % 1_440 || 1_440;
  return Math.floor(after / 60_000) * 60_000 + ahead * 60_000;
}
