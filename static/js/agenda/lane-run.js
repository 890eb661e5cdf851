/**
 * What is read of a lane and its cues as they run: the same rules as `conference_hub/agenda/lane_run.py`, for the documents
 * `lane/<id>` and `cue/<id>`. Instants are ms since 1970.
 */
import { derived, grouped } from '#hub/web/derived.js';

/** @typedef {Pick<import('#hub/live/documents.js').LaneDoc, 'id' | 'status' | 'cue' | 'held_since'> & {standby?: string | null, ready_since?: string | null}} LaneDoc what is read of a lane */
/**
 * @typedef {Pick<import('#hub/live/documents.js').CueDoc, 'id' | 'lane' | 'position' | 'planned_start' | 'planned_s'
 *   | 'started_at' | 'ended_at' | 'extension_s' | 'held_s'> & {skipped?: boolean, fixed?: boolean, sync?: string | null}} CueDoc what is read of a cue
 */

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
 * The cues of a lane in their order.
 * @template {CueDoc} C
 * @param {Pick<LaneDoc, 'id'>} lane
 * @param {readonly C[]} cues
 * @returns {readonly C[]}
 */
export function cuesOf(lane, cues) {
  return /** @type {readonly C[]} */ (byLane(cues).get(lane.id) ?? NONE);
}

/** @type {readonly CueDoc[]} */
const NONE = [];
const byLane = derived((/** @type {readonly CueDoc[]} */ cues) => grouped(cues.toSorted((a, b) => a.position - b.position), ({ lane }) => lane));

/**
 * Where the current cue stands among its lane's, -1 when there is none.
 * @param {LaneDoc} lane
 * @param {readonly CueDoc[]} own the cues of the lane in their order
 */
function currentIndex(lane, own) {
  return own.findIndex((cue) => cue.id === lane.cue);
}

/**
 * The cues that will run if nothing but `next` is commanded, in that order: the one on standby first.
 * @template {CueDoc} C
 * @param {LaneDoc} lane
 * @param {readonly C[]} own the cues of the lane in their order
 * @returns {C[]}
 */
export function orderToCome(lane, own) {
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
 * The sync point at which a cue will wait for other lanes; one that ran starts alone when it runs again.
 * @param {CueDoc} cue
 */
export function meets(cue) {
  return cue.started_at === null ? (cue.sync ?? null) : null;
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

/**
 * When the time of a started cue is used up; a hold that lasts pushes it on.
 * @param {LaneDoc} lane
 * @param {CueDoc} cue
 * @param {number} at
 */
export function cueEndsAt(lane, cue, at) {
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
export function moment(lane, cues, nowMs) {
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

/** @param {CueDoc} cue */
export function allotted(cue) {
  return ms(cue.planned_s) + ms(cue.extension_s);
}

/** @param {number} seconds */
export function ms(seconds) {
  return Math.round(seconds * 1000);
}

/** @param {string | null} text */
export function instant(text) {
  return text === null ? null : Date.parse(text);
}

/** @param {readonly (number | null)[]} instants */
export function latest(instants) {
  return instants.reduce((a, b) => (a === null || b === null ? a ?? b : Math.max(a, b)), null);
}
