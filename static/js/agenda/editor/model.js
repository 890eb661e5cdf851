/** The plan as the editor holds it: the content that `GET plan` answers, and how things in it are found. */

/** @typedef {import('#hub/web/i18n.js').Text} Text */
/** @typedef {{id: string, title: Text}} Department */
/** @typedef {{name: string, role: string}} Guest who speaks in a segment */
/** @typedef {{name: string, role: string, reads_for: string | null}} Speaker `reads_for`: whose words are read, when it is somebody else's */
/** @typedef {{id: string, kind: string, title: Text, note: Text | null, room: string | null, speakers: Guest[], public: boolean}} Segment */
/**
 * @typedef {{id: string, number: string, segment: string, title: Text, fixed: boolean, planned_start: string, planned_s: number,
 *   colour: string | null, warn_s: number | null, danger_s: number | null, skipped: boolean, sync: string | null, shortest_s: number | null,
 *   droppable: boolean, notes: Record<string, string>, speakers: Speaker[]}} Cue `fixed`: starts at its own time, otherwise when the one before it ends;
 *   `sync`: starts together with those of other lanes that have the same; `shortest_s`, `droppable`: when time has to be made up
 */
/** @typedef {{id: string, title: Text, colour: string | null, room: string | null, cues: Cue[]}} Lane */
/** @typedef {{departments: Department[], segments: Segment[], lanes: Lane[]}} Content */
/** @typedef {{id: string, title: Text}} Room */

/** @type {Content} */
export const NOTHING = { departments: [], segments: [], lanes: [] };

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A new id: ten letters that mean nothing. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/**
 * Where a cue stands.
 * @param {Content} content
 * @param {string} id
 * @returns {{lane: Lane, index: number, cue: Cue} | null}
 */
export function findCue(content, id) {
  for (const lane of content.lanes) {
    const index = lane.cues.findIndex((cue) => cue.id === id);
    if (index >= 0) return { lane, index, cue: lane.cues[index] };
  }
  return null;
}

/**
 * @param {Content} content
 * @param {string} id
 */
export function findSegment(content, id) {
  return content.segments.find((segment) => segment.id === id) ?? null;
}

/**
 * @param {Content} content
 * @param {string | null} id
 */
export function findLane(content, id) {
  return content.lanes.find((lane) => lane.id === id) ?? null;
}

/**
 * Every cue, lane by lane.
 * @param {Content} content
 */
export function allCues(content) {
  return content.lanes.flatMap((lane) => lane.cues);
}

/** @param {Cue} cue */
export function startOf(cue) {
  return Date.parse(cue.planned_start);
}

/**
 * When a cue ends (ms); a skipped one takes no time.
 * @param {Cue} cue
 */
export function endOf(cue) {
  return startOf(cue) + (cue.skipped ? 0 : cue.planned_s * 1000);
}

/**
 * An instant as the plan writes it.
 * @param {number} ms
 */
export function instant(ms) {
  return new Date(ms).toISOString();
}

/**
 * Whether two values of the plan are the same.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
export function same(a, b) {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const one = /** @type {Record<string, unknown>} */ (a);
  const two = /** @type {Record<string, unknown>} */ (b);
  const keys = Object.keys(one);
  return keys.length === Object.keys(two).length && keys.every((key) => key in two && same(one[key], two[key]));
}
