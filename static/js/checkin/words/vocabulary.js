/** The words of a gate by what its point does: a door lets people into the hall and out of it, a point that only counts (lunch, a rehearsal) moves nobody. */
import { COUNTING } from '#hub/checkin/words/counting.js';
import { DOOR } from '#hub/checkin/words/door.js';

/** @typedef {import('#hub/checkin/verdict-words.js').Verdict} Verdict */
/** @typedef {import('#hub/web/time.js').Instant} Instant */
/** @typedef {{title: string, why: string}} Said */
/** @typedef {'admitted' | 'held' | 'refused'} Acted what a device did before the server was asked */
/**
 * @typedef {object} Vocabulary
 * @property {(answer: Verdict, zone: string, at: Instant) => Said} admitted `zone`: IANA name of the event's; `at`: when it was scanned
 * @property {(answer: Verdict) => Said} left
 * @property {() => Said} turnedAway a device turned somebody away who might have passed
 * @property {() => Said} notInside goes out without having come in
 * @property {() => string} notYetOpen
 * @property {() => string} closed
 * @property {(acted: Acted) => string} known why a badge passes, or waits, that only the device knows
 * @property {() => Said} waited somebody had to wait for the answer, and may pass now
 * @property {(at: string) => Said} late somebody had to wait, and was taken to have passed at a time of day
 * @property {(out: boolean) => string} pass the press that lets somebody pass; `out`: who goes out
 * @property {() => string} party leads to the others of somebody's party
 * @property {(n: number) => string} passAll lets several people pass
 * @property {() => string} passed said of one who passed already
 * @property {() => string} allPassed the same of all of a party
 * @property {(out: boolean) => string} anyway the press that overrules a refusal
 * @property {() => string} looked the press after a look at the person
 * @property {() => string} switched the press that lets somebody take part in the hall instead
 * @property {(name: string, out: boolean) => string} askAnyway
 * @property {(name: string) => string} askSwitch
 * @property {() => string} doSwitch
 * @property {(left: boolean) => {act: string, ask: (name: string) => string, done: string}} undo `left`: what is taken back is that somebody went out
 * @property {{title: () => string, end: () => string, soon: (n: number) => string, over: () => string}} leaving while scans let out; `n`: seconds until they do not
 * @property {{in: () => string, out: () => string} | null} ways the choice of the direction; null: as the page has it
 */

/**
 * @param {boolean} counts whether people are only counted
 * @returns {Vocabulary}
 */
export function vocabularyOf(counts) {
  return counts ? COUNTING : DOOR;
}
