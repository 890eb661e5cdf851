import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deck } from '#hub/checkin/deck.js';

/**
 * @param {string} id
 * @param {Partial<import('#hub/checkin/deck.js').Card<string>>} [more]
 */
const card = (id, more = {}) => ({ id, about: id, face: id, kept: false, open: false, goesAt: /** @type {number | null} */ (5_000), ...more });
const refusal = (/** @type {string} */ id, more = {}) => card(id, { kept: true, goesAt: null, ...more });

/** @param {...import('#hub/checkin/deck.js').Card<string>} cards */
function deckOf(...cards) {
  const deck = /** @type {Deck<string>} */ (new Deck());
  for (const one of cards) deck.put(one);
  return deck;
}
const ids = (/** @type {{id: string}[]} */ cards) => cards.map(({ id }) => id);

test('the newest is in front, and no later green covers a refusal', () => {
  const deck = deckOf(refusal('red'), card('green'), card('green-2'));

  assert.deepEqual([deck.front?.id, ids(deck.behind), deck.unseen], ['green-2', ['red', 'green'], 1]);
  deck.pass(5_000);
  assert.deepEqual([deck.front?.id, ids(deck.behind)], ['red', []]);
  deck.pass(999_999);
  assert.equal(deck.front?.id, 'red');
  deck.seen('red');
  assert.deepEqual([deck.front, deck.unseen, deck.nextAt], [null, 0, null]);
});

test('the answer to an earlier scan takes its own place, not the front', () => {
  const deck = deckOf(card('first', { open: true, goesAt: null }), card('second'));
  assert.deepEqual(ids(deck.behind), []);

  deck.put(refusal('first'));

  assert.deepEqual([deck.front?.id, ids(deck.behind)], ['second', ['first']]);
});

test('a chosen card is in front until the next scan', () => {
  const deck = deckOf(refusal('a'), refusal('b'));
  deck.choose('a');
  assert.deepEqual([deck.front?.id, ids(deck.behind)], ['a', ['b']]);

  deck.put(card('c'));

  assert.deepEqual([deck.front?.id, ids(deck.behind)], ['c', ['b', 'a']]);
});

test('the same refusal of the same badge is one card, two badges are two', () => {
  const deck = deckOf(refusal('scan-1', { about: 'revoked A' }), refusal('scan-2', { about: 'revoked B' }), refusal('scan-3', { about: 'revoked A' }));

  assert.deepEqual([deck.front?.id, ids(deck.behind), deck.unseen], ['scan-3', ['scan-2'], 2]);
});

test('the next to go is the one whose time ends first', () => {
  assert.equal(deckOf(card('a', { goesAt: 900 }), refusal('b'), card('c', { goesAt: 700 })).nextAt, 700);
});
