import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayCorrect, stepsOf } from '#hub/awards/steps.js';
import { allowing } from './console-day.js';

/** @param {ReturnType<typeof allowing>} award */
const verbs = (award) => stepsOf(award).map(({ verb }) => verb);

test('the steps are exactly those that the server allows, in the order of the ceremony', () => {
  assert.deepEqual(verbs(allowing(['skip', 'arm', 'defer'])), ['arm', 'defer', 'skip']);
  assert.deepEqual(verbs(allowing(['undo', 'take-back', 'done', 'photo', 'present'])), ['present', 'photo', 'done', 'take-back', 'undo']);
  assert.deepEqual(verbs(allowing([])), []);
});

test('nothing may be done before the server has said what', () => {
  assert.deepEqual([verbs({ ...allowing([]), commands: undefined }), mayCorrect({ ...allowing([]), commands: undefined })], [[], false]);
});

test('arm, reveal and done have keys, and none of them asks', () => {
  const steps = stepsOf(allowing(['arm', 'reveal', 'present', 'photo', 'done', 'defer']));

  assert.deepEqual(steps.map(({ verb, key }) => [verb, key]), [['arm', 'A'], ['reveal', 'R'], ['present', undefined], ['photo', undefined], ['done', 'D'], ['defer', undefined]]);
  assert.deepEqual(steps.filter(({ question }) => question), []);
});

test('what cannot be seen by a glance asks first, and names the recipient', () => {
  const past = { number: 3, topic: 'AwardRevealed', at: '2021-12-02T00:35:00.000Z', by: '김감독' };
  const award = { ...allowing(['skip', 'take-back', 'undo', 'redo']), undo: past, redo: { ...past, topic: 'AwardCommandUndone', undone: 'AwardDone' } };

  assert.deepEqual(stepsOf(award).map(({ question }) => question), [
    { title: '이 상을 시상식에서 건너뛸까요?', body: '석용주, 천안고용센터', action: '건너뛰기' },
    { title: '되돌려서 다시 비공개로 할까요?', body: '석용주, 천안고용센터', action: '비공개로 되돌리기' },
    { title: '‘발표’ 명령의 실행을 취소할까요?', body: '석용주, 천안고용센터', action: '실행 취소' },
    { title: '‘실행 취소: 마침’ 명령을 다시 실행할까요?', body: '석용주, 천안고용센터', action: '다시 실행' },
  ]);
});
