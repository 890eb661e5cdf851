/**
 * When each cue of a run, and each of its lanes, will be over: the same rules as `conference_hub/agenda/projection.py`, for the
 * documents `lane/<id>` and `cue/<id>`. Both are held to `tests/golden/agenda-clock.json` and `agenda-run.json`. Instants are ms
 * since 1970.
 */

/** @typedef {Pick<import('#hub/live/documents.js').LaneDoc, 'id' | 'status' | 'cue' | 'held_since'> & {standby?: string | null, ready_since?: string | null}} LaneDoc what is read of a lane */
/**
 * @typedef {Pick<import('#hub/live/documents.js').CueDoc, 'id' | 'lane' | 'position' | 'planned_start' | 'planned_s'
 *   | 'started_at' | 'ended_at' | 'extension_s' | 'held_s'> & {skipped?: boolean, fixed?: boolean, sync?: string | null}} CueDoc what is read of a cue
 */

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
 * The sync point at which a cue will wait for other lanes; one that ran starts alone when it runs again.
 * @param {CueDoc} cue
 */
function meets(cue) {
  return cue.started_at === null ? (cue.sync ?? null) : null;
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
 * The cue that runs or is held, or null.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} cues
 * @returns {C | null}
 */
export function currentCue(lane, cues) {
  return cues.find((cue) => cue.id === lane.cue) ?? null;
}

/**
 * The cue that `start` or `next` would bring, or null: the one on standby, else the first after the current one that still comes.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} cues
 * @returns {C | null}
 */
export function nextCue(lane, cues) {
  return orderToCome(lane, cuesOf(lane, cues))[0] ?? null;
}

/**
 * The cues of a lane in their order.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} cues
 * @returns {C[]}
 */
export function cuesOf(lane, cues) {
  return cues.filter((cue) => cue.lane === lane.id).sort((a, b) => a.position - b.position);
}

/**
 * Where the current cue stands among its lane's, -1 when there is none.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} own the cues of the lane in their order
 */
function currentIndex(lane, own) {
  return own.findIndex((cue) => cue.id === lane.cue);
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
 * The cues that will run if nothing but `next` is commanded, in that order: the one on standby first.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} own the cues of the lane in their order
 * @returns {C[]}
 */
function orderToCome(lane, own) {
  if (lane.status === 'finished') return [];
  const standby = own.findIndex((cue) => cue.id === lane.standby);
  if (standby >= 0) return [own[standby], ...own.slice(standby + 1).filter(toCome)];
  return own.slice(currentIndex(lane, own) + 1).filter(toCome);
}

/** @param {CueDoc} cue */
function toCome(cue) {
  return cue.started_at === null && !cue.skipped;
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

/**
 * When the time of a started cue is used up; a hold that lasts pushes it on.
 * @param {LaneDoc} lane
 * @param {CueDoc} cue
 * @param {number} at
 */
function cueEndsAt(lane, cue, at) {
  const begun = instant(cue.started_at) ?? at;
  const holding = at - (instant(lane.held_since) ?? at);
  return begun + allotted(cue) + ms(cue.held_s) + holding;
}

/**
 * The present, but never before anything that has already happened in the lane.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} cues
 * @param {number} nowMs
 */
function moment(lane, cues, nowMs) {
  const known = cues.flatMap((cue) => [notBefore(cue), instant(cue.ended_at)]);
  const happened = latest([...known, instant(lane.held_since), instant(lane.ready_since ?? null)]);
  return Math.max(Math.floor(nowMs), happened ?? -Infinity);
}

/**
 * The earliest instant that a cue's start and the holds that are over leave for the present.
 * @param {CueDoc} cue
 */
function notBefore(cue) {
  const startedAt = instant(cue.started_at);
  return startedAt === null ? null : startedAt + ms(cue.held_s);
}

/** @param {readonly (number | null)[]} instants */
function latest(instants) {
  return instants.reduce((a, b) => (a === null || b === null ? a ?? b : Math.max(a, b)), null);
}

/** @param {string | null} text */
function instant(text) {
  return text === null ? null : Date.parse(text);
}

/** @param {CueDoc} cue */
function allotted(cue) {
  return ms(cue.planned_s) + ms(cue.extension_s);
}

/** @param {number} seconds */
function ms(seconds) {
  return Math.round(seconds * 1000);
}

/**
 * The lanes that have still to come before the next cue of a lane begins; none where it starts alone.
 * @template {LaneDoc} L
 * @param {LaneDoc} lane
 * @param {readonly L[]} lanes all lanes of the run
 * @param {readonly CueDoc[]} cues of any lane
 * @returns {L[]}
 */
export function waitsFor(lane, lanes, cues) {
  const point = pointOf(lane, cues);
  if (point === null) return [];
  return lanes.filter((other) => other.id !== lane.id && orderToCome(other, cuesOf(other, cues)).some((cue) => meets(cue) === point)
    && !(other.ready_since && pointOf(other, cues) === point));
}

/**
 * The sync point of the cue that starts next in a lane.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} cues
 */
function pointOf(lane, cues) {
  const next = nextCue(lane, cues);
  return next && meets(next);
}
