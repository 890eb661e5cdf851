/** When each cue of a whole plan starts. A cue, a lane and a plan that stay as they are stay the same object. */
import { laidOut as laidOutLane } from '#hub/agenda/layout.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */

/**
 * @param {Content} content
 * @returns {Content}
 */
export function laidOut(content) {
  const lanes = content.lanes.map((lane) => {
    const cues = laidOutLane(lane.cues);
    return cues.some((cue, index) => cue !== lane.cues[index]) ? { ...lane, cues } : lane;
  });
  return lanes.some((lane, index) => lane !== content.lanes[index]) ? { ...content, lanes } : content;
}
