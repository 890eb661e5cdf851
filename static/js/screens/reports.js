/** What a screen tells the operators of itself: that it is up, and the newest that it shows. */
import { nameFor } from '#hub/screens/identify.js';

/** @typedef {{tell: (event: string, data: object) => void}} Link */

/** At most so often the operators are told what a screen shows. */
const REPORT_MS = 1_000;

/**
 * @param {{kind: string, lane: string | null}} screen
 * @param {(ms: number, fn: () => void) => void} [later]
 */
export function screenReports({ kind, lane }, later = (ms, fn) => void setTimeout(fn, ms)) {
  /** @type {Link | null} */
  let link = null;
  let shown = 0;
  let waits = false;
  const report = () => {
    if (waits) return;
    waits = true;
    later(REPORT_MS, () => {
      waits = false;
      link?.tell('screen', { kind, lane, shown });
    });
  };
  return {
    /** Events that operators send to screens. A name is never laid over a broadcast picture. */
    on: { identify: (/** @type {{name: string}} */ { name }) => void (kind === 'lower-third' || nameFor(name)) },
    /** @param {Link} to */
    by(to) {
      link = to;
    },
    /** Tell it again: the connection is new. */
    report,
    /** @param {number} number the last number of the stream that the screen shows */
    show(number) {
      if (number === shown) return;
      shown = number;
      report();
    },
  };
}
