/** What the console shows of each lane at one instant: the lane's view, the time left, and its rundown. */
import { cuesOf, project } from '#hub/agenda/clock.js';
import { laneViews } from '#hub/agenda/lanes.js';

/** @typedef {import('#hub/live/store.js').Doc} Doc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/clock.js').CueProjection} CueProjection */
/** @typedef {'done' | 'on-air' | 'coming' | 'left-out'} LineState */
/** @typedef {{cue: Doc, times: CueProjection, state: LineState}} Line */
/** @typedef {import('#hub/agenda/lanes.js').LaneView & {remainingMs: number | null, lines: Line[]}} ConsoleLane */

/**
 * Every lane in its order.
 * @param {Store} store
 * @param {number} now server time (ms)
 * @returns {ConsoleLane[]}
 */
export function consoleLanes(store, now) {
  const cues = /** @type {any[]} */ (store.all('cue/'));
  return laneViews(store, now).map((view) => {
    const lane = /** @type {any} */ (view.lane);
    const { cues: times, remainingMs } = project(lane, cues, now);
    const lines = cuesOf(lane, cues).map((cue, index) => ({ cue, times: times[index], state: stateOf(cue, view.cue, view.status) }));
    return { ...view, remainingMs, lines };
  });
}

/**
 * How many cues would be left out if the lane ended now.
 * @param {ConsoleLane} lane
 */
export function cuesLeft(lane) {
  return lane.lines.filter((line) => line.state === 'coming').length;
}

/**
 * @param {Doc} cue
 * @param {Doc | null} current
 * @param {string} status
 * @returns {LineState}
 */
function stateOf(cue, current, status) {
  if (cue.id === current?.id) return 'on-air';
  if (cue.started_at) return 'done';
  return status === 'finished' ? 'left-out' : 'coming';
}
