import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applauseWords, mayClap, Taps } from '#hub/live/applause.js';
import { Store } from '#hub/live/store.js';

/** @param {Record<string, object>} docs */
function storeOf(docs) {
  const store = new Store();
  store.reset(docs, 1);
  return store;
}

function clapping() {
  /** @type {number[]} */
  const sent = [];
  /** @type {(() => void)[]} */
  const due = [];
  const taps = new Taps({ send: (n) => sent.push(n), later: (_ms, fn) => due.push(fn) });
  return { taps, sent, pass: () => due.splice(0).forEach((fn) => fn()) };
}

test('taps of one moment go up in one message', () => {
  const { taps, sent, pass } = clapping();
  for (let n = 0; n < 4; n += 1) taps.tap();
  const waiting = taps.waiting;
  pass();
  taps.tap();
  pass();
  assert.deepEqual([waiting, sent, taps.waiting], [4, [4, 1], 0]);
});

test('nothing is sent while nobody taps', () => {
  const { sent, pass } = clapping();
  pass();
  assert.deepEqual(sent, []);
});

test('a key that repeats counts no more than two hands', () => {
  const { taps, sent, pass } = clapping();
  for (let n = 0; n < 500; n += 1) taps.tap();
  pass();
  assert.deepEqual(sent, [12]);
});

test('applause in words, and none in silence', () => {
  assert.deepEqual([applauseWords(1204), applauseWords(0)], ['온라인 박수 1,204', '']);
});

test('the audience claps while a lane runs, where organisers want it', () => {
  const on = { 'lane/hall': { id: 'hall', status: 'held' } };
  const off = { 'lane/hall': { id: 'hall', status: 'waiting' } };
  assert.deepEqual(
    [storeOf(on), storeOf({ ...on, applause: { taken: true } }), storeOf({ ...on, applause: { taken: false } }), storeOf(off), storeOf({})].map(mayClap),
    [true, true, false, false, false],
  );
});
