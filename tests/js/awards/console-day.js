/** Awards of a hall as the operator's stream has them, with what may be done. */
import { award, day } from '../day.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {keyof NonNullable<AwardDoc['commands']>} Verb */

/** @type {Verb[]} */
const VERBS = ['arm', 'reveal', 'present', 'photo', 'done', 'defer', 'absent', 'proxy', 'skip', 'withdraw', 'take-back', 'correct'];

/**
 * An award for which the server allows these commands and refuses the others.
 * @param {Verb[]} verbs
 * @param {Partial<AwardDoc>} [fields]
 */
export function allowing(verbs, fields = {}) {
  const commands = /** @type {AwardDoc['commands']} */ (Object.fromEntries(VERBS.map((verb) => [verb, verbs.includes(verb) ? null : 'refused'])));
  return award({ id: 'a', state: 'sealed', revealed_at: null, guest: 'guest-001', ...fields, commands });
}

/**
 * A hall with these awards, called in this order; the first is up.
 * @param {AwardDoc[]} awards
 * @param {Record<string, object>} [more] further documents
 */
export function ceremony(awards, more = {}) {
  const ids = awards.map(({ id }) => id);
  const calling = { lane: 'hall', cue: 'round-1', next_cue: null, order: ids, up: ids[0] ?? null, following: ids.slice(1) };
  return day({ ...Object.fromEntries(awards.map((one) => [`award/${one.id}`, one])), 'calling/hall': calling, ...more });
}
