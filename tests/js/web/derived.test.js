import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '#hub/live/store.js';
import { atInstant, byKey, bySecond, derived, grouped, whenOther } from '#hub/web/derived.js';

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

test('what belongs to a second is made once for all of its parts', () => {
  let made = 0;
  const words = bySecond((ms) => `${ms} ${(made += 1)}`);
  assert.deepEqual([words(1_000), words(1_999), words(2_000), words(1_500), words(-1)], ['1000 1', '1000 1', '2000 2', '1000 1', '-1000 3']);
});

test('seconds of long ago are made anew, and the newest ones are right', () => {
  const seconds = bySecond((ms) => ms / 1000);
  for (let second = 0; second < 5_000; second += 1) assert.equal(seconds(second * 1000), second);
  assert.deepEqual([seconds(0), seconds(4_999_000)], [0, 4_999]);
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
