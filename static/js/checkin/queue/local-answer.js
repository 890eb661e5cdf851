/**
 * What a device answers by its roster, while the server cannot be asked. Pure: the roster, the badge's digests, what the device did before, and
 * the time are arguments. Nothing here is green, and nothing that the rules refuse is let in.
 */

/** @typedef {import('#hub/live/documents.js').RosterAnswer} RosterDoc */
/** @typedef {RosterDoc['people'][number]} Person */
/** @typedef {RosterDoc['rules']['points'][number]} Point */
/** @typedef {'admitted' | 'held' | 'refused'} Acted what the device did with the person */
/** @typedef {'known' | 'unknown_here' | 'revoked' | 'cancelled' | 'wrong_gate' | 'mode_mismatch' | 'needs_look' | 'scanned_here' | 'not_yet_open' | 'closed' | 'not_inside'} Verdict */
/** @typedef {{verdict: Verdict, acted: Acted, as_of: string, person?: Person, first?: {at: string}, counts?: true}} Local `counts`: people are only counted there */
/** @typedef {{digest: string, point: string, direction: string, at: number}} Passed what this device let through before, in the order of time */
/** @typedef {{digests: string[], gate: string, direction: 'in' | 'out', at: number}} Asked `digests`: of the token and of what it may have been */

/**
 * @param {RosterDoc} roster
 * @param {Asked} asked
 * @param {Passed[]} passed
 * @returns {Local}
 */
export function answerHere(roster, asked, passed) {
  const as_of = roster.as_of;
  const badges = new Map(roster.badges.map(([digest, person]) => [digest, person]));
  const digest = asked.digests.find((one) => badges.has(one));
  const person = digest === undefined ? undefined : roster.people[badges.get(digest) ?? -1];
  if (digest === undefined || !person) {
    const gone = roster.gone.find(([one]) => asked.digests.includes(one));
    return { verdict: gone ? /** @type {'revoked' | 'cancelled'} */ (gone[1]) : 'unknown_here', acted: 'refused', as_of };
  }
  const gate = roster.rules.gates.find(({ id }) => id === asked.gate);
  const counts = roster.rules.points.find(({ id }) => id === gate?.point)?.kind === 'count' && /** @type {const} */ ({ counts: true });
  const held = refusal(roster, asked, { person, passed: passed.filter((one) => one.digest === digest) });
  if (held) return { ...held, acted: 'held', as_of, person, ...counts };
  const passes = asked.direction === 'out' || roster.rules.blue === 'admit';
  return { verdict: 'known', acted: passes ? 'admitted' : 'held', as_of, person, ...counts };
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
 * The scan by which this device let the badge in before, if the point's rule of re-entry holds it against a second one.
 * @param {Point} point
 * @param {number} at
 * @param {Passed[]} passed of this badge
 * @returns {Passed | undefined}
 */
function inside(point, at, passed) {
  if (point.reentry === 'free') return undefined;
  const here = passed.filter((one) => one.point === point.id && one.at <= at && (!point.daily || day(point, one.at) === day(point, at)));
  const entries = here.filter(({ direction }) => direction === 'in');
  const last = here.at(-1);
  return point.reentry === 'after_exit' && last?.direction === 'out' ? undefined : entries[0];
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
