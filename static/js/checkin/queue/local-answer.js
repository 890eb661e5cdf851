/**
 * What a device answers by its roster, while the server cannot be asked. Pure: the roster, the badge's digests, what the device did before, and
 * the time are arguments. Nothing here is green, and nothing that the rules refuse is let in.
 */
import { derived } from '#hub/web/derived.js';

/** @typedef {import('#hub/live/documents.js').RosterAnswer} RosterDoc */
/** @typedef {RosterDoc['people'][number]} Person */
/** @typedef {RosterDoc['rules']['points'][number]} Point */
/** @typedef {'admitted' | 'held' | 'refused'} Acted what the device did with the person */
/** @typedef {'known' | 'unknown_here' | 'revoked' | 'cancelled' | 'wrong_gate' | 'mode_mismatch' | 'needs_look' | 'scanned_here' | 'not_yet_open' | 'closed' | 'not_inside'} Verdict */
/** @typedef {Pick<Person, 'guest' | 'masked' | 'label' | 'group' | 'seat'> & {inside: boolean}} Companion somebody of the same party; `inside`: this device let them in */
/** @typedef {{verdict: Verdict, acted: Acted, as_of: string, person?: Person, first?: {at: string}, counts?: true, party?: Companion[]}} Local `counts`: people are only counted
 *   there; `party`: who else comes with the person */
/** @typedef {{guest: string, point: string, direction: string, at: number}} Passed what this device let through before, in the order of time */
/** @typedef {{digests: string[]} | {guest: string}} Who `digests`: of the token and of what it may have been; `guest`: staff named them */
/** @typedef {Who & {gate: string, direction: 'in' | 'out', at: number}} Asked */

/**
 * @param {RosterDoc} roster
 * @param {Asked} asked
 * @param {Passed[]} passed
 * @returns {Local | null} null: staff named somebody who is not on the list, and only the server knows them
 */
export function answerHere(roster, asked, passed) {
  const as_of = roster.as_of;
  const person = personOf(roster, asked);
  if (!person) return 'guest' in asked ? null : { verdict: gone(roster, asked.digests) ?? 'unknown_here', acted: 'refused', as_of };
  const point = pointOf(roster, asked.gate);
  const about = { as_of, person, ...(point?.kind === 'count' && { counts: /** @type {const} */ (true) }), ...partyOf(roster, person, { ...asked, passed }) };
  const held = refusal(roster, asked, { person, passed: passed.filter(({ guest }) => guest === person.guest) });
  if (held) return { ...held, acted: 'held', ...about };
  const passes = asked.direction === 'out' || roster.rules.blue === 'admit';
  return { verdict: 'known', acted: passes ? 'admitted' : 'held', ...about };
}

/**
 * The person whose badge was scanned, or whom staff named; undefined: not on the list.
 * @param {RosterDoc} roster
 * @param {Who} who
 * @returns {Person | undefined}
 */
export function personOf(roster, who) {
  if ('guest' in who) return roster.people.find(({ guest }) => guest === who.guest);
  const badges = placesOf(roster.badges);
  const digest = who.digests.find((one) => badges.has(one));
  return digest === undefined ? undefined : roster.people[badges.get(digest) ?? -1];
}

const placesOf = derived((/** @type {RosterDoc['badges']} */ badges) => new Map(badges.map(([digest, place]) => [digest, place])));

/**
 * Somebody and those who come with them. A list that a hub of before gave has no parties.
 * @param {RosterDoc} roster
 * @param {Person} person
 * @param {{gate: string, at: number, passed: Passed[]}} now where and when it is asked
 * @returns {Companion[]} the person first, the others in no order
 */
export function companyOf(roster, person, { gate, at, passed }) {
  const place = roster.people.indexOf(person);
  const party = (roster.parties ?? []).find((one) => one.includes(place)) ?? [];
  const point = pointOf(roster, gate);
  const here = point ? passedAt(point, at, passed) : [];
  return [place, ...party.filter((one) => one !== place)].flatMap((one) => roster.people[one] ?? []).map(({ guest, masked, label, group, seat }) => ({
    guest, masked, label, group, seat, inside: here.findLast((one) => one.guest === guest)?.direction === 'in',
  }));
}

