/** Work that is done once for many changes: when none has come for a while, and however many come, not later than at some time. */

/**
 * @param {() => void} work
 * @param {{quietMs: number, latestMs: number}} limits `quietMs` after the last change, `latestMs` after the first at the latest
 * @param {() => number} now the time in ms, which never goes back
 * @returns {() => void} says that something changed
 */
export function whenQuiet(work, { quietMs, latestMs }, now) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @type {number | null} */
  let latest = null;
  const done = () => {
    latest = null;
    work();
  };
  return () => {
    latest ??= now() + latestMs;
    clearTimeout(waiting);
    waiting = setTimeout(done, Math.min(quietMs, latest - now()));
  };
}
