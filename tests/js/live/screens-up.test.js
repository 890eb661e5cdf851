import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenOf, upWords } from '#hub/live/screens-up.js';

const screen = (/** @type {number} */ shown) => ({ id: `s${shown}`, name: '무대', kind: 'stage', lane: 'hall', shown, head: 7, at: '2021-12-02T00:20:00.000Z' });

test('the screens that show the newest are counted among all', () => {
  assert.equal(upWords({ screens: [screen(6), screen(7)], head: 7, reveals: {}, browsers: 1204 }), '화면 2대 중 1대에 표시 · 브라우저 1,204대');
});

test('without screens only browsers are counted', () => {
  assert.equal(upWords({ screens: [], head: 7, reveals: {}, browsers: 3 }), '브라우저 3대');
});

const award = { id: 'a', lane: 'hall', everywhere: false };
const stage = (/** @type {number} */ shown, /** @type {string | null} */ lane) => ({ ...screen(shown), lane });

test('a reveal is counted on the stages of its lane, and in browsers', () => {
  const screens = [stage(8, 'hall'), stage(7, null), stage(9, 'annex'), { ...screen(9), kind: 'timer' }];
  const doc = (/** @type {number} */ number) => ({ screens, head: 9, reveals: { a: number }, browsers: 1204 });
  assert.deepEqual(seenOf(doc(8), [award]), { words: '무대 화면 2대 중 1대, 브라우저 1,204대에 표시', state: 'behind' });
  assert.deepEqual(seenOf(doc(7), [award]), { words: '무대 화면 2대 중 2대, 브라우저 1,204대에 표시', state: 'shown' });
});

test('names of two lanes are counted together, each on the stages of its own lane', () => {
  const other = { id: 'b', lane: 'annex', everywhere: false };
  const screens = [stage(8, 'hall'), stage(8, null), stage(8, 'annex'), stage(9, 'third')];
  const doc = { screens, head: 9, reveals: { a: 8, b: 9 }, browsers: 1204 };
  assert.deepEqual(seenOf(doc, [award, other]), { words: '무대 화면 3대 중 1대, 브라우저 1,204대에 표시', state: 'behind' });
  assert.deepEqual(seenOf({ ...doc, screens: screens.map((one) => ({ ...one, shown: 9 })) }, [award, other]).words, '무대 화면 3대 중 3대, 브라우저 1,204대에 표시');
});

test('a name that is everywhere is counted on every stage', () => {
  const doc = { screens: [stage(8, 'hall'), stage(7, 'annex')], head: 9, reveals: { a: 8 }, browsers: 0 };
  assert.equal(seenOf(doc, [{ ...award, everywhere: true }]).words, '무대 화면 2대 중 1대, 브라우저 0대에 표시');
});

test('without a stage only browsers are counted; of a reveal of long ago nothing is known', () => {
  const doc = { screens: [], head: 9, reveals: { a: 8 }, browsers: 3 };
  assert.deepEqual(seenOf(doc, [award]), { words: '브라우저 3대에 표시', state: 'shown' });
  assert.deepEqual([seenOf({ ...doc, reveals: {} }, [award]).words, seenOf(null, [award]).words], ['', '']);
});

test('a screen of the people at the stage is measured by its own stream', () => {
  const emcee = { ...screen(40), kind: 'emcee', head: 41 };
  assert.equal(upWords({ screens: [screen(7), emcee], head: 7, reveals: {}, browsers: 0 }), '화면 2대 중 1대에 표시 · 브라우저 0대');
});
