/** The clock of a rehearsal: it begins at the time of day that somebody chose, and may go faster. `agenda/run_clock.py` says the same. */

/** @typedef {{since: string, at: string, speed: number}} RunClock at `since` it showed `at`, and goes `speed` times as fast from then on */

/**
 * What the clock shows.
 * @param {RunClock | null | undefined} clock null: the time of day
 * @param {number} now server time (ms)
 */
export function runTime(clock, now) {
  if (!clock) return now;
  return Date.parse(clock.at) + Math.max(now - Date.parse(clock.since), 0) * clock.speed;
}