/**
 * @param {RosterDoc} roster
 * @param {Person} person
 * @param {Asked & {passed: Passed[]}} asked
 * @returns {Pick<Local, 'party'>} nothing for who goes out, or comes alone
 */
function partyOf(roster, person, asked) {
  const party = asked.direction === 'in' ? companyOf(roster, person, asked).slice(1) : [];
  return party.length > 0 ? { party } : {};
}

/**
 * @param {RosterDoc} roster
 * @param {string} gate
 */
function pointOf({ rules }, gate) {
  const point = rules.gates.find(({ id }) => id === gate)?.point;
  return rules.points.find(({ id }) => id === point);
}

/**
 * @param {RosterDoc} roster
 * @param {string[]} digests
 * @returns {'revoked' | 'cancelled' | undefined}
 */
function gone(roster, digests) {
  return roster.gone.find(([one]) => digests.includes(one))?.[1];
}

/**
 * Why somebody waits, in the order of the server's verdicts; who goes out is kept in by none of them.
 * @param {RosterDoc} roster
 * @param {Asked} asked
 * @param {{person: Person, passed: Passed[]}} known
 * @returns {Pick<Local, 'verdict' | 'first'> | null}
 */
function refusal({ rules }, asked, { person, passed }) {
  const gate = rules.gates.find(({ id }) => id === asked.gate);
  const point = rules.points.find(({ id }) => id === gate?.point);
  if (!gate || !point) return { verdict: 'wrong_gate' };
  if (asked.direction === 'out') return null;
  const before = inside(point, asked.at, passed);
  if (before) return { verdict: 'scanned_here', first: { at: new Date(before.at).toISOString() } };
  if (person.look) return { verdict: 'needs_look' };
  if (gate.groups.length > 0 && !gate.groups.includes(person.group?.id ?? '')) return { verdict: 'wrong_gate' };
  if (gate.modes.length > 0 && !gate.modes.includes(person.mode)) return { verdict: 'mode_mismatch' };
  return opening(point, asked.at);
}

/**
 * The scan by which this device let the person in before, if the point's rule of re-entry holds it against a second one.
 * @param {Point} point
 * @param {number} at
 * @param {Passed[]} passed of this person
 * @returns {Passed | undefined}
 */
function inside(point, at, passed) {
  if (point.reentry === 'free') return undefined;
  const here = passedAt(point, at, passed);
  const entries = here.filter(({ direction }) => direction === 'in');
  const last = here.at(-1);
  return point.reentry === 'after_exit' && last?.direction === 'out' ? undefined : entries[0];
}

/**
 * What went through a point by then, where each day begins anew on the same day.
 * @param {Point} point
 * @param {number} at
 * @param {Passed[]} passed
 */
function passedAt(point, at, passed) {
  return passed.filter((one) => one.point === point.id && one.at <= at && (!point.daily || day(point, one.at) === day(point, at)));
}

/**
 * The day of the event: the window that opened last by then, so that a show over midnight is one day.
 * @param {Point} point
 * @param {number} at
 */
function day({ windows }, at) {
  const opened = windows.map(({ opens_at }) => Date.parse(opens_at)).toSorted((a, b) => a - b);
  return opened.filter((one) => one <= at).at(-1) ?? opened[0];
}

/**
 * @param {Point} point
 * @param {number} at
 * @returns {{verdict: 'not_yet_open' | 'closed'} | null}
 */
function opening({ windows }, at) {
  if (windows.some(({ opens_at, closes_at }) => Date.parse(opens_at) <= at && at <= Date.parse(closes_at))) return null;
  return { verdict: windows.some(({ opens_at }) => Date.parse(opens_at) > at) ? 'not_yet_open' : 'closed' };
}
