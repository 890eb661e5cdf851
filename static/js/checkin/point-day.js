/** On which day of the event a point counts now: that of the window that opened last, so that a show over midnight is one day. */

/** @typedef {{openings: number[], zone: string}} Days `openings`: when the point's own windows open (ms since 1970), in order; none: a day begins at four in the morning */

const DAY_BEGINS_MS = 4 * 3_600_000;

/**
 * @param {Days} days
 * @param {number} now ms since 1970
 * @returns {string} ISO date where the event is held
 */
export function pointDay({ openings, zone }, now) {
  const opened = openings.filter((one) => one <= now).at(-1) ?? openings[0] ?? now - DAY_BEGINS_MS;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(opened);
}
