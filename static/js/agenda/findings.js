/**
 * What is odd about a plan: the same as `conference_hub/agenda/findings.py`, for a plan as the API gives it. Both are held to
 * `tests/golden/agenda-findings.json`.
 */

import { loneCues } from '#hub/agenda/sync-points.js';

const NIGHT_MS = 4 * 60 * 60 * 1000;

/**
 * @typedef {object} PlannedCue what is read of a cue
 * @property {string} id
 * @property {boolean} skipped
 * @property {string} planned_start
 * @property {number} planned_s
 * @property {string | null} sync
 */
/** @typedef {{id: string, cues: readonly PlannedCue[]}} PlannedLane */
/** @typedef {{count: number, pace_s: number}} Load the awards of a cue, and the seconds that each takes */
/** @typedef {{begin: string, end: string}} Days */
/**
 * @typedef {object} Finding
 * @property {'empty_lane' | 'gap' | 'overlap' | 'outside' | 'overfull' | 'lone_sync'} oddity
 * @property {string} lane
 * @property {string | null} cue
 * @property {string | null} other the cue before it
 * @property {number} by_s how long the gap or the overlap is, or by how much the awards take longer than the cue
 */

/**
 * What is odd about a plan, by lane and cue.
 * @param {readonly PlannedLane[]} lanes
 * @param {Days} days
 * @param {Record<string, Load>} loads by the id of the cue
 * @returns {Finding[]}
 */
export function findings(lanes, days, loads) {
  const lone = loneCues(lanes);
  return lanes.flatMap((lane) => {
    const cues = lane.cues.filter((cue) => !cue.skipped);
    if (cues.length === 0) return [finding('empty_lane', lane)];
    return cues.flatMap((cue, place) => [
      ...ofCue(lane, cues[place - 1], cue, days, loads[cue.id]),
      ...(lone.has(cue.id) ? [finding('lone_sync', lane, cue)] : []),
    ]);
  });
}

/**
 * @param {PlannedLane} lane
 * @param {PlannedCue | undefined} before
 * @param {PlannedCue} cue
 * @param {Days} days
 * @param {Load | undefined} load
 */
function ofCue(lane, before, cue, days, load) {
  const found = [];
  const gap = before ? startOf(cue) - endOf(before) : 0;
  if (before && gap > 0 && gap < NIGHT_MS) found.push(finding('gap', lane, cue, before, gap));
  if (before && gap < 0) found.push(finding('overlap', lane, cue, before, -gap));
  const outside = startOf(cue) < Date.parse(days.begin) || endOf(cue) > Date.parse(days.end);
  if (outside) found.push(finding('outside', lane, cue));
  const over = load ? Math.round(load.count * load.pace_s * 1000) - lengthOf(cue) : 0;
  if (over > 0) found.push(finding('overfull', lane, cue, undefined, over));
  return found;
}

/**
 * @param {Finding['oddity']} oddity
 * @param {PlannedLane} lane
 * @param {PlannedCue} [cue]
 * @param {PlannedCue} [other]
 * @param {number} [byMs]
 * @returns {Finding}
 */
function finding(oddity, lane, cue, other, byMs = 0) {
  return { oddity, lane: lane.id, cue: cue?.id ?? null, other: other?.id ?? null, by_s: byMs / 1000 };
}

/** @param {PlannedCue} cue */
function startOf(cue) {
  return Date.parse(cue.planned_start);
}

/** @param {PlannedCue} cue */
function endOf(cue) {
  return startOf(cue) + lengthOf(cue);
}

/** @param {PlannedCue} cue */
function lengthOf(cue) {
  return Math.round(cue.planned_s * 1000);
}
