/**
 * What happened while somebody was away, found by comparing the documents before and after. So it is right after missed
 * entries, after a fresh snapshot, and when something was undone in between.
 */
import { inRevealOrder } from '#hub/awards/revealed.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').CueDoc} CueDoc */
/** @typedef {import('#hub/live/documents.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/live/documents.js').LevelDoc} LevelDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{lanes: Map<string, LaneDoc>, cues: Map<string, CueDoc>, awards: Map<string, AwardDoc>}} Memory */
/** @typedef {{kind: 'awards', at: number, until: number, level: LevelDoc, awards: AwardDoc[]}} Awards */
/** @typedef {{kind: 'cue', at: number, cue: CueDoc} | {kind: 'cues', at: number, cue: CueDoc, lane: LaneDoc, count: number}} Cues `cue`: the last one */
/** @typedef {Cues | {kind: 'finished' | 'held', at: number, lane: LaneDoc} | Awards | {kind: 'ceremony', at: number, count: number}} Timed */
/** @typedef {Timed | {kind: 'withdrawn', at: null, count: number}} Event */

export const LONG_MS = 30_000;
/** More of one sort than this are told in one line. */
const MOST = 3;

/**
 * What the store knows now, to compare with later.
 * @param {Store} store
 * @returns {Memory}
 */
export function remember(store) {
  return { lanes: byId(store.all('lane/')), cues: byId(store.all('cue/')), awards: byId(store.all('award/')) };
}

/**
 * @template {{id: string}} D
 * @param {readonly D[]} docs
 */
function byId(docs) {
  return new Map(docs.map((doc) => [doc.id, doc]));
}

/**
 * A memory whose awards are as the store has them now, without those that were withdrawn since.
 * @param {Memory} then
 * @param {Store} store
 * @returns {Memory}
 */
export function withAwardsOf(then, store) {
  const still = store.all('award/').filter((award) => then.awards.has(award.id));
  return { ...then, awards: new Map(still.map((award) => [award.id, award])) };
}

/**
 * What is different now, in the order in which it happened. Withdrawn names are counted, never named.
 * @param {Memory} before
 * @param {Memory} now
 * @returns {Event[]}
 */
export function happened(before, now) {
  const timed = [...startedCues(before, now), ...stops(before, now), ...revealed(before, now)];
  return [...timed.sort((a, b) => a.at - b.at), ...withdrawn(before, now)];
}

/**
 * Cues that began; of many in one lane the last one, and how many there were.
 * @param {Memory} before
 * @param {Memory} now
 * @returns {Timed[]}
 */
function startedCues(before, now) {
  return [...now.lanes.values()].flatMap((lane) => {
    const cues = [...now.cues.values()].filter((cue) => cue.lane === lane.id && cue.started_at && cue.started_at !== before.cues.get(cue.id)?.started_at);
    /** @type {Timed[]} */
    const told = cues.map((cue) => ({ kind: 'cue', at: begun(cue), cue }));
    if (told.length < MOST) return told;
    const last = cues.reduce((a, b) => (begun(a) > begun(b) ? a : b));
    return [{ kind: 'cues', at: begun(last), cue: last, lane, count: cues.length }];
  });
}

/** @param {CueDoc} cue */
function begun(cue) {
  return Date.parse(cue.started_at ?? '');
}

/**
 * @param {Memory} before
 * @param {Memory} now
 * @returns {Timed[]}
 */
function stops(before, now) {
  const changed = [...now.lanes.values()].filter((lane) => lane.status !== before.lanes.get(lane.id)?.status);
  return [
    ...changed.flatMap((lane) => (lane.held_since ? [{ kind: /** @type {const} */ ('held'), at: Date.parse(lane.held_since), lane }] : [])),
    ...changed.filter((lane) => lane.status === 'finished').map((lane) => ({ kind: /** @type {const} */ ('finished'), at: lastEnd(now, lane.id), lane })),
  ];
}

/**
 * @param {Memory} now
 * @param {string} laneId
 */
function lastEnd(now, laneId) {
  return Math.max(...[...now.cues.values()].flatMap((cue) => (cue.lane === laneId && cue.ended_at ? [Date.parse(cue.ended_at)] : [])));
}

/**
 * New awards, those of one level together; of many levels only how many there are.
 * @param {Memory} before
 * @param {Memory} now
 * @returns {Timed[]}
 */
function revealed(before, now) {
  /** @type {Map<string, Awards>} */
  const groups = new Map();
  const fresh = inRevealOrder([...now.awards.values()].filter((award) => award.revealed_at !== before.awards.get(award.id)?.revealed_at));
  for (const award of fresh) {
    const at = Date.parse(award.revealed_at);
    /** @type {Awards} */
    const group = groups.get(award.level.id) ?? { kind: 'awards', at, until: at, level: award.level, awards: [] };
    group.until = at;
    group.awards.push(award);
    groups.set(award.level.id, group);
  }
  if (groups.size > MOST) return [{ kind: 'ceremony', at: Math.max(...[...groups.values()].map(({ until }) => until)), count: fresh.length }];
  return [...groups.values()];
}

/**
 * @param {Memory} before
 * @param {Memory} now
 * @returns {Event[]}
 */
function withdrawn(before, now) {
  const count = inRevealOrder([...before.awards.values()]).filter((award) => !now.awards.has(award.id)).length;
  return count > 0 ? [{ kind: 'withdrawn', at: null, count }] : [];
}
