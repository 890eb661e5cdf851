/** What is wrong with a plan: gaps and overlaps in a lane, lanes without cues, cues outside the conference, ceremonies that are too short. */
import { endOf, startOf } from '#hub/agenda/editor/model.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {Record<string, {count: number, pace_s: number}>} Loads awards of a cue, and how long each takes */
/**
 * @typedef {{kind: 'gap' | 'overlap' | 'empty_lane' | 'outside' | 'overfull', lane: string, cue: string | null, seconds: number,
 *   needed: number, count: number, pace: number}} Finding
 */

/**
 * @param {Content} content
 * @param {{startsAt: string, endsAt: string}} conference
 * @param {Loads} loads
 * @returns {Finding[]}
 */
export function findingsOf(content, { startsAt, endsAt }, loads) {
  const span = [Date.parse(startsAt), Date.parse(endsAt)];
  return content.lanes.flatMap((lane) => {
    if (lane.cues.length === 0) return [finding('empty_lane', lane.id, null, 0)];
    return [...between(lane), ...lane.cues.filter((cue) => startOf(cue) < span[0] || endOf(cue) > span[1]).map((cue) => finding('outside', lane.id, cue.id, 0)), ...overfull(lane, loads)];
  });
}

/** @param {Content['lanes'][number]} lane */
function between({ id, cues }) {
  /** @type {Finding[]} */
  const found = [];
  /** @type {number | null} */
  let end = null;
  for (const cue of cues.filter((one) => !one.skipped)) {
    const free = end === null ? 0 : (startOf(cue) - end) / 1000;
    if (free) found.push(finding(free > 0 ? 'gap' : 'overlap', id, cue.id, Math.abs(free)));
    end = Math.max(end ?? 0, endOf(cue));
  }
  return found;
}

/**
 * @param {Content['lanes'][number]} lane
 * @param {Loads} loads
 */
function overfull({ id, cues }, loads) {
  return cues.flatMap((cue) => {
    const load = loads[cue.id];
    const needed = load ? load.count * load.pace_s : 0;
    return load && !cue.skipped && needed > cue.planned_s ? [{ ...finding('overfull', id, cue.id, cue.planned_s), needed, count: load.count, pace: load.pace_s }] : [];
  });
}

/**
 * @param {Finding['kind']} kind
 * @param {string} lane
 * @param {string | null} cue
 * @param {number} seconds
 * @returns {Finding}
 */
function finding(kind, lane, cue, seconds) {
  return { kind, lane, cue, seconds, needed: 0, count: 0, pace: 0 };
}
