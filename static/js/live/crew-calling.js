/** Whom the emcee reads and backstage brings: the names of the round on air only, with where each person is. */
import { readingsOf } from '#hub/awards/calling.js';
import { isToCome, presenceOf } from '#hub/awards/presence.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/**
 * @typedef {{award: AwardDoc, number: number, total: number, arrival: import('#hub/awards/presence.js').Presence, late: boolean}} Person `number` of `total` in the
 *   round; `late`: came after the round had begun
 */
/** @typedef {'standby' | 'read' | 'wait'} Call what the emcee does now */

const DECK = 3;

/**
 * The award to read and those that follow it in the round on air. An award on stage is of any cue: the server says which it is.
 * @param {Store} store
 * @param {string} lane
 * @returns {{up: Person | null, next: Person[], left: number}} `left`: how many come after `up`
 */
export function crewCalling(store, lane) {
  const known = readingsOf(store, lane);
  const up = known.get(store.get(`calling/${lane}`)?.up ?? '');
  const next = following(store, lane).flatMap((id) => known.get(id) ?? []);
  return { up: up ? personOf(store, up) : null, next: next.slice(0, DECK).map((one) => personOf(store, one)), left: next.length };
}

/**
 * Those to come, the next name of a group before all others.
 * @param {Store} store
 * @param {string} lane
 */
function following(store, lane) {
  const ids = store.get(`calling/${lane}`)?.following ?? [];
  const next = store.get(`group/${lane}`)?.next;
  return next && ids.includes(next) ? [next, ...ids.filter((id) => id !== next)] : ids;
}

/**
 * Everybody of the round on air who is still to come, in calling order.
 * @param {Store} store
 * @param {string} lane
 * @returns {Person[]}
 */
export function stillToCome(store, lane) {
  const { up } = crewCalling(store, lane);
  const known = readingsOf(store, lane);
  const waiting = up && isToCome(up.award) ? [up] : [];
  return [...waiting, ...following(store, lane).flatMap((id) => known.get(id) ?? []).map((one) => personOf(store, one))];
}

/**
 * What the emcee does while an award is in a state: wait for the word, stand by, read, wait for the photo.
 * @param {AwardDoc['state']} state
 * @returns {Call}
 */
export function callOf(state) {
  if (state === 'armed') return 'standby';
  return state === 'revealed' ? 'read' : 'wait';
}

/**
 * @param {Store} store
 * @param {import('#hub/awards/calling.js').Reading} reading
 * @returns {Person}
 */
function personOf(store, { award, number, total }) {
  return { award, number, total, arrival: presenceOf(store, award), late: cameLate(store, award) };
}

/**
 * @param {Store} store
 * @param {AwardDoc} award
 */
function cameLate(store, award) {
  const since = award.guest ? store.get(`guest/${award.guest}`)?.since : null;
  const begun = store.get(`cue/${award.cue}`)?.started_at;
  return Boolean(since && begun && Date.parse(since) > Date.parse(begun));
}
