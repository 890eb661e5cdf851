/** Whom the emcee of a lane calls: the award that is up and those that follow, as the server's document `calling/<lane>` says. */

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
  const awards = inCallingOrder(store, lane);
  const readings = (/** @type {string[]} */ ids) => ids.flatMap((id) => reading(id, awards) ?? []);
  return {
    up: calling?.up ? reading(calling.up, awards) : null,
    following: readings(calling?.following ?? []).slice(0, count),
  };
}

/**
 * All awards of a lane as they are called, round by round.
 * @param {Store} store
 * @param {string} lane
 * @returns {AwardDoc[]}
 */
export function inCallingOrder(store, lane) {
  const place = (/** @type {AwardDoc} */ { cue }) => store.get(`cue/${cue}`)?.position ?? Infinity;
  const own = store.all('award/').filter((award) => award.lane === lane).map((award) => ({ award, place: place(award) }));
  return own.sort((a, b) => compare(a.place, b.place) || a.award.order - b.award.order || compare(a.award.id, b.award.id)).map(({ award }) => award);
}

/**
 * @template {number | string} T
 * @param {T} one
 * @param {T} other
 */
function compare(one, other) {
  return one === other ? 0 : one < other ? -1 : 1;
}

/**
 * @param {string} id
 * @param {AwardDoc[]} awards of the lane, in calling order
 * @returns {Reading | null}
 */
function reading(id, awards) {
  const award = awards.find((one) => one.id === id);
  if (!award) return null;
  const round = awards.filter((other) => other.cue === award.cue && other.state !== 'withdrawn');
  return { award, number: round.indexOf(award) + 1, total: round.length };
}
