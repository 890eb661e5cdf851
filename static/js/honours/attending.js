/** Who of the guests of honour is here: what the team said, else what check-in knows. */
import { whereOf } from '#hub/attendance/whereabouts.js';

/** @typedef {import('#hub/live/documents.js').HonourDoc} HonourDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {'here' | 'remote' | 'represented' | 'expected' | 'absent'} Whereabouts */
/** @typedef {{honour: HonourDoc, where: Whereabouts}} Attending */

/** To be introduced now. */
const IN = ['here', 'remote', 'represented'];

/**
 * The guests of honour in order of rank, with where each is.
 * @param {Store} store of the team's streams
 * @param {ReadonlySet<string>} [inside] guests who are in the hall, where the stream does not say it
 * @returns {Attending[]}
 */
export function attending(store, inside) {
  return store.all('honour/').map((honour) => ({ honour, where: whereabouts(store, honour, inside) }));
}

/** @param {Attending} one */
export function isIn({ where }) {
  return IN.includes(where);
}

/**
 * @param {Store} store
 * @param {HonourDoc} honour
 * @param {ReadonlySet<string> | undefined} inside
 * @returns {Whereabouts}
 */
function whereabouts(store, { standing = 'expected', guest: id }, inside) {
  if (standing !== 'expected' || !id) return standing;
  const where = whereOf(store, id)?.state;
  if (where === 'hall' || (!where && inside?.has(id))) return 'here';
  return where === 'connected' || where === 'idle' ? 'remote' : 'expected';
}
