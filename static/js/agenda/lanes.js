/** Where each lane stands at one instant, put together from the documents: what is on, what comes next, when it ends. */
import { projectRun } from '#hub/agenda/clock.js';
import { cuesOf, currentCue, nextCue } from '#hub/agenda/lane-run.js';
import { atInstant } from '#hub/web/derived.js';

/** @typedef {import('#hub/live/documents.js').CueDoc} CueDoc */
/** @typedef {import('#hub/live/documents.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/live/documents.js').RoomDoc} RoomDoc */
/** @typedef {import('#hub/live/documents.js').SegmentDoc} SegmentDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{cue: CueDoc, at: number | null}} Coming `at`: when it is expected to begin (ms) */
/**
 * @typedef {object} LaneView
 * @property {LaneDoc} lane
 * @property {LaneDoc['status']} status
 * @property {CueDoc | null} cue what is on
 * @property {SegmentDoc | null} segment the part of the programme it belongs to
 * @property {RoomDoc | null} room where that is: the room of the segment, else of the lane
 * @property {number | null} endsAt ms
 * @property {boolean} over whether the time of `cue` is used up
 * @property {Coming | null} next
 * @property {Coming[]} later what comes after `next`, in its order, without what only the team sees
 * @property {number} now the instant of the view (ms)
 * @property {number | null} plannedStart ms
 * @property {number | null} plannedFinish ms
 * @property {number | null} projectedFinish ms
 * @property {number} driftMs positive when the lane will finish later than planned
 */

/**
 * Every lane in its order.
 * @type {(store: Store, now: number) => readonly LaneView[]} `now`: server time (ms)
 */
export const laneViews = atInstant((store, now) => {
  const projections = projectedRun(store, now);
  return store.all('lane/').map((lane) => viewOf(store, lane, now, projections));
});

/**
 * When each cue of the run will be, by the id of its lane.
 * @type {(store: Store, now: number) => Map<string, import('#hub/agenda/clock.js').LaneProjection>} `now`: server time (ms)
 */
export const projectedRun = atInstant((store, now) => projectRun(store.all('lane/'), store.all('cue/'), now));

/**
 * One lane, or null when the store does not know it.
 * @param {Store} store
 * @param {string} id
 * @param {number} now server time (ms)
 */
export function laneView(store, id, now) {
  const lane = store.get(`lane/${id}`);
  return lane ? viewOf(store, lane, now, projectedRun(store, now)) : null;
}

/**
 * @param {Store} store
 * @param {LaneDoc} lane
 * @param {number} now
 * @param {Map<string, import('#hub/agenda/clock.js').LaneProjection>} projections of all lanes
 * @returns {LaneView}
 */
function viewOf(store, lane, now, projections) {
  const cues = cuesOf(lane, store.all('cue/'));
  const projection = /** @type {import('#hub/agenda/clock.js').LaneProjection} */ (projections.get(lane.id));
  const cue = currentCue(lane, cues);
  const next = nextCue(lane, cues);
  const expected = new Map(projection.cues.map(({ id, startedAt, projectedStart }) => [id, startedAt === null ? projectedStart : null]));
  const segment = (cue && store.get(`segment/${cue.segment}`)) ?? null;
  const room = segment?.room ?? lane.room;
  return {
    lane,
    status: lane.status,
    cue,
    segment,
    room: (room && store.get(`room/${room}`)) || null,
    endsAt: projection.endsAt,
    over: (projection.remainingMs ?? 0) < 0,
    next: next && { cue: next, at: projection.cues.find(({ id }) => id === next.id)?.projectedStart ?? null },
    later: cues
      .flatMap((one) => (one !== next && store.get(`segment/${one.segment}`) ? [{ cue: one, at: expected.get(one.id) ?? null }] : []))
      .filter(({ at }) => at !== null)
      .toSorted((a, b) => Number(a.at) - Number(b.at)),
    now,
    plannedStart: projection.cues[0]?.plannedStart ?? null,
    plannedFinish: projection.plannedFinish,
    projectedFinish: projection.projectedFinish,
    driftMs: projection.driftMs,
  };
}

/**
 * The instants beside which times of lanes are shown, so that those of other days are marked: planned ones beside the
 * present within the plan (a rehearsal is on another day), real ones beside the present, and beside the end once all is over.
 * @param {readonly LaneView[]} views
 * @returns {{planned: number, real: number}}
 */
export function besideOf(views) {
  const now = Math.max(...views.map((view) => view.now));
  const starts = views.flatMap(({ plannedStart }) => plannedStart ?? []);
  const ends = views.flatMap(({ plannedFinish }) => plannedFinish ?? []);
  const planned = starts.length > 0 ? Math.min(Math.max(now, Math.min(...starts)), Math.max(...ends)) : now;
  if (views.every(({ status }) => status === 'waiting')) return { planned, real: planned };
  const over = views.every(({ status }) => status === 'finished' || status === 'waiting');
  return { planned, real: over ? Math.min(now, Math.max(...views.map(({ projectedFinish }) => projectedFinish ?? now))) : now };
}

/**
 * The latest end of all lanes, as planned and as projected, or null while there is no plan.
 * @param {readonly LaneView[]} views
 * @returns {{planned: number, projected: number} | null}
 */
export function wholeFinish(views) {
  const ends = views.filter((view) => view.plannedFinish !== null && view.projectedFinish !== null);
  if (ends.length === 0) return null;
  return {
    planned: Math.max(...ends.map((view) => Number(view.plannedFinish))),
    projected: Math.max(...ends.map((view) => Number(view.projectedFinish))),
  };
}
