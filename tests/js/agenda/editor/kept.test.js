import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptSteps } from '#hub/agenda/editor/kept.js';

/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */

/** Storage of one browser. */
class FakeShelf {
  /** @type {Map<string, string>} */
  #items = new Map();

  get length() {
    return this.#items.size;
  }

  /** @param {number} index */
  key = (index) => [...this.#items.keys()][index] ?? null;
  /** @param {string} name */
  getItem = (name) => this.#items.get(name) ?? null;
  /** @param {string} name @param {string} value */
  setItem = (name, value) => void this.#items.set(name, value);
  /** @param {string} name */
  removeItem = (name) => void this.#items.delete(name);
}

/** @type {Step[]} */
const steps = [{ id: 'a', name: '옮기기: 개회', changes: [] }];
const whose = { conf: 'day', tab: 'one', actor: 'account:1' };

test('a reload of the tab takes what it left, once', () => {
  const shelf = new FakeShelf();
  new KeptSteps(shelf, whose).keep(steps, 1_000);
  const again = new KeptSteps(shelf, whose);
  assert.deepEqual([again.take(2_000), again.take(2_000)], [steps, []]);
});

test('a closed tab is inherited from, a living one is not, and neither another person nor another conference', () => {
  const shelf = new FakeShelf();
  new KeptSteps(shelf, whose).keep(steps, 1_000);
  const other = (/** @type {Partial<typeof whose>} */ change) => new KeptSteps(shelf, { ...whose, tab: 'two', ...change });
  assert.deepEqual([other({}).take(5_000), other({ actor: 'account:2' }).take(60_000), other({ conf: 'night' }).take(60_000), other({}).take(60_000)], [[], [], [], steps]);
});

test('nothing is kept when everything is saved, and a broken or missing shelf is borne', () => {
  const shelf = new FakeShelf();
  const kept = new KeptSteps(shelf, whose);
  kept.keep(steps, 1_000);
  kept.keep([], 2_000);
  shelf.setItem('plan-steps/day/two', '{broken');
  const full = { ...shelf, length: 0, setItem: () => { throw new Error('QuotaExceededError'); } };
  new KeptSteps(full, whose).keep(steps, 1_000);
  assert.deepEqual([kept.take(60_000), new KeptSteps(null, whose).take(0)], [[], []]);
});
