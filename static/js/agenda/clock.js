/**
 * When each cue of a lane, and the lane itself, will be over: the same rules as `conference_hub/agenda/projection.py`, for
 * the documents `lane/<id>` and `cue/<id>`. Both are held to `tests/golden/agenda-clock.json`. Instants are ms since 1970.
 */

/** @typedef {Pick<import('#hub/live/documents.js').LaneDoc, 'id' | 'status' | 'cue' | 'held_since'> & {standby?: string | null}} LaneDoc what is read of a lane */
/**
 * @typedef {Pick<import('#hub/live/documents.js').CueDoc, 'id' | 'lane' | 'position' | 'planned_start' | 'planned_s'
 *   | 'started_at' | 'ended_at' | 'extension_s' | 'held_s'> & {skipped?: boolean}} CueDoc what is read of a cue
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
 * Return when each cue and the lane will end, if nobody commands anything more.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} cues of any lane, in any order
 * @param {number} nowMs server time
 * @returns {LaneProjection}
 */
export function project(lane, cues, nowMs) {
  const own = cuesOf(lane, cues);
  const at = moment(lane, own, nowMs);
  const projected = projections(lane, own, at);
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
 * The cues in their order; those that still come follow one another, after the current one.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} cues of the lane, in their order
 * @param {number} at
 * @returns {CueProjection[]}
 */
function projections(lane, cues, at) {
  const expected = expectedSpans(lane, cues, at);
  return cues.map((cue) => {
    const plannedStart = Date.parse(cue.planned_start);
    const [projectedStart, projectedEnd] = span(lane, cue, at) ?? expected.get(cue.id) ?? [null, null];
    return {
      id: cue.id,
      plannedStart,
      plannedEnd: plannedEnd(cue),
      startedAt: instant(cue.started_at),
      endedAt: instant(cue.ended_at),
      projectedStart,
      projectedEnd,
    };
  });
}

/**
 * When the cues that still come will begin and end, by id.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} cues
 * @param {number} at
 * @returns {Map<string, [number, number]>}
 */
function expectedSpans(lane, cues, at) {
  const current = currentCue(lane, cues);
  /** @type {number | null} */
  let freeAt = current === null ? null : Math.max(cueEndsAt(lane, current, at), at);
  /** @type {Map<string, [number, number]>} */
  const found = new Map();
  for (const cue of orderToCome(lane, cues)) {
    const startAt = expectedStart(cue, cues[cues.indexOf(cue) - 1], freeAt, at);
    freeAt = startAt + allotted(cue);
    found.set(cue.id, [startAt, freeAt]);
  }
  return found;
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
 * @returns {[number | null, number | null] | null}
 */
function span(lane, cue, at) {
  if (cue.ended_at !== null) return [instant(cue.started_at), instant(cue.ended_at)];
  return cue.started_at === null ? null : [instant(cue.started_at), Math.max(cueEndsAt(lane, cue, at), at)];
}

/**
 * A cue begins when the lane is free. A planned gap absorbs lateness; without one it follows at once, early or late.
 * @param {CueDoc} cue
 * @param {CueDoc | undefined} before the cue before it in the plan
 * @param {number | null} freeAt
 * @param {number} at
 */
function expectedStart(cue, before, freeAt, at) {
  const plannedStart = Date.parse(cue.planned_start);
  if (freeAt === null) return Math.max(plannedStart, at);
  return before && plannedStart > plannedEnd(before) ? Math.max(plannedStart, freeAt) : freeAt;
}

/** @param {CueDoc} cue */
function plannedEnd(cue) {
  return Date.parse(cue.planned_start) + ms(cue.planned_s);
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
  const happened = latest([...known, instant(lane.held_since)]);
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
