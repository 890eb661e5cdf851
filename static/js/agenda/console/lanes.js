/** What the console shows of each lane at one instant: the lane's view, the time left, and its rundown. */
import { inCallingOrder } from '#hub/awards/calling.js';
import { isToCome } from '#hub/awards/presence.js';
import { project } from '#hub/agenda/clock.js';
import { cuesOf, waitsFor } from '#hub/agenda/lane-run.js';
import { laneViews, projectedRun } from '#hub/agenda/lanes.js';
import { atInstant } from '#hub/web/derived.js';

/** @typedef {import('#hub/live/documents.js').CueDoc} CueDoc */
/** @typedef {import('#hub/live/documents.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/live/documents.js').NotesDoc} NotesDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/clock.js').CueProjection} CueProjection */
/** @typedef {'done' | 'on-air' | 'standby' | 'coming' | 'skipped' | 'left-out'} LineState */
/** @typedef {{cue: CueDoc, times: CueProjection, state: LineState}} Line */
/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/**
 * @typedef {import('#hub/agenda/lanes.js').LaneView & {remainingMs: number | null, lines: Line[], notes: NotesDoc | null,
 *   left: AwardDoc[], waits: LaneDoc[], awaiting: LaneDoc[], skewMs: number}} ConsoleLane `waits`: who has still to come before its next cue begins, `awaiting`:
 *   who is ready and waits for this lane, `skewMs`: how much later its next cue begins than the lane itself could begin it; `notes`: of the cue that is on, else of the one that
 *   comes; `left`: awards of the cue that is on which have not been called, as they are called
 */

/**
 * Every lane in its order.
 * @type {(store: Store, now: number) => readonly ConsoleLane[]} `now`: server time (ms)
 */
export const consoleLanes = atInstant((store, now) => {
  const cues = store.all('cue/');
  const lanes = store.all('lane/');
  const projections = projectedRun(store, now);
  return laneViews(store, now).map((view) => {
    const { cues: times, remainingMs } = /** @type {import('#hub/agenda/clock.js').LaneProjection} */ (projections.get(view.lane.id));
    const lines = cuesOf(view.lane, cues).map((cue, index) => ({ cue, times: times[index], state: stateOf(cue, view) }));
    const cue = view.cue ?? view.next?.cue ?? null;
    return { ...view, remainingMs, lines, notes: (cue && store.get(`notes/${cue.id}`)) ?? null, left: notCalled(view, store), ...meeting(view, lanes, cues) };
  });
});

/**
 * The awards of the cue on air whose names are still to come, in calling order.
 * @param {import('#hub/agenda/lanes.js').LaneView} view
 * @param {Store} store
 * @returns {AwardDoc[]}
 */
function notCalled({ lane, cue }, store) {
  return cue ? inCallingOrder(store, lane.id).filter((award) => award.cue === cue.id && isToCome(award)) : [];
}

/**
 * Whom a lane waits for, who waits for it, and how much later its next cue begins for that.
 * @param {import('#hub/agenda/lanes.js').LaneView} view
 * @param {readonly LaneDoc[]} lanes
 * @param {readonly CueDoc[]} cues
 */
function meeting({ lane, next, now }, lanes, cues) {
  const waits = waitsFor(lane, lanes, cues);
  const awaiting = lanes.filter((other) => other.ready_since && waitsFor(other, lanes, cues).some(({ id }) => id === lane.id));
  if (waits.length === 0 || !next || next.at === null) return { waits, awaiting, skewMs: 0 };
  const alone = project(lane, cues, now).cues.find(({ id }) => id === next.cue.id)?.projectedStart ?? next.at;
  return { waits, awaiting, skewMs: Math.max(next.at - alone, 0) };
}

/**
 * How many cues would be left out if the lane ended now.
 * @param {ConsoleLane} lane
 */
export function cuesLeft(lane) {
  return lane.lines.filter(({ cue, state }) => state !== 'on-air' && !cue.started_at && !cue.skipped).length;
}

/**
 * @param {CueDoc} cue
 * @param {import('#hub/agenda/lanes.js').LaneView} view of its lane
 * @returns {LineState}
 */
function stateOf(cue, { cue: current, lane, status }) {
  if (cue.id === current?.id) return 'on-air';
  if (cue.id === lane.standby) return 'standby';
  if (cue.started_at) return 'done';
  if (cue.skipped) return 'skipped';
  return status === 'finished' ? 'left-out' : 'coming';
}
