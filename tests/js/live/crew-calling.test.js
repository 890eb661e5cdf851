import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callOf, crewCalling, stillToCome } from '#hub/live/crew-calling.js';
import { IN_ROUND_1, award, day, iso } from '../day.js';

const AWARDS = [
  award({ id: 'a', state: 'sealed', guest: 'guest-a' }),
  award({ id: 'b', state: 'sealed', guest: 'guest-b' }),
  award({ id: 'c', state: 'sealed', guest: 'guest-c' }),
  award({ id: 'd', state: 'sealed' }),
  award({ id: 'e', state: 'sealed' }),
  award({ id: 'z', state: 'sealed', cue: 'closing' }),
];
const ORDER = AWARDS.map(({ id }) => id);
const GUESTS = {
  'guest/guest-a': { id: 'guest-a', inside: true, remote_connected: false },
  'guest/guest-b': { id: 'guest-b', inside: false, remote_connected: true },
  'guest/guest-c': { id: 'guest-c', inside: false, remote_connected: false },
};

/**
 * @param {{up?: string | null, following?: string[]}} calling
 * @param {Record<string, object>} [changes]
 */
function hall({ up = 'a', following = ORDER.slice(1, 5) } = {}, changes = IN_ROUND_1) {
  const awards = Object.fromEntries(AWARDS.map((one) => [`award/${one.id}`, one]));
  return day({ ...awards, ...GUESTS, 'calling/hall': { lane: 'hall', order: ORDER, up, following }, ...changes });
}

/** @param {import('#hub/live/crew-calling.js').Person[]} people */
const ids = (people) => people.map(({ award: { id } }) => id);

test('the award to read and the next three of the round on air, with where each person is', () => {
  const { up, next, left } = crewCalling(hall(), 'hall');

  assert.deepEqual([up?.award.id, up?.number, up?.total, up?.arrival], ['a', 1, 5, 'here']);
  assert.deepEqual(next.map(({ award: { id }, arrival }) => [id, arrival]), [['b', 'idle'], ['c', 'missing'], ['d', 'unknown']]);
  assert.equal(left, 4);
});

test('who said to be ready elsewhere is ready', () => {
  const store = hall({}, { ...IN_ROUND_1, 'ready/guest-b': { guest: 'guest-b', at: iso('09:36:00') }, 'ready/guest-a': { guest: 'guest-a', at: iso('09:36:00') } });

  assert.deepEqual(stillToCome(store, 'hall').slice(0, 3).map(({ arrival }) => arrival), ['here', 'ready', 'missing']);
});

test('nobody is shown while the server names nobody', () => {
  assert.deepEqual(crewCalling(hall({ up: null, following: [] }), 'hall'), { up: null, next: [], left: 0 });
});

test('an award of another cue is shown when the server says that it is up', () => {
  const store = hall({ up: 'z', following: [] }, { ...IN_ROUND_1, 'award/z': award({ id: 'z', cue: 'closing', state: 'revealed' }) });

  assert.equal(crewCalling(store, 'hall').up?.award.id, 'z');
});

test('who came after the round had begun came late', () => {
  const since = (/** @type {string} */ clock) => ({ ...IN_ROUND_1, 'guest/guest-a': { ...GUESTS['guest/guest-a'], since: iso(clock) } });

  assert.equal(crewCalling(hall({}, since('09:31:00')), 'hall').up?.late, false);
  assert.equal(crewCalling(hall({}, since('09:40:00')), 'hall').up?.late, true);
  assert.equal(crewCalling(hall(), 'hall').up?.late, false);
});

test('backstage brings whoever was not called yet, the one who is up first', () => {
  const onStage = { ...IN_ROUND_1, 'award/a': award({ id: 'a', state: 'revealed' }) };

  assert.deepEqual(ids(stillToCome(hall(), 'hall')), ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(ids(stillToCome(hall({}, onStage), 'hall')), ['b', 'c', 'd', 'e']);
  assert.deepEqual(stillToCome(hall({ up: null, following: [] }), 'hall'), []);
});

test('the emcee stands by for a name that is ready, reads it once it is revealed, and waits otherwise', () => {
  assert.deepEqual(
    /** @type {const} */ (['sealed', 'armed', 'revealed', 'presented', 'photographed']).map(callOf),
    ['wait', 'standby', 'read', 'wait', 'wait'],
  );
});
