import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { leftElsewhere, leftQuestion, withAnswer } from '#hub/awards/left.js';
import { openPage } from '../web/page.js';
import { allowing, ceremony } from './console-day.js';

beforeEach(() => void openPage(''));

const award = (/** @type {string} */ id, /** @type {object} */ more) => ({ ...allowing([]), id, ...more });
const STORE = ceremony([award('a', { recipient: '서미영', order: 7, deferred: true }), award('b', { order: 8 })], {
  'lane/hall': { id: 'hall', title: { ko: '현장', en: 'Hall' }, position: 1, status: 'running', cue: 'round-1', held_since: null },
});

test('names that were not called are named by their place, and calling them is the first answer', () => {
  const asked = leftQuestion(STORE, { lane: 'hall', awards: 'b,a', move: true });

  assert.equal(asked.title, '현장: 아직 부르지 않은 수상자 2명');
  assert.equal(asked.body, '8 석용주, 천안고용센터 · 7 서미영, 천안고용센터 (뒤로 미룸)');
  assert.deepEqual(asked.choices.map(({ value }) => value), ['', 'move', 'leave']);
});

test('names cannot move where no round follows, and of many the first are named', () => {
  const asked = leftQuestion(STORE, { lane: 'hall', awards: 'a,b,a,b,a,b,a', move: false });

  assert.match(asked.body, /외 2명$/);
  assert.deepEqual(asked.choices.map(({ value }) => value), ['', 'leave']);
});

test('names that turned up in another lane are named, and nobody else says what becomes of them: to wait is the first answer', () => {
  const asked = leftElsewhere(STORE, { lane: 'hall', awards: 'b', move: true });

  assert.equal(asked.title, '현장: 부를 수상자가 달라졌습니다 (남은 1명)');
  assert.match(asked.body, /^8 석용주, 천안고용센터 — /);
  assert.deepEqual(asked.choices.map(({ value }) => value), ['', 'alone']);
});

test('what is said of the names of one lane is said of no other one that was pressed with it', () => {
  const left = { lane: 'hall', awards: 'a', move: true };

  assert.deepEqual(withAnswer({ cue: 'x' }, left, 'move'), { cue: 'x', with_left: 'move' });
  assert.deepEqual(withAnswer({ lanes: ['meta', 'hall'], with_left_in: { meta: 'leave' } }, left, 'move'), {
    lanes: ['meta', 'hall'], with_left_in: { meta: 'leave', hall: 'move' },
  });
});
