/**
 * What the emcee of a lane reads: the award that is up, and those that follow. Whose turn it is follows the rule of
 * `next_up` in `conference_hub/awards/ceremony.py`.
 */
import { cuesOf } from '#hub/agenda/clock.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{award: AwardDoc, number: number, total: number}} Reading `number` of `total` in its round */

const ON_STAGE = ['revealed', 'presented', 'photographed'];
const TO_COME = ['armed', 'sealed', 'deferred'];
const FOLLOWING = 2;

/**
 * The award to read now and the following two. The armed one comes first; else the one on stage; else whose turn it is.
 * @param {Store} store
 * @param {string} laneId
 * @returns {{up: Reading | null, following: Reading[]}}
 */
export function readingQueue(store, laneId) {
  const awards = inCallingOrder(store, laneId);
  const coming = TO_COME.flatMap((state) => awards.filter((award) => award.state === state));
  const armed = coming.find((award) => award.state === 'armed');
  const up = armed ?? onStage(awards) ?? coming[0] ?? null;
  return {
    up: up && reading(up, awards),
    following: coming.filter((award) => award !== up).slice(0, FOLLOWING).map((award) => reading(award, awards)),
  };
}

/**
 * All awards of a lane as they are called: round after round, and by their order in each.
 * @param {Store} store
 * @param {string} laneId
 */
export function inCallingOrder(store, laneId) {
  const lane = /** @type {any} */ ({ id: laneId });
  const rounds = cuesOf(lane, store.all('cue/')).map((cue) => cue.id);
  const place = (/** @type {AwardDoc} */ award) => (rounds.includes(award.cue) ? rounds.indexOf(award.cue) : rounds.length);
  return store
    .all('award/')
    .filter((award) => award.lane === laneId)
    .toSorted((a, b) => place(a) - place(b) || a.order - b.order || (a.id < b.id ? -1 : 1));
}

/** @param {AwardDoc[]} awards */
function onStage(awards) {
  return awards
    .filter((award) => ON_STAGE.includes(award.state))
    .toSorted((a, b) => Date.parse(a.revealed_at ?? '') - Date.parse(b.revealed_at ?? ''))
    .at(-1);
}

/**
 * @param {AwardDoc} award
 * @param {AwardDoc[]} awards
 * @returns {Reading}
 */
function reading(award, awards) {
  const round = awards.filter((other) => other.cue === award.cue);
  return { award, number: round.indexOf(award) + 1, total: round.length };
}
