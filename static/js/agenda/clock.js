/**
 * When each cue of a run, and each of its lanes, will be over: the same rules as `conference_hub/agenda/projection.py`, for the
 * documents `lane/<id>` and `cue/<id>`. Both are held to `tests/golden/agenda-clock.json` and `agenda-run.json`. Instants are ms
 * since 1970.
 */

import { allotted, cueEndsAt, cuesOf, currentCue, instant, latest, meets, moment, ms, orderToCome } from '#hub/agenda/lane-run.js';

/** @typedef {import('#hub/agenda/lane-run.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/agenda/lane-run.js').CueDoc} CueDoc */

/**
 * @typedef {object} CueProjection
 * @property {string} id
 * @property {number} plannedStart
 * @property {number} plannedEnd
 * @property {number | null} startedAt
 * @property {number | null} endedAt
 * @property {number | null} projectedStart null for a cue that was left out
 * @property {number | null} projectedEnd
 */

/**
 * @typedef {object} LaneProjection
 * @property {CueProjection[]} cues
 * @property {number | null} endsAt of the current cue
 * @property {number | null} remainingMs of the current cue, negative when over
 * @property {number | null} plannedFinish
 * @property {number | null} projectedFinish
 * @property {number} driftMs positive when the lane will finish later than planned
 */

/**
 * Return when each cue and the lane will end, if each cue is started as soon as it can be.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} cues of any lane, in any order
 * @param {number} nowMs server time
 * @param {readonly LaneDoc[]} [lanes] all lanes of the run: without them it waits for no other one
 * @returns {LaneProjection}
 */
export function project(lane, cues, nowMs, lanes = [lane]) {
  return /** @type {LaneProjection} */ (projectRun(lanes, cues, nowMs).get(lane.id));
}

/**
 * Return when each lane of a run will end, by its id.
 * @param {readonly LaneDoc[]} lanes
 * @param {readonly CueDoc[]} cues of any lane, in any order
 * @param {number} nowMs server time
 * @returns {Map<string, LaneProjection>}
 */
export function projectRun(lanes, cues, nowMs) {
  return new Map(runTracks(lanes, cues, nowMs).map((track) => [track.lane.id, laneProjection(track)]));
}

/** A lane on its way through the cues that it still has to run: when it is free, and what it has found. */
class Track {
  /** When each cue will begin and end, by id. @type {Map<string, [number, number]>} */
  found = new Map();

  /**
   * @param {LaneDoc} lane
   * @param {readonly CueDoc[]} own the cues of the lane in their order
   * @param {number} nowMs
   */
  constructor(lane, own, nowMs) {
    this.lane = lane;
    this.own = own;
    this.at = moment(lane, own, nowMs);
    this.left = orderToCome(lane, own);
    const current = currentCue(lane, own);
    /** @type {number | null} */
    this.freeAt = current === null ? null : Math.max(cueEndsAt(lane, current, this.at), this.at);
  }

  /** The sync point of the cue that comes next. */
  get point() {
    return this.left.length > 0 ? meets(this.left[0]) : null;
  }

  /**
   * Whether the lane comes to a point after the cue that comes next.
   * @param {string} point
   */
  meetsLater(point) {
    return this.point !== point && this.left.some((cue) => meets(cue) === point);
  }

  /** When the cue that comes next can begin: early is absorbed by a fixed start, late moves on. */
  earliest() {
    const [cue] = this.left;
    if (this.lane.ready_since && this.found.size === 0) return this.at;
    const plannedStart = Date.parse(cue.planned_start);
    if (this.freeAt === null) return Math.max(plannedStart, this.at);
    return cue.fixed === false ? this.freeAt : Math.max(plannedStart, this.freeAt);
  }

  /**
   * Begin the cue that comes next.
   * @param {number} startAt
   */
  begin(startAt) {
    const [cue] = this.left.splice(0, 1);
    this.freeAt = startAt + allotted(cue);
    this.found.set(cue.id, [startAt, this.freeAt]);
  }
}

/**
 * Let all lanes run to their ends.
 * @param {readonly LaneDoc[]} lanes
 * @param {readonly CueDoc[]} cues
 * @param {number} nowMs
 */
function runTracks(lanes, cues, nowMs) {
  const tracks = lanes.map((lane) => new Track(lane, cuesOf(lane, cues), nowMs));
  while (tracks.some((track) => track.left.length > 0)) {
    for (const track of tracks) while (track.left.length > 0 && track.point === null) track.begin(track.earliest());
    meet(tracks.filter((track) => track.left.length > 0));
  }
  return tracks;
}

/**
 * Let those lanes go on that have come to the same sync point. No plan is saved whose lanes meet crosswise, so some always can.
 * @param {readonly Track[]} tracks each has come to a point
 */
function meet(tracks) {
  const points = [...new Set(tracks.map((track) => track.point))].filter((point) => point !== null);
  const met = points.filter((point) => !tracks.some((track) => track.meetsLater(point)));
  for (const point of met.length > 0 ? met : points.slice(0, 1)) {
    const together = tracks.filter((track) => track.point === point);
    const startAt = Math.max(...together.map((track) => track.earliest()));
    for (const track of together) track.begin(startAt);
  }
}

/**
 * @param {Track} track
 * @returns {LaneProjection}
 */
function laneProjection({ lane, own, at, found }) {
  const projected = projections(lane, own, at, found);
  const current = currentCue(lane, own);
  const endsAt = current === null ? null : cueEndsAt(lane, current, at);
  const plannedFinish = projected.at(-1)?.plannedEnd ?? null;
  const projectedFinish = latest(projected.map((cue) => cue.projectedEnd));
  return {
    cues: projected,
    endsAt,
    remainingMs: endsAt === null ? null : endsAt - at,
    plannedFinish,
    projectedFinish,
    driftMs: projectedFinish === null || plannedFinish === null ? 0 : projectedFinish - plannedFinish,
  };
}

/**
 * The time left of the current cue, negative when over; null when there is none.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} cues
 * @param {number} nowMs
 */
export function remainingMs(lane, cues, nowMs) {
  return project(lane, cues, nowMs).remainingMs;
}

/**
 * The cues in their order: as they ran, else as they are expected.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} cues of the lane, in their order
 * @param {number} at
 * @param {Map<string, [number, number]>} found when those that still come will begin and end, by id
 * @returns {CueProjection[]}
 */
function projections(lane, cues, at, found) {
  const goesOn = lane.ready_since ? (found.values().next().value?.[0] ?? null) : null;
  return cues.map((cue) => {
    const plannedStart = Date.parse(cue.planned_start);
    const [projectedStart, projectedEnd] = span(lane, cue, at, goesOn) ?? found.get(cue.id) ?? [null, null];
    return {
      id: cue.id,
      plannedStart,
      plannedEnd: plannedStart + ms(cue.planned_s),
      startedAt: instant(cue.started_at),
      endedAt: instant(cue.ended_at),
      projectedStart,
      projectedEnd,
    };
  });
}

/**
 * When a cue that ran was, or is until; null for one that has not.
 * @param {LaneDoc} lane
 * @param {CueDoc} cue
 * @param {number} at
 * @param {number | null} goesOn when a lane that is ready goes on: its cue on air lasts until then
 * @returns {[number | null, number | null] | null}
 */
function span(lane, cue, at, goesOn) {
  if (cue.ended_at !== null) return [instant(cue.started_at), instant(cue.ended_at)];
  if (cue.started_at === null) return null;
  return [instant(cue.started_at), goesOn ?? Math.max(cueEndsAt(lane, cue, at), at)];
}
