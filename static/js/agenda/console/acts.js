/** What was done last in a lane, on its cues and on its awards, as the documents say. */

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/live/documents.js').PastCommand} PastCommand */
/** @typedef {{award: string | null, past: PastCommand}} Act `award`: its id where the act was on one */
/** @typedef {{undo: Act | null, redo: Act | null}} Acts */

/**
 * The act of a lane that would be undone next, the newest one, and the one that would be done again: of those undone, the oldest.
 * @param {LaneDoc} lane
 * @param {readonly AwardDoc[]} awards of any lane
 * @returns {Acts}
 */
export function lastActs(lane, awards) {
  const own = awards.filter((award) => award.lane === lane.id);
  return { undo: last('undo', lane, own), redo: last('redo', lane, own) };
}

/**
 * @param {'undo' | 'redo'} kind
 * @param {LaneDoc} lane
 * @param {readonly AwardDoc[]} awards
 * @returns {Act | null}
 */
function last(kind, lane, awards) {
  const acts = awards.flatMap((award) => offered(kind, award));
  if (lane[kind]) acts.push({ award: null, past: lane[kind] });
  const inOrder = acts.sort((a, b) => a.past.number - b.past.number);
  return (kind === 'undo' ? inOrder.at(-1) : inOrder[0]) ?? null;
}

/**
 * @param {'undo' | 'redo'} kind
 * @param {AwardDoc} award
 * @returns {Act[]}
 */
function offered(kind, award) {
  const past = award[kind];
  return past && award.commands?.[kind] === null ? [{ award: award.id, past }] : [];
}
