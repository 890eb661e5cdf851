/** The lines of a lane in order: its cues, and between them the days, the gaps and the overlaps. Used by the sheet and by the axis. */
import { startOf } from '#hub/agenda/editor/model.js';
import { findings } from '#hub/agenda/findings.js';
import { localOf } from '#hub/agenda/editor/zone.js';

/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/**
 * @typedef {{kind: 'day', key: string, day: string} | {kind: 'cue', key: string, cue: Cue}
 *   | {kind: 'gap' | 'overlap', key: string, before: string, ms: number, from: number}} Line
 */

/** Whether a cue is within the conference is no line. */
const EVER = { begin: '0001-01-01T00:00:00Z', end: '9999-12-31T00:00:00Z' };
/** @type {WeakMap<Lane, Line[]>} */
const known = new WeakMap();

/**
 * @param {Lane} lane
 * @param {string} zone
 * @returns {Line[]}
 */
export function linesOf(lane, zone) {
  const lines = known.get(lane) ?? drawLines(lane, zone);
  known.set(lane, lines);
  return lines;
}

/**
 * @param {Lane} lane
 * @param {string} zone
 */
function drawLines(lane, zone) {
  const odd = new Map(findings([lane], EVER, {}).map((one) => [one.cue, one]));
  /** @type {Line[]} */
  const lines = [];
  let day = '';
  for (const cue of lane.cues) {
    const start = startOf(cue);
    const found = odd.get(cue.id);
    const ms = (found?.by_s ?? 0) * 1000;
    if (found?.oddity === 'gap') lines.push({ kind: 'gap', key: `gap/${cue.id}`, before: cue.id, ms, from: start - ms });
    if (found?.oddity === 'overlap') lines.push({ kind: 'overlap', key: `overlap/${cue.id}`, before: cue.id, ms, from: start });
    const own = localOf(start, zone).day;
    if (own !== day) lines.push({ kind: 'day', key: `day/${own}/${cue.id}`, day: own });
    day = own;
    lines.push({ kind: 'cue', key: cue.id, cue });
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
