import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerHere } from '#hub/checkin/queue/local-answer.js';

/** @typedef {import('#hub/checkin/queue/local-answer.js').RosterDoc} RosterDoc */
/** @typedef {import('#hub/checkin/queue/local-answer.js').Passed} Passed */

const AS_OF = '2021-12-02T08:59:00.000Z';
const at = (/** @type {string} */ clock) => Date.parse(`2021-12-02T${clock}:00.000Z`);
const HALL = { id: 'hall', kind: 'door', exits: true, reentry: 'after_exit', daily: false, windows: [{ opens_at: '2021-12-02T08:30:00.000Z', closes_at: '2021-12-02T18:00:00.000Z' }] };
const KIM = { guest: 'g1', masked: '김*수', label: null, group: { id: 'vip', label: { ko: '내빈', en: 'Guests' } }, mode: 'onsite', seat: 'A-1', look: false };

/** @param {{point?: object, gate?: object, person?: object, blue?: 'admit' | 'hold'}} [given] @returns {RosterDoc} */
function roster({ point = {}, gate = {}, person = {}, blue = 'admit' } = {}) {
  return /** @type {any} */ ({
    as_of: AS_OF,
    expires_at: '2021-12-02T18:00:00.000Z',
    salt: 's',
    rules: { blue, timezone: 'Asia/Seoul', gates: [{ id: 'main', point: 'hall', groups: [], modes: ['onsite'], ...gate }], points: [{ ...HALL, ...point }] },
    badges: [['kim', 0]],
    people: [{ ...KIM, ...person }],
    parties: [],
    gone: [['old', 'revoked'], ['off', 'cancelled']],
  });
}

/**
 * @param {RosterDoc} doc
 * @param {{digests?: string[], gate?: string, direction?: 'in' | 'out', clock?: string}} [asked]
 * @param {Passed[]} [passed]
 */
function told(doc, { digests = ['kim'], gate = 'main', direction = 'in', clock = '09:01' } = {}, passed = []) {
  const { verdict, acted, first } = answerHere(doc, { digests, gate, direction, at: at(clock) }, passed) ?? assert.fail('the device has no answer');
  return [verdict, acted, ...(first ? [first.at] : [])];
}
const came = (/** @type {string} */ clock, direction = 'in', guest = 'g1') => ({ guest, point: 'hall', direction, at: at(clock) });

test('a known badge is let in or held, as the organiser decided', () => {
  assert.deepEqual([told(roster()), told(roster({ blue: 'hold' }))], [['known', 'admitted'], ['known', 'held']]);
  assert.deepEqual(answerHere(roster(), { digests: ['x', 'kim'], gate: 'main', direction: 'in', at: at('09:01') }, []), { verdict: 'known', acted: 'admitted', as_of: AS_OF, person: KIM });
});

test('a badge that was withdrawn, is of nobody any more, or is not on the list is turned away', () => {
  const digests = [['old'], ['off'], ['new']];
  assert.deepEqual(digests.map((one) => told(roster(), { digests: one })), [['revoked', 'refused'], ['cancelled', 'refused'], ['unknown_here', 'refused']]);
});

test('a badge that comes back over the rope is held', () => {
  assert.deepEqual(told(roster(), { clock: '09:05' }, [came('09:01')]), ['scanned_here', 'held', '2021-12-02T09:01:00.000Z']);
  assert.deepEqual(told(roster(), { clock: '09:05' }, [came('09:01'), came('09:03', 'out')]), ['known', 'admitted']);
  assert.deepEqual(told(roster({ point: { reentry: 'once' } }), { clock: '09:05' }, [came('09:01'), came('09:03', 'out')])[0], 'scanned_here');
  assert.deepEqual(told(roster({ point: { reentry: 'free' } }), { clock: '09:05' }, [came('09:01')]), ['known', 'admitted']);
});

test('yesterday does not count where each day begins anew, and a show over midnight is one day', () => {
  const windows = [{ opens_at: '2021-12-01T20:00:00.000Z', closes_at: '2021-12-02T02:00:00.000Z' }, ...HALL.windows];
  const daily = roster({ point: { daily: true, windows } });
  assert.deepEqual(told(daily, { clock: '09:05' }, [came('01:00')]), ['known', 'admitted']);
  assert.equal(told(daily, { clock: '01:30' }, [{ ...came('01:00'), at: Date.parse('2021-12-01T22:00:00.000Z') }])[0], 'scanned_here');
});

