import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '#hub/live/store.js';
import { entry } from './fakes.js';

/** @param {number} head */
function storeAt(head) {
  const store = new Store();
  store.reset({ 'lane/hall': { id: 'hall', position: 1 } }, head);
  return store;
}

test('the next entry merges its documents and moves the head', () => {
  const store = storeAt(4);
  assert.equal(store.apply([entry(5, { 'lane/hall': { id: 'hall', cue: 'opening' } })]), 'applied');
  assert.deepEqual(store.get('lane/hall'), { id: 'hall', cue: 'opening' });
  assert.equal(store.head, 5);
});

test('a null document is taken away', () => {
  const store = storeAt(4);
  store.apply([entry(5, { 'lane/hall': null })]);
  assert.equal(store.get('lane/hall'), undefined);
});

test('a duplicate changes nothing and tells nobody', () => {
  const store = storeAt(4);
  let told = 0;
  store.subscribe(() => (told += 1));
  assert.equal(store.apply([entry(4, { 'lane/hall': null })]), 'seen');
  assert.deepEqual(store.get('lane/hall'), { id: 'hall', position: 1 });
  assert.equal(told, 0);
});

test('entries of one message are applied in order whatever order they stand in', () => {
  const store = storeAt(4);
  const result = store.apply([entry(6, { 'gate/a': { v: 6 } }), entry(5, { 'gate/a': { v: 5 } }), entry(5, { 'gate/a': { v: 5 } })]);
  assert.deepEqual([result, store.head, store.get('gate/a')], ['applied', 6, { v: 6 }]);
});

test('a missing number stops before it and asks for more', () => {
  const store = storeAt(4);
  assert.equal(store.apply([entry(5), entry(7)]), 'gap');
  assert.deepEqual([store.head, store.get('gate/5'), store.get('gate/7')], [5, { seq: 5 }, undefined]);
});

test('a subscriber hears the changed keys and the entries, and nothing after it stops', () => {
  const store = storeAt(0);
  /** @type {unknown[]} */
  const heard = [];
  const stop = store.subscribe((changed, entries) => heard.push([[...changed], entries.map(({ seq }) => seq)]));
  store.apply([entry(1, { a: {}, b: null }), entry(2, { a: {} })]);
  store.reset({ c: {} }, 9);
  stop();
  store.apply([entry(10)]);
  assert.deepEqual(heard, [[['a', 'b'], [1, 2]], [['lane/hall', 'a', 'c'], []]]);
});

test('documents are listed by position, then order, then key as people count', () => {
  const store = new Store();
  store.reset(
    { 'award/case-10': { id: 10 }, 'award/case-2': { id: 2 }, 'award/last': { id: 0, position: 3 }, 'lane/hall': {} },
    1,
  );
  assert.deepEqual(store.all('award/').map(({ id }) => id), [2, 10, 0]);
});

test('a family is the same list until one of its documents changes', () => {
  const store = storeAt(4);
  const lanes = store.all('lane/');
  store.apply([entry(5, { 'gate/a': { v: 5 } })]);
  assert.equal(store.all('lane/'), lanes);
  store.apply([entry(6, { 'lane/foyer': { id: 'foyer', position: 0 } })]);
  assert.deepEqual(store.all('lane/').map(({ id }) => id), ['foyer', 'hall']);
  store.apply([entry(7, { 'lane/hall': null })]);
  assert.deepEqual(store.all('lane/').map(({ id }) => id), ['foyer']);
});

test('a snapshot with the same documents leaves the lists, one with others does not', () => {
  const store = storeAt(4);
  const lanes = store.all('lane/');
  store.reset(store.documents, 5);
  assert.equal(store.all('lane/'), lanes);
  store.reset({ 'lane/hall': { id: 'hall', position: 2 } }, 6);
  assert.deepEqual(store.all('lane/'), [{ id: 'hall', position: 2 }]);
  assert.deepEqual(lanes, [{ id: 'hall', position: 1 }]);
});

test('the version is another after each change and only then', () => {
  const store = storeAt(4);
  const { version } = store;
  store.apply([entry(4, { 'lane/hall': null })]);
  assert.equal(store.version, version);
  store.apply([entry(5, {})]);
  assert.notEqual(store.version, version);
});
