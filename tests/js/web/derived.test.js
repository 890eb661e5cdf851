import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '#hub/live/store.js';
import { atInstant, byKey, derived, grouped, whenOther } from '#hub/web/derived.js';

test('what is derived of a list is made once for that list', () => {
  let made = 0;
  const sum = derived((/** @type {readonly number[]} */ list) => {
    made += 1;
    return list.reduce((a, b) => a + b, 0);
  });
  const list = [1, 2];
  assert.deepEqual([sum(list), sum(list), sum([1, 2]), made], [3, 3, 3, 2]);
});

test('what belongs to a key is made once for that key', () => {
  let made = 0;
  const name = byKey((key) => `${key} ${(made += 1)}`);
  assert.deepEqual([name('a'), name('b'), name('a')], ['a 1', 'b 2', 'a 1']);
});

test('an instant of a store is reckoned once, and anew after a fact or at another instant', () => {
  const store = new Store();
  store.reset({ 'lane/a': { id: 'a' } }, 1);
  let made = 0;
  const lanes = atInstant((/** @type {Store} */ known, now) => [known.all('lane/').length, now, (made += 1)]);
  assert.deepEqual(lanes(store, 5), [1, 5, 1]);
  assert.deepEqual(lanes(store, 5), [1, 5, 1]);
  assert.deepEqual(lanes(store, 6), [1, 6, 2]);
  store.apply([{ seq: 2, topic: 'x', at: '2021-12-02T00:00:00Z', stream: 'public', body: { docs: { 'lane/b': { id: 'b' } } } }]);
  assert.deepEqual(lanes(store, 6), [2, 6, 3]);
});

test('groups keep the order of their items', () => {
  const groups = grouped([['b', 1], ['a', 2], ['b', 3]], ([key]) => String(key));
  assert.deepEqual([...groups], [['b', [['b', 1], ['b', 3]]], ['a', [['a', 2]]]]);
});

test('a drawing is repeated only for something else', () => {
  /** @type {unknown[]} */
  const drawn = [];
  const draw = whenOther((/** @type {unknown} */ a, /** @type {unknown} */ b) => drawn.push([a, b]));
  const list = [1];
  draw(list, 1);
  draw(list, 1);
  draw([1], 1);
  draw(list, 2);
  assert.deepEqual(drawn, [[list, 1], [[1], 1], [list, 2]]);
});