test('what the rules refuse is held, and what shows a person to look at comes first', () => {
  assert.deepEqual(told(roster({ gate: { groups: ['staff'] } })), ['wrong_gate', 'held']);
  assert.deepEqual(told(roster({ person: { mode: 'metaverse' } })), ['mode_mismatch', 'held']);
  assert.deepEqual(told(roster({ gate: { groups: ['staff'] }, person: { look: true } })), ['needs_look', 'held']);
  assert.deepEqual([told(roster(), { clock: '08:00' }), told(roster(), { clock: '19:00' })], [['not_yet_open', 'held'], ['closed', 'held']]);
  assert.deepEqual(told(roster(), { gate: 'gone' }), ['wrong_gate', 'held']);
});

test('nobody is kept in, whatever the organiser decided about known badges', () => {
  assert.deepEqual([told(roster(), { direction: 'out' }), told(roster({ blue: 'hold' }), { direction: 'out' })], [['known', 'admitted'], ['known', 'admitted']]);
  assert.deepEqual(told(roster({ gate: { groups: ['staff'] }, person: { mode: 'metaverse' } }), { direction: 'out', clock: '19:00' }), ['known', 'admitted']);
});

const LEE = { ...KIM, guest: 'g2', masked: '이*영', seat: 'A-2' };
const CHOI = { ...KIM, guest: 'g3', masked: null, label: { ko: '수행원', en: 'Attendant' }, seat: null };
const ALONE = { ...KIM, guest: 'g4', masked: '박*민' };
/** @param {{point?: object}} [given] @returns {RosterDoc} in which g1, g2 and g3 come together */
const together = (given = {}) => ({ ...roster(given), people: /** @type {any} */ ([KIM, ALONE, LEE, CHOI]), badges: [['kim', 0], ['park', 1], ['lee', 2]], parties: [[0, 2, 3]] });
/**
 * @param {RosterDoc} doc
 * @param {import('#hub/checkin/queue/local-answer.js').Who} who
 * @param {Passed[]} [passed]
 * @param {'in' | 'out'} [direction]
 */
const company = (doc, who, passed = [], direction = 'in') => answerHere(doc, { ...who, gate: 'main', direction, at: at('09:05') }, passed)?.party?.map(({ guest, inside }) => [guest, inside]);

test('a badge names the others of its party, and whom this device let in of them', () => {
  assert.deepEqual(answerHere(together(), { digests: ['kim'], gate: 'main', direction: 'in', at: at('09:05') }, [])?.party, [
    { guest: 'g2', masked: '이*영', label: null, group: KIM.group, seat: 'A-2', inside: false },
    { guest: 'g3', masked: null, label: CHOI.label, group: KIM.group, seat: null, inside: false },
  ]);
  assert.deepEqual(company(together(), { digests: ['lee'] }, [came('09:01'), came('09:02', 'in', 'g3'), came('09:03', 'out', 'g3')]), [['g1', true], ['g3', false]]);
  assert.deepEqual(company(together(), { digests: ['lee'] }, [came('09:04')].map((one) => ({ ...one, point: 'lunch' }))), [['g1', false], ['g3', false]]);
});

test('who comes alone, goes out, or is on the list of a hub of before has no party', () => {
  const { parties: _, ...before } = together();
  assert.deepEqual([company(together(), { digests: ['park'] }), company(together(), { digests: ['kim'] }, [], 'out'), company(/** @type {any} */ (before), { digests: ['kim'] })], [undefined, undefined, undefined]);
  assert.equal(answerHere(/** @type {any} */ (before), { digests: ['kim'], gate: 'main', direction: 'in', at: at('09:05') }, [])?.verdict, 'known');
});

test('whom staff name is answered as by a badge, held when they are in already, and left to the server when the list has them not', () => {
  const named = (/** @type {string} */ guest, /** @type {Passed[]} */ passed = [], doc = together()) => answerHere(doc, { guest, gate: 'main', direction: 'in', at: at('09:05') }, passed);

  assert.deepEqual([named('g3')?.verdict, named('g3')?.acted, named('g3')?.person], ['known', 'admitted', CHOI]);
  assert.deepEqual(named('g3', [came('09:01', 'in', 'g3')])?.verdict, 'scanned_here');
  assert.equal(named('g3', [], { ...together(), rules: roster({ blue: 'hold' }).rules })?.acted, 'held');
  assert.equal(named('somebody'), null);
});
