/** The lines of a lane in order: its cues, and between them the days, the gaps and the overlaps. Used by the sheet and by the axis. */
import { endOf, startOf } from '#hub/agenda/editor/model.js';
import { localOf } from '#hub/agenda/editor/zone.js';

/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/**
 * @typedef {{kind: 'day', key: string, day: string} | {kind: 'cue', key: string, cue: Cue}
 *   | {kind: 'gap' | 'overlap', key: string, before: string, ms: number, from: number}} Line
 */

/**
 * @param {Lane} lane
 * @param {string} zone
 * @returns {Line[]}
 */
export function linesOf(lane, zone) {
  /** @type {Line[]} */
  const lines = [];
  let day = '';
  /** @type {number | null} */
  let end = null;
  for (const cue of lane.cues) {
    const start = startOf(cue);
    const between = end === null || cue.skipped ? 0 : start - end;
    if (between > 0) lines.push({ kind: 'gap', key: `gap/${cue.id}`, before: cue.id, ms: between, from: end ?? start });
    if (between < 0) lines.push({ kind: 'overlap', key: `overlap/${cue.id}`, before: cue.id, ms: -between, from: start });
    const own = localOf(start, zone).day;
    if (own !== day) lines.push({ kind: 'day', key: `day/${own}/${cue.id}`, day: own });
    day = own;
    lines.push({ kind: 'cue', key: cue.id, cue });
    if (!cue.skipped) end = end === null ? endOf(cue) : Math.max(end, endOf(cue));
  }
  return lines;
}

/**
 * How long the cues of a list take together (s); skipped ones take no time.
 * @param {Cue[]} cues
 */
export function totalOf(cues) {
  return cues.reduce((sum, cue) => sum + (cue.skipped ? 0 : cue.planned_s), 0);
}
