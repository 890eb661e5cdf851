/** Whom the emcee of a lane calls: the award that is up and those that follow, as the server's document `calling/<lane>` says. */
import { derived, grouped } from '#hub/web/derived.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{award: AwardDoc, number: number, total: number}} Reading `number` of `total` in its round */

const FOLLOWING = 2;

/**
 * The award to read now and the following ones.
 * @param {Store} store
 * @param {string} lane
 * @param {number} [count] how many following ones at most
 * @returns {{up: Reading | null, following: Reading[]}}
 */
export function readingQueue(store, lane, count = FOLLOWING) {
  const calling = store.get(`calling/${lane}`);
  const known = readingsOf(store, lane);
  return {
    up: known.get(calling?.up ?? '') ?? null,
    following: (calling?.following ?? []).flatMap((id) => known.get(id) ?? []).slice(0, count),
  };
}

/**
 * The awards of a lane by id, each with its place in its round.
 * @param {Store} store
 * @param {string} lane
 * @returns {ReadonlyMap<string, Reading>}
 */
export function readingsOf(store, lane) {
  return numbered(inCallingOrder(store, lane));
}

const numbered = derived((/** @type {readonly AwardDoc[]} */ awards) => {
  const rounds = grouped(awards.filter(({ state }) => state !== 'withdrawn'), ({ cue }) => String(cue));
  /** @type {Map<string, Reading>} */
  const known = new Map(awards.map((award) => [award.id, { award, number: 0, total: rounds.get(String(award.cue))?.length ?? 0 }]));
  for (const round of rounds.values()) round.forEach((award, index) => known.set(award.id, { award, number: index + 1, total: round.length }));
  return known;
});

/**
 * All awards of a lane as they are called, round by round.
 * @param {Store} store
 * @param {string} lane
 * @returns {readonly AwardDoc[]}
 */
export function inCallingOrder(store, lane) {
  return ordered(store.all('award/'))(store.all('cue/')).get(lane) ?? NONE;
}

/** @type {readonly AwardDoc[]} */
const NONE = [];
const ordered = derived((/** @type {readonly AwardDoc[]} */ awards) =>
  derived((/** @type {readonly import('#hub/live/documents.js').CueDoc[]} */ cues) => {
    const places = new Map(cues.map(({ id, position }) => [id, position]));
    const placed = awards.map((award) => ({ award, place: places.get(award.cue ?? '') ?? Infinity }));
    placed.sort((a, b) => compare(a.place, b.place) || a.award.order - b.award.order || compare(a.award.id, b.award.id));
    return grouped(placed.map(({ award }) => award), ({ lane }) => String(lane));
  }),
);

/**
 * @template {number | string} T
 * @param {T} one
 * @param {T} other
 */
function compare(one, other) {
  return one === other ? 0 : one < other ? -1 : 1;
}
