/**
 * Sync points of a plan: cues of several lanes that start together. The same rules as `conference_hub/agenda/sync_points.py`.
 */

/** @typedef {{id: string, sync: string | null, skipped: boolean}} PlannedCue what is read of a cue */
/** @typedef {{cues: readonly PlannedCue[]}} PlannedLane */

/**
 * Whether lanes would wait for one another for ever: they meet their sync points in different orders. Each lane meets a point once.
 * @param {readonly PlannedLane[]} lanes
 */
export function crossed(lanes) {
  let left = lanes.map((lane) => jointCues(lane).map((cue) => cue.sync)).filter((points) => points.length > 0);
  while (left.length > 0) {
    const later = new Set(left.flatMap((points) => points.slice(1)));
    const met = new Set(left.map((points) => points[0]).filter((point) => !later.has(point)));
    if (met.size === 0) return true;
    left = left.map((points) => (met.has(points[0]) ? points.slice(1) : points)).filter((points) => points.length > 0);
  }
  return false;
}

/**
 * The ids of the cues whose sync point no other lane has.
 * @param {readonly PlannedLane[]} lanes
 * @returns {Set<string>}
 */
export function loneCues(lanes) {
  const joint = lanes.flatMap(jointCues);
  return new Set(joint.filter((cue) => joint.filter((other) => other.sync === cue.sync).length === 1).map((cue) => cue.id));
}

/** @param {PlannedLane} lane */
function jointCues({ cues }) {
  return cues.filter((cue) => cue.sync && !cue.skipped);
}
